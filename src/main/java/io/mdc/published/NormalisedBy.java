package io.mdc.published;

import io.mdc.data.DatasetSource;
import io.mdc.data.Normalization;
import io.mdc.dataset.Datasets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** What the pixels of published sets are normalised by: the constants of a data set, by its name, or numbers. */
public final class NormalisedBy {
    private static final Map<String, Normalization> KNOWN = known();
    private static final String NUMBERS = "means/deviations, those of channels joined by commas, as in 0.1307/0.3081";

    private NormalisedBy() {}

    /**
     * Those of data sets that have them, and of MNIST and Fashion-MNIST, both of which this program reads as
     * {@code idx}.
     *
     * <p>Source of the latter: {@code get_dataset} in utils.py of https://github.com/VICO-UoE/DatasetCondensation, the
     * code of DC, DSA and DM.
     */
    private static Map<String, Normalization> known() {
        Map<String, Normalization> known = new LinkedHashMap<>();
        for (DatasetSource source : Datasets.sources()) {
            source.card().normalization().ifPresent(normalization -> known.put(source.name(), normalization));
        }
        known.put("mnist", new Normalization(List.of(0.1307), List.of(0.3081)));
        known.put("fashion-mnist", new Normalization(List.of(0.2861), List.of(0.3530)));
        return known;
    }

    /**
     * Reads a name, or numbers.
     *
     * @throws IllegalArgumentException if the text is neither, or the numbers normalise nothing
     */
    public static Normalization parse(String text) {
        if (KNOWN.containsKey(text)) {
            return KNOWN.get(text);
        }
        String[] parts = text.split("/", -1);
        if (parts.length != 2) {
            throw new IllegalArgumentException("must be " + allowed());
        }
        return new Normalization(numbers(parts[0]), numbers(parts[1]));
    }

    private static List<Double> numbers(String text) {
        try {
            return Arrays.stream(text.split(",", -1)).map(Double::valueOf).toList();
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be " + allowed(), e);
        }
    }

    /** Says what {@link #parse} takes, for help. */
    public static String allowed() {
        return allowed(normalization -> true);
    }

    /** The same of images with so many channels. */
    static String allowed(int channels) {
        return allowed(normalization -> normalization.channels() == channels);
    }

    private static String allowed(Predicate<Normalization> fits) {
        String names = KNOWN.entrySet().stream()
                .filter(known -> fits.test(known.getValue()))
                .map(Map.Entry::getKey)
                .collect(Collectors.joining(", "));
        return names.isEmpty() ? NUMBERS : names + ", or " + NUMBERS;
    }
}
