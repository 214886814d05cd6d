package io.mdc.backend;

import io.mdc.setting.ConfigException;
import io.mdc.setting.Setting;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import java.util.OptionalInt;

/**
 * What the numbers are computed with; results may differ by rounding, nothing else.
 *
 * @param backend array backend
 * @param convolution how the host backend computes 3×3 convolutions
 * @param precision how the cuda backend computes the products of convolutions
 * @param threads worker threads; empty for one per core
 * @param chunk images computed at a time; empty for the backend's choice
 */
public record ComputeConfig(
        @Setting("Array backend") BackendKind backend,

        @Setting("3x3 convolutions on the host backend") ConvolutionKind convolution,

        @Setting("Products of convolutions on the cuda backend; tf32 is by tensor cores")
        GpuPrecision precision,

        @Setting(value = "Worker threads; auto is one per core", min = 1, max = 1_024)
        OptionalInt threads,

        @Setting(value = "Images computed at a time; auto suits the backend", min = 1, max = 65_536)
        OptionalInt chunk) {
    /**
     * Checks the values.
     *
     * @throws ConfigException if one is out of range
     */
    public ComputeConfig {
        Settings.check(ComputeConfig.class, backend, convolution, precision, threads, chunk);
        if (precision == GpuPrecision.TF32 && backend != BackendKind.CUDA) {
            throw new ConfigException("precision", "tf32", "is for --backend cuda; --precision fp32 goes with all");
        }
        if (convolution != ConvolutionKind.AUTO && !backend.takesConvolution()) {
            throw new ConfigException(
                    "convolution",
                    TextForm.format(convolution),
                    "is for --backend host; --convolution auto goes with all");
        }
    }

    /**
     * Returns the worker threads.
     *
     * @return the setting, or else the number of cores this process may use
     */
    public int threadsOrCores() {
        return threads.orElse(Runtime.getRuntime().availableProcessors());
    }
}
