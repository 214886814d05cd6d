package io.mdc.condense;

import io.mdc.task.Place;
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
        SATURATED_IMAGES("of the images' values are 0 or 1", "%4$.0f %% %1$s, %5$.0f %% were at the beginning"),
        /** The largest of the values of images that have no limits. */
        LARGE_VALUES("values of the images have come to", "%1$s %2$.3g, those of photographs are at most %3$.0f"),
        /** The cross-entropy of the network that is trained between the steps of the images. */
        TRAINING_LOSS("the training loss of the network is", "%1$s %2$.3g, that of guessing is %3$.3g"),
        /** The learning rate of students, which is learned, where it lets them learn nothing. */
        STUDENT_RATE("the learned learning rate of students is", "%1$s %2$.3g, which began with %3$.3g");

        private final String words;
        private final String form;

        /**
         * One that is told in this form, of its words, a value and the normal one, and of both in percent.
         *
         * @param words which no other has
         */
        Sign(String words, String form) {
            this.words = words;
            this.form = form;
        }

        /** Whether a line tells of it, wherever and however much of it was seen. */
        public boolean isIn(String line) {
            return line.startsWith(BEGINNING) && line.contains(words);
        }
    }

    private static final String BEGINNING = "diverging in ";

    /** What happened, where, and why, in one line. */
    @Override
    public String toString() {
        String where = "outer loop " + place.outer() + (place.inner() == 0 ? "" : ", inner loop " + place.inner());
        String what = String.format(Locale.ROOT, sign.form, sign.words, value, normal, 100 * value, 100 * normal);
        return BEGINNING + where + ": " + what + "; " + cause + " may be too large";
    }
}
