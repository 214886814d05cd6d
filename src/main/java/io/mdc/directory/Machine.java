package io.mdc.directory;

import io.mdc.backend.Backends;
import io.mdc.tensor.Backend;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.stream.Stream;

/** Facts about this program, machine and runtime. */
public final class Machine {
    private Machine() {}

    /** The version of this program. */
    public static String version() {
        return built("version");
    }

    /** The commit that it was built from, {@code -dirty} if with changes; {@code unknown} if it was outside of git. */
    public static String commit() {
        String commit = built("commit");
        return commit.startsWith("$") ? "unknown" : commit;
    }

    private static String built(String key) {
        Properties properties = new Properties();
        try (InputStream in = Machine.class.getResourceAsStream("/io/mdc/version.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return properties.getProperty(key);
    }

    /** The processor's name, or the architecture where it is not told. */
    public static String cpu() {
        try (Stream<String> lines = Files.lines(Path.of("/proc/cpuinfo"), StandardCharsets.ISO_8859_1)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse(System.getProperty("os.arch"));
        } catch (IOException | UncheckedIOException e) {
            return System.getProperty("os.arch");
        }
    }

    /** The Java runtime. */
    public static String java() {
        return System.getProperty("java.vm.name") + " " + System.getProperty("java.version");
    }

    /** The GPU, or ND4J's backend and build, and the path through this program. */
    public static String backend(Backend backend) {
        return Backends.description(backend) + ", " + backend.name();
    }
}
