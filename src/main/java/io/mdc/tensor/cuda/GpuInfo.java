package io.mdc.tensor.cuda;

import java.util.Locale;

/**
 * A GPU.
 *
 * @param name as its driver tells it
 * @param major of its compute capability
 * @param minor of its compute capability
 * @param bytes of memory
 * @param driver the CUDA version that the driver supports, 1000 major + 10 minor
 */
public record GpuInfo(String name, int major, int minor, long bytes, int driver) {
    /** One line. */
    public String text() {
        return String.format(
                Locale.ROOT,
                "%s (compute capability %d.%d, %.0f GiB, driver for CUDA %d.%d)",
                name,
                major,
                minor,
                bytes / (double) (1L << 30),
                driver / 1000,
                driver % 1000 / 10);
    }
}
