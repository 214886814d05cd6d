package io.mdc.bench;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mdc.tensor.DeviceCounts;
import java.util.Map;

/**
 * Medians in seconds; the names are those of the JSON.
 *
 * @param config settings that were measured
 * @param classStepIdc one matching step of a class without the subset term
 * @param classStepMdc one with half of the images in the subset and all prefixes measured; the same without a loss on
 *     prefixes
 * @param trainingStep one training step of the network
 * @param innerLoopIdc one inner loop without the subset term: a step of every class and network training
 * @param innerLoopMdc one with it
 * @param spread median, least and most of the same figures
 * @param peakRssMib largest resident memory of the process so far, 0 where the system does not tell
 * @param gemmGflops rate of single-precision matrix products on all threads
 * @param phases what an inner loop of the asked method takes by phase, in the order in which phases come
 * @param busy how many of the cores asked about, if any, are kept busy by the steps of all classes, by network
 *     training, and by an inner loop of the asked method
 * @param device what the steps of all classes, a training step and an inner loop ask of a device, if there is one
 */
public record BenchReport(
        Map<String, Object> config,
        @JsonProperty("class_step_idc_s") double classStepIdc,
        @JsonProperty("class_step_mdc_s") double classStepMdc,
        @JsonProperty("training_step_s") double trainingStep,
        @JsonProperty("inner_loop_idc_s") double innerLoopIdc,
        @JsonProperty("inner_loop_mdc_s") double innerLoopMdc,
        @JsonProperty("spread") Map<String, Timing> spread,
        @JsonProperty("peak_rss_mib") long peakRssMib,
        @JsonProperty("gemm_gflops") double gemmGflops,
        @JsonProperty("phases") Map<String, PhaseTime> phases,
        @JsonProperty("busy_cores") Map<String, Double> busy,
        @JsonProperty("device") Map<String, DeviceCounts> device) {}
