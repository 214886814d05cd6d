package io.mdc.bench;

import io.mdc.condense.LoopProbe;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;
import io.mdc.network.ChunkedGraph;
import io.mdc.network.DifferentiableGraph;
import io.mdc.network.Networks;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Workers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Times the parts of an inner loop on random 32×32 colour images. */
public final class Benchmark {
    private static final int SIZE = 32;
    private static final int GEMM = 512;

    private final RunConfig config;
    private final int classes;
    private final Backend backend;
    private final Workers workers;
    private final int chunk;
    private final int repeats;

    /** A benchmark of {@code config} with {@code classes} classes; each part is timed {@code repeats} times. */
    public Benchmark(RunConfig config, int classes, Backend backend, Workers workers, int chunk, int repeats) {
        this.config = config;
        this.classes = classes;
        this.backend = backend;
        this.workers = workers;
        this.chunk = chunk;
        this.repeats = repeats;
    }

    /** Runs for a while and reports. */
    public BenchReport run() {
        DifferentiableGraph graph =
                Networks.graphToCondense(config.network().network(), config.network(), 3, SIZE, classes, backend);
        LoopProbe probe = new LoopProbe(config, randomImages(), new ChunkedGraph(graph, workers, chunk));
        double idc = median(() -> probe.classStep(false));
        double mdc = median(() -> probe.classStep(true));
        double training = median(probe::train) / Math.max(1, probe.trainingSteps());
        // The two kinds take turns, so that a slow minute of the machine does not fall on one of them.
        double[] idcLoops = new double[repeats];
        double[] mdcLoops = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            idcLoops[i] = seconds(() -> probe.innerLoop(false));
            mdcLoops[i] = seconds(() -> probe.innerLoop(true));
        }
        return new BenchReport(
                settings(), idc, mdc, training, middle(idcLoops), middle(mdcLoops), peakRssMib(), gemmGflops());
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
        settings.put("classes", classes);
        settings.put("backend", backend.name());
        settings.put("threads", workers.threads());
        settings.put("chunk", chunk);
        settings.put("repeats", repeats);
        return settings;
    }

    /** As many images as the settings draw on, of noise. */
    private Dataset randomImages() {
        int perClass = Math.max(
                config.synthetic().decodedPerClass(),
                Math.max(config.matching().batchReal(), (config.loop().nData() + classes - 1) / classes));
        ImageSet images = noise(perClass);
        List<String> names =
                IntStream.range(0, classes).mapToObj(Integer::toString).toList();
        return new Dataset("noise", names, images, images, Normalization.of(images), List.of());
    }

    private ImageSet noise(int perClass) {
        byte[] pixels = new byte[classes * perClass * 3 * SIZE * SIZE];
        new SplittableRandom(0).nextBytes(pixels);
        int[] labels = new int[classes * perClass];
        Arrays.setAll(labels, i -> i % classes);
        return new ImageSet(pixels, labels, classes, 3, SIZE, SIZE);
    }

    private double median(Runnable part) {
        for (int i = 0; i < 3; i++) {
            part.run();
        }
        double[] times = new double[repeats];
        for (int i = 0; i < repeats; i++) {
            times[i] = seconds(part);
        }
        return middle(times);
    }

    private static double seconds(Runnable part) {
        long start = System.nanoTime();
        part.run();
        return (System.nanoTime() - start) / 1e9;
    }

    private static double middle(double[] times) {
        double[] sorted = times.clone();
        Arrays.sort(sorted);
        return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private double gemmGflops() {
        Tensor[][] operands = new Tensor[workers.threads()][3];
        for (Tensor[] three : operands) {
            Arrays.setAll(three, i -> backend.zeros(GEMM, GEMM));
        }
        double time = median(() -> workers.forEach(workers.threads(), (i, worker) -> {
            for (int k = 0; k < 4; k++) {
                backend.matrices().multiply(operands[i][0], false, operands[i][1], false, 0, operands[i][2]);
            }
        }));
        return 4.0 * workers.threads() * 2 * GEMM * GEMM * GEMM / time / 1e9;
    }

    private static long peakRssMib() {
        try {
            return Files.readAllLines(Path.of("/proc/self/status")).stream()
                    .filter(line -> line.startsWith("VmHWM:"))
                    .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
                    .findFirst()
                    .orElse(0);
        } catch (IOException e) {
            return 0;
        }
    }
}
