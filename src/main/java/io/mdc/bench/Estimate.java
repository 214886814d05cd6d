package io.mdc.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mdc.report.Durations;
import java.time.Duration;
import java.util.Locale;

/**
 * What a run will take on this machine.
 *
 * @param innerLoop seconds of an inner loop, on average
 * @param warmUp seconds of the warm-up of one outer loop
 * @param selection seconds of the training of networks on prefixes for one selection; 0 where there is none
 * @param preparation seconds of what is made before the first loop and is not there yet, such as experts
 * @param loops inner loops of the run
 * @param seconds of the whole condensation
 * @param peakMib resident memory in MiB at its peak; 0 where the system does not tell
 * @param deviceMib memory of a device in MiB; 0 where none is used
 */
public record Estimate(
        @JsonProperty("inner_loop_s") double innerLoop,
        @JsonProperty("warm_up_s") double warmUp,
        @JsonProperty("selection_s") double selection,
        @JsonProperty("preparation_s") double preparation,
        @JsonProperty("inner_loops") long loops,
        @JsonProperty("seconds") double seconds,
        @JsonProperty("peak_rss_mib") long peakMib,
        @JsonProperty("device_mib") long deviceMib)
        implements Prediction {

    /** The estimate in one line for people. */
    @Override
    public String line() {
        return String.format(
                Locale.ROOT,
                "condensing should take %s (%s%d inner loops of %.3g s)%s",
                text(seconds),
                preparation == 0 ? "" : text(preparation) + " before the first loop, ",
                loops,
                innerLoop,
                Memory.text(peakMib, deviceMib));
    }

    private static String text(double seconds) {
        return Durations.text(Duration.ofMillis(Math.round(seconds * 1000)));
    }
}
