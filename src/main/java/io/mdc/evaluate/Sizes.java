package io.mdc.evaluate;

import io.mdc.setting.ConfigException;
import io.mdc.setting.TextForm;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Sizes of prefixes in images per class, as in {@code 1-3,5,10}; or all there are.
 *
 * @param values the sizes, ascending and each once; none stands for all
 */
public record Sizes(List<Integer> values) {
    private static final int LARGEST = 10_000;
    private static final String ALL = "all";
    private static final String PROBLEM = "must be all, or sizes from 1 to " + LARGEST + " and ranges, like 1-3,5,10";

    /**
     * Sorts the sizes.
     *
     * @throws IllegalArgumentException if one is smaller than 1
     */
    public Sizes {
        values = values.stream().sorted().distinct().toList();
        if (!values.isEmpty() && values.get(0) < 1) {
            throw new IllegalArgumentException(PROBLEM);
        }
    }

    /**
     * Reads the text form.
     *
     * @param text sizes and ranges separated by commas, or {@code all}
     * @return the sizes
     * @throws IllegalArgumentException if it is neither
     */
    public static Sizes parse(String text) {
        if (text.equals(ALL)) {
            return new Sizes(List.of());
        }
        List<String> parts = Arrays.asList(text.split(",", -1));
        if (!parts.stream().allMatch(part -> part.strip().matches("\\d{1,5}(\\s*-\\s*\\d{1,5})?"))) {
            throw new IllegalArgumentException(PROBLEM);
        }
        return new Sizes(parts.stream().map(String::strip).flatMap(Sizes::range).toList());
    }

    /**
     * Returns the sizes for a set.
     *
     * @param ipc images per class of the set
     * @return ascending sizes from 1 to {@code ipc}
     * @throws ConfigException if a size is larger than the set
     */
    public List<Integer> resolve(int ipc) {
        if (values.isEmpty()) {
            return IntStream.rangeClosed(1, ipc).boxed().toList();
        }
        if (values.get(values.size() - 1) > ipc) {
            throw new ConfigException("sizes", this, "must not be larger than the images per class, which are " + ipc);
        }
        return values;
    }

    /** Returns the text form, which {@link #parse} reads, with runs of sizes as ranges. */
    @Override
    public String toString() {
        if (values.isEmpty()) {
            return ALL;
        }
        List<String> parts = new ArrayList<>();
        int first = 0;
        for (int i = 0; i < values.size(); i++) {
            boolean runEnds = i + 1 == values.size() || values.get(i + 1) != values.get(i) + 1;
            if (runEnds) {
                parts.add(i == first ? "" + values.get(i) : values.get(first) + "-" + values.get(i));
                first = i + 1;
            }
        }
        return String.join(",", parts);
    }

    private static Stream<Integer> range(String text) {
        List<Integer> ends =
                TextForm.parts(text, "-").stream().map(Integer::valueOf).toList();
        int from = ends.get(0);
        int to = ends.get(ends.size() - 1);
        if (from > to || to > LARGEST) {
            throw new IllegalArgumentException(PROBLEM);
        }
        return IntStream.rangeClosed(from, to).boxed();
    }
}
