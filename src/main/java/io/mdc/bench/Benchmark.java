package io.mdc.bench;

import io.mdc.base.Workers;
import io.mdc.condense.LoopProbe;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Networks;
import io.mdc.engine.Phases;
import io.mdc.setting.ConfigException;
import io.mdc.setting.TextForm;
import io.mdc.task.CondenseTask;
import io.mdc.task.SubsetLoss;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.OptionalInt;

/** Times the parts of an inner loop on random 32×32 colour images. */
public final class Benchmark {
    private static final int GEMM = 512;
    private static final int WARM_UPS = 100;
    private static final long WARM_UP_NANOS = 8_000_000_000L;

    private final RunConfig config;
    private final Noise noise;
    private final Backend backend;
    private final OptionalInt cores;
    private final Workers workers;
    private final int chunk;
    private final int repeats;

    /**
     * A benchmark of {@code config} with {@code classes} classes; each part is timed {@code repeats} times after a
     * warm-up.
     *
     * @param threads to work with
     * @param cores of a machine that the report says how busy they would be, if it is to
     * @throws ConfigException if the settings ask for more images than there can be
     */
    public Benchmark(
            RunConfig config, int classes, Backend backend, int threads, int chunk, int repeats, OptionalInt cores) {
        this.config = config;
        noise = Noise.of(config, classes);
        this.backend = backend;
        this.chunk = chunk;
        this.repeats = repeats;
        workers = new Workers(threads);
        this.cores = cores;
    }

    /** Runs for a while and reports. */
    public BenchReport run() {
        try (workers) {
            return measure();
        }
    }

    private BenchReport measure() {
        DifferentiableGraph graph = Networks.graphToCondense(
                config.network().network(), config.network(), Noise.CHANNELS, Noise.SIZE, noise.classes(), backend);
        ChunkedGraph runner = new ChunkedGraph(graph, workers, chunk);
        Dataset images = noise.dataset();
        LoopProbe probe = new LoopProbe(config.base(), new CondenseTask(config.condensing(), images, runner));
        warmUp(probe);
        Map<String, Timing> spread = new LinkedHashMap<>();
        spread.put("class_step_idc_s", times(() -> probe.imageStep(false)).of(probe.partsOfRound()));
        spread.put("class_step_mdc_s", times(() -> probe.imageStep(true)).of(probe.partsOfRound()));
        spread.put("training_step_s", times(probe::train).of(Math.max(1, probe.trainingSteps())));
        // The two kinds take turns, so that a slow minute of the machine does not fall on one of them.
        boolean mdc = config.condensing().subsetLoss() != SubsetLoss.NONE;
        double[] idcLoops = new double[repeats];
        double[] mdcLoops = new double[repeats];
        Phases phases = runner.phases();
        Map<String, PhaseTime> breakdown = Map.of();
        for (int i = 0; i < repeats; i++) {
            phases.reset();
            idcLoops[i] = seconds(() -> probe.innerLoop(false));
            Map<String, PhaseTime> ofIdc = PhaseTimes.of(phases, graph, workers.threads(), 1, idcLoops[i]);
            phases.reset();
            mdcLoops[i] = seconds(() -> probe.innerLoop(true));
            Map<String, PhaseTime> ofMdc = PhaseTimes.of(phases, graph, workers.threads(), 1, mdcLoops[i]);
            double[] own = mdc ? mdcLoops : idcLoops;
            if (i == 0 || own[i] <= Arrays.stream(own, 0, i).min().orElseThrow()) {
                breakdown = mdc ? ofMdc : ofIdc;
            }
        }
        spread.put("inner_loop_idc_s", Timing.of(idcLoops));
        spread.put("inner_loop_mdc_s", Timing.of(mdcLoops));
        double gemm = gemmGflops();
        Map<String, Double> busy = Map.of();
        if (cores.isPresent()) {
            busy = new Parallelism(cores.getAsInt(), repeats)
                    .measure(
                            team -> new LoopProbe(
                                    config.base(),
                                    new CondenseTask(
                                            config.condensing(), images, new ChunkedGraph(graph, team, chunk))),
                            mdc);
        }
        return new BenchReport(
                settings(),
                spread.get("class_step_idc_s").median(),
                spread.get("class_step_mdc_s").median(),
                spread.get("training_step_s").median(),
                spread.get("inner_loop_idc_s").median(),
                spread.get("inner_loop_mdc_s").median(),
                spread,
                Memory.peakMib(),
                gemm,
                breakdown,
                busy,
                DeviceWork.of(backend, probe, mdc));
    }

    /** Lets the JIT finish: steps of every kind until they have run often enough or long enough. */
    private static void warmUp(LoopProbe probe) {
        long start = System.nanoTime();
        for (int i = 0; i < WARM_UPS && System.nanoTime() - start < WARM_UP_NANOS; i++) {
            probe.imageStep(false);
            probe.imageStep(true);
            probe.trainOnce();
        }
    }

    private Timing times(Runnable part) {
        double[] times = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            times[i] = seconds(part);
        }
        return Timing.of(times);
    }

    private Map<String, Object> settings() {
        Map<String, Object> settings = new LinkedHashMap<>();
        settings.put("network", config.network().network().toString());
        settings.put(
                "width", config.network().widthOf(config.network().network()).orElse(0));
        settings.put("depth", config.network().depth());
        settings.put("ipc", config.synthetic().ipc());
        settings.put("factor", config.synthetic().factor());
        settings.put("batch-real", config.matching().batchReal());
        settings.put("n-data", config.loop().nData());
        settings.put("batch-train", config.loop().batchTrain());
        settings.put("classes", noise.classes());
        settings.put("method", config.method().method().name().toLowerCase(java.util.Locale.ROOT));
        settings.put("subset", TextForm.format(config.condensing().subsetLoss()));
        settings.put("backend", backend.name());
        settings.put("threads", workers.threads());
        settings.put("chunk", chunk);
        cores.ifPresent(count -> settings.put("cores", count));
        settings.put("repeats", repeats);
        return settings;
    }

    private static double seconds(Runnable part) {
        long start = System.nanoTime();
        part.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private double gemmGflops() {
        Tensor[][] operands = new Tensor[workers.threads()][3];
        for (Tensor[] three : operands) {
            Arrays.setAll(three, i -> backend.zeros(GEMM, GEMM));
        }
        Timing timing = times(() -> workers.forEach(workers.threads(), (i, worker) -> {
            for (int k = 0; k < 4; k++) {
                backend.matrices().multiply(operands[i][0], false, operands[i][1], false, 0, operands[i][2]);
            }
        }));
        return 4.0 * workers.threads() * 2 * GEMM * GEMM * GEMM / timing.least() / 1e9;
    }
}
