package io.mdc.evaluate;

import java.util.ArrayList;
import java.util.List;

/**
 * How many epochs a network is trained for, by the training images a class has: {@code 1000}, or a schedule like
 * {@code 1:3000,10:2000,300}, which is 3000 up to 1 image, 2000 up to 10, and 300 beyond.
 *
 * @param steps in order of images; the last one has no bound
 */
public record Epochs(List<Step> steps) {
    /** What is allowed, for help. */
    static final String ALLOWED =
            "1 to 1000000, or by training images per class as in 1:3000,10:2000,300 (300 for more than 10)";

    private static final int MOST = 1_000_000;
    private static final String PROBLEM =
            "must be a whole number from 1 to " + MOST + ", or a schedule like 1:3000,10:2000,300";

    /**
     * Epochs up to a number of images.
     *
     * @param images most training images per class
     * @param epochs for so many
     */
    public record Step(int images, int epochs) {}

    /**
     * Checks the steps.
     *
     * @throws IllegalArgumentException if bounds do not ascend or epochs are out of range
     */
    public Epochs {
        steps = List.copyOf(steps);
        int before = 0;
        for (Step step : steps) {
            if (step.images() <= before || step.epochs() < 1 || step.epochs() > MOST) {
                throw new IllegalArgumentException(PROBLEM);
            }
            before = step.images();
        }
        if (before != Integer.MAX_VALUE) {
            throw new IllegalArgumentException(PROBLEM);
        }
    }

    /**
     * Reads the text form.
     *
     * @param text a number, or bounds with numbers and a last number without a bound
     * @return the schedule
     * @throws IllegalArgumentException if it is neither
     */
    public static Epochs parse(String text) {
        List<Step> steps = new ArrayList<>();
        for (String part : text.split(",", -1)) {
            if (!part.matches("(\\d{1,9}:)?\\d{1,7}")) {
                throw new IllegalArgumentException(PROBLEM);
            }
            int colon = part.indexOf(':');
            int bound = colon < 0 ? Integer.MAX_VALUE : Integer.parseInt(part.substring(0, colon));
            steps.add(new Step(bound, Integer.parseInt(part.substring(colon + 1))));
        }
        return new Epochs(steps);
    }

    /**
     * Returns the epochs for a training set.
     *
     * @param images training images of a class, after decoding
     * @return at least 1
     */
    public int of(int images) {
        return steps.stream()
                .filter(step -> images <= step.images())
                .findFirst()
                .orElseThrow()
                .epochs();
    }

    /** Returns the text form, which {@link #parse} reads. */
    @Override
    public String toString() {
        List<String> parts = new ArrayList<>();
        for (Step step : steps) {
            parts.add((step.images() == Integer.MAX_VALUE ? "" : step.images() + ":") + step.epochs());
        }
        return String.join(",", parts);
    }
}
