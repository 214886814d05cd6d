package io.mdc.doctor;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The compute capability of an NVIDIA GPU.
 *
 * @param major its generation
 * @param minor its place in that
 */
record Capability(int major, int minor) {
    private static final int OLDEST_FOR_KERNELS = 7;
    private static final Pattern TEXT = Pattern.compile("(\\d{1,3})\\.(\\d{1,3})");

    /** Those that ND4J's library holds machine code for; it holds none that is translated for others. */
    private static final List<Capability> BUILT_FOR = List.of(
            new Capability(3, 7),
            new Capability(5, 0),
            new Capability(5, 2),
            new Capability(6, 0),
            new Capability(6, 1),
            new Capability(7, 0),
            new Capability(7, 5),
            new Capability(8, 0),
            new Capability(8, 6));

    /** That of a text such as {@code 8.6}; empty if it is none. */
    static Optional<Capability> parse(String text) {
        Matcher matcher = TEXT.matcher(text.strip());
        return matcher.matches()
                ? Optional.of(new Capability(Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2))))
                : Optional.empty();
    }

    /** Whether it runs the code of one that ND4J was built for: of its generation, and not later. */
    boolean isSupported() {
        return BUILT_FOR.stream().anyMatch(code -> code.major == major && code.minor <= minor);
    }

    /** Whether the driver compiles our own kernels for it. */
    boolean runsKernels() {
        return major >= OLDEST_FOR_KERNELS;
    }

    @Override
    public String toString() {
        return major + "." + minor;
    }
}
