package io.mdc.bench;

import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Phase;
import io.mdc.engine.Phases;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Turns what a {@link Phases} added up over some inner loops into figures. */
final class PhaseTimes {
    /** What no phase accounts for: threads that wait for others, and bookkeeping. */
    static final String REST = "waiting";

    private PhaseTimes() {}

    /** Averages over {@code loops} inner loops that took {@code wall} seconds together on {@code threads} threads. */
    static Map<String, PhaseTime> of(Phases phases, DifferentiableGraph graph, int threads, int loops, double wall) {
        Map<String, PhaseTime> times = new LinkedHashMap<>();
        double rest = wall / loops;
        for (Phase phase : Phase.values()) {
            double seconds = phases.seconds(phase) / loops / (isParallel(phase) ? threads : 1);
            double operations = 2.0 * multiplications(phase, graph) * phases.images(phase) / loops;
            Double rate = operations == 0 ? null : operations / seconds / 1e9;
            times.put(
                    phase.name().toLowerCase(Locale.ROOT).replace('_', '-'),
                    new PhaseTime(seconds, seconds * loops / wall, rate));
            rest -= seconds;
        }
        times.put(REST, new PhaseTime(rest, rest * loops / wall, null));
        return times;
    }

    private static boolean isParallel(Phase phase) {
        return switch (phase) {
            case FORWARD, BACKWARD, TANGENT, TRAINING, PREPARATION -> true;
            case DISTANCE, WEIGHT_UPDATE, AUGMENTATION, IMAGE_UPDATE -> false;
        };
    }

    /** Multiplications for one image; the gradient of real images and the tangent of images are not computed. */
    private static long multiplications(Phase phase, DifferentiableGraph graph) {
        long all = graph.operationsPerImage();
        long first = graph.operationsOfFirstLayer();
        return switch (phase) {
            case FORWARD -> all;
            case BACKWARD -> 2 * all - first;
            case TANGENT -> 4 * all - first;
            case TRAINING -> 3 * all - first;
            default -> 0;
        };
    }
}
