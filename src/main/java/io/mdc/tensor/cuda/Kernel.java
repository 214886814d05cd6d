package io.mdc.tensor.cuda;

import java.util.Locale;

/** The kernels of {@code src/main/cuda}, by their names there in lower case. */
enum Kernel {
    FILL,
    ADD_SCALED,
    SCALE,
    SUBTRACT,
    SIGN,
    CLAMP,
    MOMENTUM_STEP,
    ROW_DOTS,
    ROW_MAGNITUDES,
    ROW_SUMS,
    MULTIPLY,
    MULTIPLY_TRANSPOSED,
    ADD_TO_ROWS,
    COLUMN_SUMS,
    TRANSPOSE,
    COMBINE_ROWS,
    SOFTMAX_LOSS,
    SOFTMAX_LOSS_TANGENT,
    ROW_ARGMAX,
    CONVOLUTION,
    INPUT_GRADIENT,
    WEIGHT_GRADIENT,
    SUM_PARTS,
    ADD_BIAS,
    BIAS_GRADIENT,
    CHAIN_FORWARD,
    CHAIN_BACKWARD,
    CHAIN_TANGENT,
    CHAIN_BACKWARD_TANGENT,
    CHANNEL_SUMS,
    RELU,
    GATE,
    AVERAGE_POOL,
    AVERAGE_POOL_ADJOINT,
    MAXIMUM_POOL,
    MAXIMUM_POOL_ADJOINT,
    MAXIMUM_POOL_TANGENT,
    COPY_CHANNELS,
    BATCH_NORM_FORWARD,
    BATCH_NORM_INFER,
    BATCH_NORM_BACKWARD,
    COMBINE_SETS,
    SET_DISTANCES,
    SUM_DISTANCES,
    LOAD_PIXELS,
    SCALE_CHANNELS,
    BRIGHTEN,
    BLEND_WITH_CHANNEL_MEAN,
    BLEND_WITH_IMAGE_MEAN,
    RECOLOUR,
    MIX_CHANNELS,
    ERASE,
    EXCHANGE,
    WARP,
    WARP_ADJOINT,
    CONVOLUTION_TF32(Module.TF32),
    INPUT_GRADIENT_TF32(Module.TF32),
    WEIGHT_GRADIENT_TF32(Module.TF32);

    /** Kernels that are compiled and loaded together. */
    enum Module {
        /** What every GPU that can be used has. */
        KERNELS(7),
        /** Products by tensor cores. */
        TF32(8);

        private final int least;

        Module(int least) {
            this.least = least;
        }

        /** The least major compute capability. */
        int least() {
            return least;
        }

        /** The resource with its code. */
        String resource() {
            return name().toLowerCase(Locale.ROOT) + ".ptx";
        }
    }

    private final Module module;

    Kernel() {
        this(Module.KERNELS);
    }

    Kernel(Module module) {
        this.module = module;
    }

    /** What it is loaded with. */
    Module module() {
        return module;
    }

    String symbol() {
        return name().toLowerCase(Locale.ROOT);
    }
}
