package io.mdc.trajectory;

import io.mdc.base.Seeds;
import io.mdc.engine.Sgd;
import io.mdc.engine.TrainingConfig;
import io.mdc.engine.step.ParameterSet;
import io.mdc.pretrained.TrainedNetworks;
import io.mdc.pretrained.TrainingPlan;
import io.mdc.task.CondenseConfig;
import io.mdc.task.CondenseTask;
import io.mdc.task.Place;
import io.mdc.tensor.VectorOps;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/** DANCE's networks, one of which is drawn for every inner loop; read when they are first drawn. */
public final class NetworkPool {
    private static final int INITIAL = 0;
    private static final int TRAINED = 1;

    private final CondenseTask task;
    private final NetworkSource source;
    private final Map<Integer, Ends> read = new HashMap<>();

    private record Ends(ParameterSet initial, ParameterSet trained) {}

    private NetworkPool(CondenseTask task) {
        this.task = task;
        source = task.cache()
                .<NetworkSource>map(cache -> networks(task, cache)::read)
                .orElseGet(NetworkSource::untrained);
    }

    /** The pool of all that share their settings with this task. */
    public static NetworkPool of(CondenseTask task) {
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

    /** Networks trained as θ is, of which the first and the last state are used. */
    public static TrainedNetworks networks(CondenseTask task, Path cache) {
        CondenseConfig config = task.config();
        TrainingConfig training = config.training();
        int batch = config.loop().batchTrain();
        TrainingPlan plan = new TrainingPlan(
                TrainingPlan.Kind.POOL,
                config.pool().poolSize(),
                TRAINED,
                config.pool().batches(task.data().train().size(), batch),
                batch,
                training.netLr(),
                new Sgd(training.netMomentum(), training.netDecay()),
                training.augmentTrain(),
                training.cutmixTrain(),
                config.seed());
        return new TrainedNetworks(plan, config.network(), task.data(), task.runner(), cache);
    }

    /** Overwrites {@code weights} with those of an inner loop: θ_mid = λ θ_init + (1 − λ) θ_final, λ from U(0, 1). */
    public void between(Place place, ParameterSet weights) {
        RandomGenerator random = generator(place);
        Ends ends = ends(random.nextInt(task.config().pool().poolSize()));
        double share = random.nextDouble();
        VectorOps vectors = task.backend().vectors();
        vectors.copy(ends.trained().flat(), weights.flat());
        vectors.scale(1 - share, weights.flat());
        vectors.addScaled(share, ends.initial().flat(), weights.flat());
    }

    /** The trained weights of the same network; shared, read only. */
    public ParameterSet trained(Place place) {
        return ends(generator(place).nextInt(task.config().pool().poolSize())).trained();
    }

    private RandomGenerator generator(Place place) {
        return Seeds.generator(task.config().seed(), "pool-draw", place.outer(), place.inner());
    }

    private Ends ends(int number) {
        return read.computeIfAbsent(number, n -> new Ends(state(n, INITIAL), state(n, TRAINED)));
    }

    private ParameterSet state(int number, int state) {
        ParameterSet weights = task.runner().graph().newParameters();
        source.read(number, state, weights);
        return weights;
    }
}
