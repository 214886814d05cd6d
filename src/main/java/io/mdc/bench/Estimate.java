package io.mdc.bench;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What a run will take on this machine.
 *
 * @param innerLoop seconds of an inner loop
 * @param warmUp seconds of the warm-up of one outer loop
 * @param loops inner loops of the run
 * @param seconds of the whole condensation
 * @param peakMib resident memory in MiB at its peak; 0 where the system does not tell
 */
public record Estimate(
        @JsonProperty("inner_loop_s") double innerLoop,
        @JsonProperty("warm_up_s") double warmUp,
        @JsonProperty("inner_loops") long loops,
        @JsonProperty("seconds") double seconds,
        @JsonProperty("peak_rss_mib") long peakMib) {}
