package io.mdc.pretrained;

import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.Workers;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Sgd;
import io.mdc.engine.step.ParameterSet;
import io.mdc.network.ConvNet;
import io.mdc.network.NetworkConfig;
import io.mdc.setting.Layer;
import io.mdc.testing.TestBackends;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Experts of a few small images, trained by two threads. */
final class TinyExperts implements AutoCloseable {
    static final int EPOCHS = 3;

    /** 12 images in batches of 5. */
    static final int BATCHES = 3;

    private final Workers workers = new Workers(2);
    private final ChunkedGraph runner = new ChunkedGraph(
            DifferentiableGraph.compile(ConvNet.configuration(1, 2, 3, 8, 2), 3, 8, 8, TestBackends.HOST), workers, 4);

    @Override
    public void close() {
        workers.close();
    }

    private static Dataset data() {
        byte[] pixels = new byte[12 * 3 * 8 * 8];
        new SplittableRandom(0).nextBytes(pixels);
        int[] labels = new int[12];
        Arrays.setAll(labels, i -> i % 2);
        ImageSet set = new ImageSet(pixels, labels, 2, 3, 8, 8);
        return new Dataset("noise", List.of("a", "b"), set, set, Normalization.of(set), List.of());
    }

    /** Two experts by settings that have these changes. */
    TrainedNetworks experts(Path where, String... changes) {
        return experts(runner, where, changes);
    }

    /** Those of a process that has so many threads of its own. */
    TrainedNetworks experts(Workers own, Path where, String... changes) {
        return experts(new ChunkedGraph(runner.graph(), own, 4), where, changes);
    }

    private static TrainedNetworks experts(ChunkedGraph runner, Path where, String... changes) {
        Map<String, String> settings =
                new HashMap<>(Map.of("method", "mtt", "experts", "2", "batch-expert", "5", "width", "2"));
        for (int i = 0; i < changes.length; i += 2) {
            settings.put(changes[i], changes[i + 1]);
        }
        RunConfig config = ConfigReader.read(Layer.options(settings));
        ExpertsConfig experts = config.experts();
        int batch = experts.batchExpert();
        TrainingPlan plan = new TrainingPlan(
                TrainingPlan.Kind.EXPERTS,
                experts.experts(),
                experts.epochsExpert().orElse(EPOCHS),
                (12 + batch - 1) / batch,
                batch,
                experts.lrExpert(),
                new Sgd(0, 0),
                experts.augmentExpert(),
                0,
                experts.seedExpert());
        return new TrainedNetworks(plan, config.network(), data(), runner, where);
    }

    /** Those of a plan. */
    TrainedNetworks of(TrainingPlan plan, NetworkConfig network, Path where) {
        return new TrainedNetworks(plan, network, data(), runner, where);
    }

    static Making making(LongConsumer done, Consumer<PoorNetwork> poor, BooleanSupplier stop) {
        return new Making(done, poor, note -> {}, Duration.ofHours(1), stop);
    }

    static TrainedNetworks made(TrainedNetworks experts) {
        assertTrue(experts.make(making(done -> {}, poor -> {}, () -> false)));
        return experts;
    }

    float[] parameters(TrainedNetworks experts, int expert, int epoch) {
        ParameterSet set = runner.graph().newParameters();
        experts.read(expert, epoch, set);
        return set.flat().toFloats();
    }
}
