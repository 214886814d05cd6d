package io.mdc.doctor;

import java.util.Locale;

/** Amounts of memory and room as people write them. */
final class Sizes {
    static final long MIB = 1L << 20;
    static final long MEGABYTE = 1_000_000;

    private static final double GIB = 1L << 30;
    private static final double GIGABYTE = 1e9;

    private Sizes() {}

    /** Memory, such as {@code 3.0 GiB} or {@code 512 MiB}. */
    static String memory(long bytes) {
        return bytes >= GIB
                ? String.format(Locale.ROOT, "%.1f GiB", bytes / GIB)
                : String.format(Locale.ROOT, "%d MiB", bytes / MIB);
    }

    /** Room on a disk, such as {@code 76.2 GB}. */
    static String room(long bytes) {
        return bytes >= GIGABYTE
                ? String.format(Locale.ROOT, "%.1f GB", bytes / GIGABYTE)
                : String.format(Locale.ROOT, "%d MB", bytes / MEGABYTE);
    }
}
