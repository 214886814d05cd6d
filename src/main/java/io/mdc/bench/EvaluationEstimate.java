package io.mdc.bench;

import io.mdc.report.Durations;
import java.time.Duration;

/**
 * What evaluations will take on this machine.
 *
 * @param networks to train
 * @param seconds of training and measuring all of them, with all threads
 */
public record EvaluationEstimate(long networks, double seconds) implements Prediction {
    /** Of no evaluation. */
    public static final EvaluationEstimate NONE = new EvaluationEstimate(0, 0);

    /** This one and others after it. */
    public EvaluationEstimate and(EvaluationEstimate next) {
        return new EvaluationEstimate(networks + next.networks, seconds + next.seconds);
    }

    /** As many of them, one after another. */
    EvaluationEstimate times(long count) {
        return new EvaluationEstimate(count * networks, count * seconds);
    }

    /** The estimate in one line for people. */
    @Override
    public String line() {
        return networks == 0
                ? "nothing to evaluate"
                : "evaluating should take " + Durations.text(Duration.ofMillis(Math.round(1000 * seconds))) + " ("
                        + networks + (networks == 1 ? " network" : " networks") + " to train)";
    }
}
