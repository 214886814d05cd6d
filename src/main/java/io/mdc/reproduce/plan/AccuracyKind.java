package io.mdc.reproduce.plan;

import io.mdc.directory.CoursePoint;
import io.mdc.evaluate.PrefixResult;
import io.mdc.evaluate.Statistic;

/** Which accuracy of a network counts. */
public enum AccuracyKind {
    /** After the last epoch. */
    LAST("last epoch", "accuracy after the last epoch", "") {
        @Override
        Statistic of(PrefixResult result) {
            return result.last();
        }

        @Override
        Statistic of(CoursePoint point) {
            return point.last();
        }
    },
    /** The best of four, chosen on the test set, as the authors report it. */
    BEST_OF_FOUR("best of four", "the best of four accuracies, chosen on the test set", "-best-of-four") {
        @Override
        Statistic of(PrefixResult result) {
            return result.bestOfFour();
        }

        @Override
        Statistic of(CoursePoint point) {
            return point.bestOfFour();
        }
    };

    private final String label;
    private final String meaning;
    private final String suffix;

    AccuracyKind(String label, String meaning, String suffix) {
        this.label = label;
        this.meaning = meaning;
        this.suffix = suffix;
    }

    abstract Statistic of(PrefixResult result);

    abstract Statistic of(CoursePoint point);

    /** In two or three words. */
    public String label() {
        return label;
    }

    /** For the note of a table. */
    public String meaning() {
        return meaning;
    }

    /** What names of pictures with it end in. */
    public String suffix() {
        return suffix;
    }
}
