package io.mdc.robust;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.mdc.base.Json;
import io.mdc.evaluate.Protocol;
import java.util.List;

/**
 * The content of {@code robust.json}: how a run's condensed set compares with random and with all real images.
 *
 * @param run the run directory, as it was given
 * @param protocol how networks were trained on the set with augmentation
 * @param draws networks trained on the set, and on random images
 * @param epochsReal epochs of the training on all real images
 * @param results by network and ascending size; copied
 * @param check a checksum of all the others, by which a file shows that it is as it was written; null for one made of
 *     other values
 */
public record RobustEvaluation(
        String run,
        Protocol protocol,
        int draws,
        @JsonProperty("epochs_real") int epochsReal,
        List<RobustResult> results,
        @JsonInclude(JsonInclude.Include.NON_NULL) String check) {
    /** Copies the results. */
    public RobustEvaluation {
        results = List.copyOf(results);
    }

    /** The same of a run that is named otherwise, without a checksum. */
    public RobustEvaluation of(String name) {
        return new RobustEvaluation(name, protocol, draws, epochsReal, results, null);
    }

    /** These results with their checksum. */
    public RobustEvaluation checked() {
        return new RobustEvaluation(run, protocol, draws, epochsReal, results, Json.checksum(of(run)));
    }

    /** Whether the checksum is that of the results. */
    public boolean whole() {
        return checked().check().equals(check);
    }
}
