package io.mdc.bench;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What one phase takes of an inner loop.
 *
 * @param seconds of an inner loop's time, on average; time of all threads divided by their number where all work
 * @param share of the inner loop, from 0 to 1
 * @param gflops rate of all threads, counting the operations of direct convolution; null where there is nothing to
 *     count
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PhaseTime(
        @JsonProperty("seconds") double seconds,
        @JsonProperty("share") double share,
        @JsonProperty("gflops") Double gflops) {}
