package io.mdc.bench;

import io.mdc.base.Workers;
import io.mdc.condense.LoopProbe;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * How many of a number of cores the parts of an inner loop keep busy: one thread does what a team of so many would,
 * divided as for that team, and its pieces are put on the cores by their times.
 */
final class Parallelism {
    private final int cores;
    private final int repeats;

    Parallelism(int cores, int repeats) {
        this.cores = cores;
        this.repeats = repeats;
    }

    /**
     * Measures; names of parts in the order of an inner loop, which comes last.
     *
     * @param probes makes the parts for a team
     * @param subset whether prefixes have losses
     */
    Map<String, Double> measure(Function<Workers, LoopProbe> probes, boolean subset) {
        Recorder recorder = new Recorder();
        List<Double> matching = new ArrayList<>();
        List<Double> training = new ArrayList<>();
        List<Double> loop = new ArrayList<>();
        try (Workers one = new Workers(cores, recorder)) {
            LoopProbe probe = probes.apply(one);
            probe.innerLoop(subset);
            for (int i = 0; i < repeats; i++) {
                matching.add(busy(recorder.of(() -> probe.imageSteps(subset))));
                training.add(busy(recorder.of(probe::train)));
                loop.add(busy(recorder.of(() -> probe.innerLoop(subset))));
            }
        }
        Map<String, Double> busy = new LinkedHashMap<>();
        busy.put("matching", median(matching));
        busy.put("training", median(training));
        busy.put("inner_loop", median(loop));
        return busy;
    }

    private double busy(Work work) {
        return Schedule.busy(cores, work);
    }

    private static double median(List<Double> found) {
        return Timing.of(found.stream().mapToDouble(Double::doubleValue).toArray())
                .median();
    }
}
