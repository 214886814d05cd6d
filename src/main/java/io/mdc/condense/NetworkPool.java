package io.mdc.condense;

import io.mdc.base.Seeds;
import io.mdc.engine.step.ParameterSet;
import io.mdc.tensor.VectorOps;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** DANCE's networks, one of which is drawn for every inner loop; read from the cache when they are first drawn. */
final class NetworkPool {
    private final CondenseTask task;
    private final NetworkPlan plan;
    private final Map<Integer, Ends> read = new HashMap<>();

    private record Ends(ParameterSet initial, ParameterSet trained) {}

    private NetworkPool(CondenseTask task) {
        this.task = task;
        plan = new PoolPlan(task);
    }

    /** The pool of all that share their settings with this task. */
    static NetworkPool of(CondenseTask task) {
        return task.sharing()
                .part(
                        NetworkPool.class,
                        () -> new NetworkPool(task),
                        task.config().pool(),
                        task.config().network(),
                        task.config().training(),
                        task.config().loop(),
                        task.config().seed());
    }

    /** Overwrites {@code weights} with those of an inner loop: θ_mid = λ θ_init + (1 − λ) θ_final, λ from U(0, 1). */
    void between(Place place, ParameterSet weights) {
        RandomGenerator random = generator(place);
        Ends ends = ends(random.nextInt(plan.count()));
        double share = random.nextDouble();
        VectorOps vectors = task.backend().vectors();
        vectors.copy(ends.trained().flat(), weights.flat());
        vectors.scale(1 - share, weights.flat());
        vectors.addScaled(share, ends.initial().flat(), weights.flat());
    }

    /** The trained weights of the same network; shared, read only. */
    ParameterSet trained(Place place) {
        return ends(generator(place).nextInt(plan.count())).trained();
    }

    private RandomGenerator generator(Place place) {
        return Seeds.generator(task.config().seed(), "pool-draw", place.outer(), place.inner());
    }

    private Ends ends(int number) {
        return read.computeIfAbsent(number, n -> {
            float[][] snapshots = task.networks().weights(plan, n);
            return new Ends(set(snapshots[0]), set(snapshots[1]));
        });
    }

    private ParameterSet set(float[] values) {
        ParameterSet weights = task.runner().graph().newParameters();
        weights.flat().set(values);
        return weights;
    }
}
