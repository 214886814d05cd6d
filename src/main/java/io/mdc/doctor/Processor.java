package io.mdc.doctor;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What Linux tells of the processor.
 *
 * @param model its name; {@code unknown} where that is not told
 * @param cores how many the machine has, 0 where that is not told
 * @param features names of instruction sets, as in {@code /proc/cpuinfo}; copied
 * @param amd whether it is one of AMD's
 */
record Processor(String model, int cores, Set<String> features, boolean amd) {
    Processor {
        features = Set.copyOf(features);
    }

    static Processor of(Surroundings here) {
        List<String> lines =
                here.text("proc/cpuinfo").stream().flatMap(String::lines).toList();
        int cores = (int) values(lines, "processor").count();
        Set<String> features = Stream.concat(values(lines, "flags"), values(lines, "Features"))
                .limit(1)
                .flatMap(text -> Stream.of(text.split(" ")))
                .filter(word -> !word.isEmpty())
                .collect(Collectors.toSet());
        Optional<String> model = values(lines, "model name").findFirst();
        boolean amd = values(lines, "vendor_id").anyMatch("AuthenticAMD"::equals);
        return new Processor(model.orElse("unknown"), cores, features, amd);
    }

    /** Whether ND4J's fast build runs on it. */
    boolean isFast() {
        return features.containsAll(Set.of("avx2", "fma"));
    }

    /** Whether OpenBLAS has kernels of AVX-512 that run on it. */
    boolean hasAvx512() {
        return features.containsAll(Set.of("avx512f", "avx512bw", "avx512vl"));
    }

    private static Stream<String> values(List<String> lines, String key) {
        return lines.stream()
                .filter(line -> line.contains(":")
                        && line.substring(0, line.indexOf(':')).strip().equals(key))
                .map(line -> line.substring(line.indexOf(':') + 1).strip());
    }
}
