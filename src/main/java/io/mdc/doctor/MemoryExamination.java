package io.mdc.doctor;

import io.mdc.backend.NativeLibraries;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** Memory of the machine and its control group, the limits within it, and what fits. */
final class MemoryExamination implements Examination {
    /** Measured on two cores (docs/performance.md), and some to spare. */
    private static final List<Need> NEEDS = List.of(
            new Need("runs at width 16", 700 * Sizes.MIB),
            new Need("CIFAR-10 at width 128 with 10 images per class", 1300 * Sizes.MIB),
            new Need("with 50", 2000 * Sizes.MIB));

    private record Need(String what, long bytes) {}

    @Override
    public List<Finding> examine(Surroundings here) {
        OptionalLong machine = meminfo(here, "MemTotal");
        if (machine.isEmpty()) {
            return List.of(Finding.fine("memory", "unknown"));
        }
        OptionalLong group = ControlGroups.memory(here);
        long usable = Math.min(machine.getAsLong(), group.orElse(Long.MAX_VALUE));
        List<Finding> findings = new ArrayList<>();
        findings.add(memory(here, machine.getAsLong(), group, usable));
        limits(here, usable).ifPresent(findings::add);
        return findings;
    }

    private static Finding memory(Surroundings here, long machine, OptionalLong group, long usable) {
        OptionalLong free = meminfo(here, "MemAvailable");
        String found = Sizes.memory(machine)
                + (usable < machine ? ", control group's limit " + Sizes.memory(group.orElse(usable)) : "")
                + (free.isPresent() ? ", " + Sizes.memory(free.getAsLong()) + " free" : "");
        long room = Math.min(usable, free.orElse(usable));
        List<String> fits = NEEDS.stream()
                .filter(need -> need.bytes() <= room)
                .map(Need::what)
                .toList();
        String fitting = fits.isEmpty() ? "" : "; fits: " + String.join(", ", fits);
        if (fits.size() < NEEDS.size()) {
            return Finding.advised(
                    "memory",
                    found + fitting,
                    usable > room && NEEDS.stream().allMatch(need -> need.bytes() <= usable)
                            ? "end other processes that hold memory, or give --threads 1 and a smaller --chunk"
                            : "give --threads 1 and a smaller --chunk, or use a machine with more memory");
        }
        return Finding.fine("memory", found + fitting + "; mdc estimate tells of other settings");
    }

    private static Optional<Finding> limits(Surroundings here, long usable) {
        NativeLibraries libraries;
        try {
            libraries = here.libraries().get();
        } catch (LinkageError | RuntimeException e) {
            return Optional.empty(); // told by what examines them
        }
        long heap = here.java().heapBytes();
        String found = "heap up to " + Sizes.memory(heap) + ", arrays outside it " + limit(libraries.mostArrayBytes())
                + ", all together " + limit(libraries.mostResidentBytes());
        boolean over = Stream.of(libraries.mostArrayBytes(), heap)
                                .mapToLong(bytes -> bytes)
                                .sum()
                        > usable
                || libraries.mostResidentBytes() > usable;
        return Optional.of(
                over
                        ? Finding.advised(
                                "limits",
                                found + ": more than there is",
                                "set MDC_HEAP to " + Math.max(1, usable / 4 / Sizes.MIB)
                                        + "m and no limits in MDC_JAVA_OPTS")
                        : Finding.fine("limits", found));
    }

    private static String limit(long bytes) {
        return bytes <= 0 ? "without limit" : "up to " + Sizes.memory(bytes);
    }

    private static OptionalLong meminfo(Surroundings here, String key) {
        return here.text("proc/meminfo").stream()
                .flatMap(String::lines)
                .filter(line -> line.matches(key + ": +\\d{1,15} kB"))
                .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
                .findFirst();
    }
}
