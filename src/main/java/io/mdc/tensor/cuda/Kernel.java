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
    LOAD_PIXELS,
    SCALE_CHANNELS,
    BRIGHTEN,
    BLEND_WITH_CHANNEL_MEAN,
    BLEND_WITH_IMAGE_MEAN,
    MIX_CHANNELS,
    ERASE,
    EXCHANGE,
    WARP,
    WARP_ADJOINT;

    String symbol() {
        return name().toLowerCase(Locale.ROOT);
    }
}
