package io.mdc.bench;

import io.mdc.backend.Backends;
import io.mdc.tensor.Backend;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;

/** What Linux tells of this process's memory. */
final class Memory {
    private Memory() {}

    /**
     * What the process will have resident once short-lived objects have filled the part of the heap that they are born
     * in; 0 where the system does not tell.
     */
    static long expectedMib() {
        long peak = peakMib();
        long room = ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getName().contains("Eden"))
                .map(MemoryPoolMXBean::getUsage)
                .mapToLong(usage -> Math.max(0, usage.getMax() - usage.getCommitted()))
                .sum();
        return peak == 0 ? 0 : peak + room / (1024 * 1024);
    }

    /** What is held of a device's memory by now in MiB; 0 where no device is. */
    static long deviceMib(Backend backend) {
        return Backends.counts(backend)
                .map(counts -> counts.bytes() / (1024 * 1024))
                .orElse(0L);
    }

    /** For people: what is taken of the machine's memory, and of a device's. */
    static String text(long peakMib, long deviceMib) {
        String host = peakMib == 0 ? "" : String.format(Locale.ROOT, ", %.1f GiB of memory", peakMib / 1024.0);
        return deviceMib == 0 ? host : host + String.format(Locale.ROOT, ", %.1f GiB of the GPU's", deviceMib / 1024.0);
    }

    /** The largest resident memory of this process so far in MiB; 0 where the system does not tell. */
    static long peakMib() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
