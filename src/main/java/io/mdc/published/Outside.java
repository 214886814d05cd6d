package io.mdc.published;

import io.mdc.evaluate.CondensedSet;
import java.util.Locale;
import java.util.Optional;

/**
 * How many values of a set are below 0 or above 1. Methods that clamp now and then, and those that never do, leave a
 * few; of normalised pixels most are far out.
 *
 * @param values that are
 * @param far those by more than {@value #FAR}
 * @param all values of the set
 */
record Outside(long values, long far, long all) {
    private static final float FAR = 0.1f;
    private static final double SHARE_OF_NORMALISED = 0.1;

    /** Those of a set. */
    static Outside of(CondensedSet set) {
        long values = 0;
        long far = 0;
        int images = set.classes() * set.ipc();
        for (int i = 0; i < images; i++) {
            for (int channel = 0; channel < set.channels(); channel++) {
                for (int row = 0; row < set.height(); row++) {
                    for (int column = 0; column < set.width(); column++) {
                        float pixel = set.pixel(i, channel, row, column);
                        values += pixel < 0 || pixel > 1 ? 1 : 0;
                        far += pixel < -FAR || pixel > 1 + FAR ? 1 : 0;
                    }
                }
            }
        }
        return new Outside(values, far, (long) images * set.channels() * set.height() * set.width());
    }

    /**
     * In words, for people who said how the file is to be read; empty if there are none.
     *
     * @param channels of the set
     */
    Optional<String> words(Reading reading, int channels) {
        if (values == 0) {
            return Optional.empty();
        }
        boolean normalised = reading.normalised().isEmpty() && far > SHARE_OF_NORMALISED * all;
        return Optional.of(String.format(
                Locale.ROOT,
                "%d of %d values (%.1f %%) are below 0 or above 1 and stay so%s",
                values,
                all,
                100.0 * values / all,
                normalised
                        ? "; many are far out: if pixels are normalised, --normalised turns them back (by "
                                + NormalisedBy.allowed(channels) + ")"
                        : ""));
    }
}
