package io.mdc.bench;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.List;

/**
 * What condensing will take on this machine, and the evaluations that come with it.
 *
 * @param condensing of a run or several
 * @param evaluating those that were asked for
 */
public record Forecast<P extends Prediction>(@JsonUnwrapped P condensing, EvaluationEstimate evaluating) {

    /** For people, a line for each; for evaluations only if there are some. */
    public List<String> lines() {
        return evaluating.networks() == 0 ? List.of(condensing.line()) : List.of(condensing.line(), evaluating.line());
    }
}
