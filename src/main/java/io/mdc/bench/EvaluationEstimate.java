package io.mdc.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mdc.report.Durations;
import java.time.Duration;

/**
 * What evaluations will take on this machine.
 *
 * @param networks to train
 * @param seconds of training and measuring all of them, with all threads
 * @param longest seconds of the one of them that takes longest, with the threads that it has
 */
public record EvaluationEstimate(
        long networks,
        double seconds,
        @JsonProperty("longest_seconds") double longest) implements Prediction {
    /** Of no evaluation. */
    public static final EvaluationEstimate NONE = new EvaluationEstimate(0, 0, 0);

    /** No shorter than the longest training, which others may wait for. */
    @Override
    public double seconds() {
        return Math.max(seconds, longest);
    }

    /** This one and another, in one queue as those of several runs are. */
    public EvaluationEstimate and(EvaluationEstimate next) {
        return new EvaluationEstimate(
                networks + next.networks, seconds + next.seconds, Math.max(longest, next.longest));
    }

    /** As many of them, one after another. */
    EvaluationEstimate times(long count) {
        return new EvaluationEstimate(count * networks, count * seconds, count * longest);
    }

    /** The estimate in one line for people. */
    @Override
    public String line() {
        return networks == 0
                ? "nothing to evaluate"
                : "evaluating should take " + Durations.text(Duration.ofMillis(Math.round(1000 * seconds()))) + " ("
                        + networks + (networks == 1 ? " network" : " networks") + " to train)";
    }
}
