package io.mdc.pretrained;

import java.util.Locale;

/**
 * A network whose training diverged, though every number is finite.
 *
 * @param kind what it is for
 * @param network its number
 * @param state the one of its states that this shows at
 * @param loss its training loss, mean of the steps to there
 * @param guessing the loss of guessing
 * @param rateOption the option that is probably too large, with its value
 */
public record PoorNetwork(
        TrainingPlan.Kind kind, int network, int state, double loss, double guessing, String rateOption) {

    /** What happened, where, and why, in one line. */
    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "training of network %d (%s) diverging before its state %d: the loss is %.3g, that of guessing is %.3g;"
                        + " %s may be too large",
                network,
                kind,
                state,
                loss,
                guessing,
                rateOption);
    }
}
