package io.mdc.backend;

/** How the products of convolutions are computed on the cuda backend; everything else is in floats either way. */
public enum GpuPrecision {
    /** In floats. */
    FP32,
    /** By tensor cores, their operands rounded to 10 bits behind the point (compute capability 8.0 on). */
    TF32
}
