package io.mdc.condense;

import java.util.Locale;

/**
 * What shows that a run diverges, though every number is finite.
 *
 * @param sign what was seen
 * @param place where in the loops
 * @param value how much of it
 * @param normal how much of it there is in a run that does not diverge
 * @param cause the setting that is probably too large
 */
public record Divergence(Sign sign, Place place, double value, double normal, String cause) {
    /** What can be seen. */
    public enum Sign {
        /** The share of the images' values that are at a limit, 0 or 1. */
        SATURATED_IMAGES,
        /** The largest of the values of images that have no limits. */
        LARGE_VALUES,
        /** The cross-entropy of the network on real images. */
        TRAINING_LOSS
    }

    /** What happened, where, and why, in one line. */
    @Override
    public String toString() {
        String where = "outer loop " + place.outer() + (place.inner() == 0 ? "" : ", inner loop " + place.inner());
        String what =
                switch (sign) {
                    case SATURATED_IMAGES ->
                        String.format(
                                Locale.ROOT,
                                "%.0f %% of the images' values are 0 or 1, %.0f %% were at the beginning",
                                100 * value,
                                100 * normal);
                    case LARGE_VALUES ->
                        String.format(
                                Locale.ROOT,
                                "values of the images have come to %.3g, those of photographs are at most %.0f",
                                value,
                                normal);
                    case TRAINING_LOSS ->
                        String.format(
                                Locale.ROOT,
                                "the training loss of the network is %.3g, that of guessing is %.3g",
                                value,
                                normal);
                };
        return "diverging in " + where + ": " + what + "; " + cause + " may be too large";
    }
}
