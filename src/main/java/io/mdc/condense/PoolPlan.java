package io.mdc.condense;

import io.mdc.base.Seeds;
import io.mdc.engine.Initializer;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.step.Parameter;
import io.mdc.engine.step.ParameterSet;
import io.mdc.setting.Settings;
import java.util.Map;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/** DANCE's networks: each as it begins, and as it is after its training. */
final class PoolPlan implements NetworkPlan {
    private final CondenseTask task;
    private final Map<String, String> determinedBy;
    private final long batches;
    private RealTraining training;

    PoolPlan(CondenseTask task) {
        this.task = task;
        int batch = task.config().loop().batchTrain();
        batches = task.config().pool().batches(task.data().train().size(), batch);
        determinedBy = NetworkPlan.determinedBy(task);
        determinedBy.putAll(Settings.texts(task.config().training()));
        determinedBy.put("batches", batches + " of " + batch);
    }

    @Override
    public String kind() {
        return "pool";
    }

    @Override
    public Map<String, String> determinedBy() {
        return Map.copyOf(determinedBy);
    }

    @Override
    public int count() {
        return task.config().pool().poolSize();
    }

    @Override
    public int snapshots() {
        return 2;
    }

    @Override
    public int parameters() {
        return task.runner().graph().parameters().stream()
                .mapToInt(Parameter::size)
                .sum();
    }

    @Override
    public long batches() {
        return batches;
    }

    private long seed(int number) {
        return Seeds.derive(task.config().seed(), "pool", number);
    }

    @Override
    public float[] initial(int number) {
        ParameterSet weights = task.runner().graph().newParameters();
        Initializer.initialize(weights, Seeds.generator(seed(number), "weights"));
        return weights.flat().toFloats();
    }

    @Override
    public boolean train(int number, float[][] snapshots, LongConsumer done, BooleanSupplier stop) {
        NetworkTrainer trainer = training().trainer();
        snapshots[0] = initial(number);
        trainer.weights().flat().set(snapshots[0]);
        task.backend().vectors().fill(trainer.velocity().flat(), 0);
        boolean finished = training().run(seed(number), batches, done, stop);
        snapshots[1] = trainer.weights().flat().toFloats();
        return finished;
    }

    @Override
    public void trainOnce() {
        training().run(seed(0), 1, done -> {}, () -> false);
    }

    /** Made when first needed, as it takes memory. */
    private RealTraining training() {
        if (training == null) {
            training = new RealTraining(task);
        }
        return training;
    }
}
