package io.mdc.condense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DivergedException;
import io.mdc.base.Workers;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.network.ConvNet;
import io.mdc.pretrained.Making;
import io.mdc.setting.Layer;
import io.mdc.task.CondenseTask;
import io.mdc.task.MlsEvent;
import io.mdc.task.Sharing;
import io.mdc.tensor.Backend;
import io.mdc.testing.TestBackends;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.Supplier;

/** A condensation of a few small images, with everything it told its observer. */
public final class TinyRun implements CondenseObserver {
    public static final int CLASSES = 3;
    public static final int IPC = 3;
    public static final int SIZE = 8;
    public static final int IMAGE = 3 * SIZE * SIZE;

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("ipc", "3"),
            Map.entry("factor", "2"),
            Map.entry("depth", "2"),
            Map.entry("width", "4"),
            Map.entry("outer", "3"),
            Map.entry("inner", "2"),
            Map.entry("period", "1"),
            Map.entry("n-data", "20"),
            Map.entry("batch-train", "10"),
            Map.entry("batch-real", "5"),
            Map.entry("lr-img", "5"),
            Map.entry("seed", "4"));

    public final List<LoopMetrics> metrics = new ArrayList<>();
    public final List<String> sizes = new ArrayList<>();
    public final List<List<MlsEvent>> selections = new ArrayList<>();
    public final List<Divergence> divergences = new ArrayList<>();
    public final List<CondenseState> checkpoints = new ArrayList<>();
    public final List<CondenseState> beforeLongWork = new ArrayList<>();
    public final List<Long> percents = Collections.synchronizedList(new ArrayList<>());
    public final List<String> warmUps = new ArrayList<>();
    /** Networks are trained once for all tests of a process. */
    private static final Path CACHE = Path.of(
            "target", "tiny-cache", Long.toString(ProcessHandle.current().pid()));

    private final RunConfig config;
    private Backend backend = TestBackends.HOST;
    private Dataset data = dataset();
    private int threads = 2;
    private int chunk = 4;
    private BooleanSupplier stop = () -> false;
    private Consumer<Condenser> afterInnerLoop = condenser -> {};
    private Consumer<CondenseState> afterReached = state -> {};
    private Optional<Path> cache = Optional.of(CACHE);
    private Condenser condenser;
    private int member;

    /** A run with settings that differ from the usual tiny ones, as key, value, key, value, … */
    public TinyRun(String... settings) {
        Map<String, String> values = new HashMap<>(SETTINGS);
        for (int i = 0; i < settings.length; i += 2) {
            values.put(settings[i], settings[i + 1]);
        }
        config = ConfigReader.read(Layer.options(values));
    }

    /** Settings of a tiny run of MTT, with changes. */
    public static String[] mtt(String... changes) {
        String[] usual = {
            "method",
            "mtt",
            "pixels",
            "limited",
            "lr-img-scale",
            "size",
            "experts",
            "2",
            "batch-expert",
            "20",
            "lr-expert",
            "0.1",
            "steps-student",
            "3",
            "batch-student",
            "7",
            "start-below",
            "2",
            "epochs-ahead",
            "1",
            "augment-match",
            "color,crop|flip"
        };
        String[] all = Arrays.copyOf(usual, usual.length + changes.length);
        System.arraycopy(changes, 0, all, usual.length, changes.length);
        return all;
    }

    /** Asserts that a run which is stopped after some inner loops, and goes on alone, has the bits of the whole run. */
    public static void assertGoesOn(Supplier<TinyRun> made, int... afterInnerLoops) {
        TinyRun whole = made.get();
        assertTrue(whole.run());
        for (int innerLoops : afterInnerLoops) {
            TinyRun stopped = made.get().stopAfter(innerLoops);
            assertFalse(stopped.run());
            TinyRun resumed = made.get().threads(1, 4);
            assertTrue(resumed.resume(stopped.checkpoints.get(stopped.checkpoints.size() - 1)));
            assertArrayEquals(whole.images(), resumed.images(), "after " + innerLoops);
        }
    }

    @Override
    public String toString() {
        return config.shaping().toString();
    }

    public RunConfig config() {
        return config;
    }

    /** 20 images a class: noise about a colour of the class. */
    public static Dataset dataset() {
        SplittableRandom random = new SplittableRandom(1);
        int images = 20 * CLASSES;
        byte[] pixels = new byte[images * IMAGE];
        int[] labels = new int[images];
        for (int i = 0; i < images; i++) {
            labels[i] = i % CLASSES;
            for (int k = 0; k < IMAGE; k++) {
                boolean bright = k / (SIZE * SIZE) == labels[i] && k % SIZE > labels[i];
                pixels[i * IMAGE + k] = (byte) (random.nextInt(128) + (bright ? 120 : 0));
            }
        }
        ImageSet set = new ImageSet(pixels, labels, CLASSES, 3, SIZE, SIZE);
        return new Dataset("tiny", List.of("a", "b", "c"), set, set, Normalization.of(set), List.of());
    }

    public TinyRun on(Backend other) {
        backend = other;
        return this;
    }

    public TinyRun of(Dataset other) {
        data = other;
        return this;
    }

    /** Keeps networks that are trained before the run there; empty for networks that are not trained. */
    public TinyRun keeping(Optional<Path> directory) {
        cache = directory;
        return this;
    }

    /** Gives a task of it to an action. */
    public void withTask(Consumer<CondenseTask> action) {
        try (Workers workers = new Workers(threads)) {
            action.accept(new CondenseTask(
                    config.condensing(), data, new ChunkedGraph(graph(), workers, chunk), new Sharing(), cache));
        }
    }

    public TinyRun threads(int number, int chunkSize) {
        threads = number;
        chunk = chunkSize;
        return this;
    }

    /** Stops after this many inner loops. */
    public TinyRun stopAfter(int innerLoops) {
        stop = () -> metrics.size() == innerLoops;
        return this;
    }

    /** Stops while networks are trained on prefixes, for the {@code n}th time they are. */
    public TinyRun stopInSelection(int n) {
        stop = () -> beforeLongWork.size() == n;
        return this;
    }

    /** Stops in the warm-up of an outer loop's network, after this many batches of it. */
    public TinyRun stopInWarmUp(int outer, int batches) {
        stop = () -> warmUps.contains(outer + " " + batches);
        return this;
    }

    public TinyRun afterInnerLoop(Consumer<Condenser> action) {
        afterInnerLoop = action;
        return this;
    }

    /** Looks at the state after every inner loop. */
    public TinyRun afterReached(Consumer<CondenseState> action) {
        afterReached = action;
        return this;
    }

    /** Runs to the end; returns whether it was reached; fails if it fails. */
    public boolean run() {
        return resume(null);
    }

    /** Runs with others, under one θ, all as this one is computed; returns whether the end was reached. */
    public boolean runWith(List<TinyRun> others, BooleanSupplier stopAll) {
        List<TinyRun> all = new ArrayList<>(List.of(this));
        all.addAll(others);
        try (Workers workers = new Workers(threads)) {
            ChunkedGraph runner = new ChunkedGraph(graph(), workers, chunk);
            Sharing sharing = new Sharing();
            Condenser family = new Condenser(
                    all.stream().map(run -> run.member(runner, sharing)).toList(), stopAll);
            for (int i = 0; i < all.size(); i++) {
                TinyRun run = all.get(i);
                run.condenser = family;
                run.member = i;
                if (!run.checkpoints.isEmpty()) {
                    family.restore(i, run.checkpoints.get(run.checkpoints.size() - 1));
                }
            }
            return family.run();
        }
    }

    private Condenser.Member member(ChunkedGraph runner, Sharing sharing) {
        return new Condenser.Member(config.base(), task(runner, sharing), this);
    }

    /** What is to be done, with all that is needed before the first loop. */
    public CondenseTask task(ChunkedGraph runner, Sharing sharing) {
        CondenseTask task = new CondenseTask(config.condensing(), data, runner, sharing, cache);
        config.base().preparation(task).ifPresent(preparation -> preparation.make(making(done -> {}, () -> false)));
        return task;
    }

    static Making making(LongConsumer done, BooleanSupplier stop) {
        return new Making(done, poor -> {}, note -> {}, Duration.ofHours(1), stop);
    }

    public DifferentiableGraph graph() {
        int size = data.train().height();
        return DifferentiableGraph.compile(
                ConvNet.configuration(
                        config.network().depth(), config.network().width().orElseThrow(), 3, size, data.classes()),
                3,
                size,
                size,
                backend);
    }

    /** Goes on from a state, or begins if it is null; fails if it fails. */
    public boolean resume(CondenseState state) {
        try (Workers workers = new Workers(threads)) {
            condenser = new Condenser(member(new ChunkedGraph(graph(), workers, chunk), new Sharing()), stop);
            if (state != null) {
                condenser.restore(state);
            }
            boolean ended = condenser.run();
            failure().ifPresent(failure -> {
                throw failure;
            });
            return ended;
        }
    }

    /** Why it failed in its family, if it did. */
    public Optional<DivergedException> failure() {
        return condenser.failure(member);
    }

    public float[] images() {
        return condenser.images(member).images().toFloats();
    }

    @Override
    public void innerLoopDone(LoopMetrics loop, String mls) {
        metrics.add(loop);
        sizes.add(mls);
        afterInnerLoop.accept(condenser);
    }

    @Override
    public void diverging(Divergence divergence) {
        divergences.add(divergence);
    }

    @Override
    public void reached(Supplier<CondenseState> state) {
        afterReached.accept(state.get());
    }

    @Override
    public void longWorkAhead(Supplier<CondenseState> state) {
        beforeLongWork.add(state.get());
    }

    @Override
    public void trainingPrefixes(int outer, long percent) {
        percents.add(percent);
    }

    @Override
    public void warmingUp(int outer, long done, long all) {
        warmUps.add(outer + " " + done);
    }

    @Override
    public void selected(List<MlsEvent> events) {
        selections.add(events);
    }

    @Override
    public void checkpoint(CondenseState state) {
        checkpoints.add(state);
    }
}
