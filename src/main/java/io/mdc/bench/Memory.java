package io.mdc.bench;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.nio.file.Files;
import java.nio.file.Path;

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
