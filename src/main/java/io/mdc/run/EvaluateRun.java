package io.mdc.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mdc.backend.Compute;
import io.mdc.backend.ComputeConfig;
import io.mdc.base.DataException;
import io.mdc.base.Json;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Networks;
import io.mdc.evaluate.CondensedSet;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixEvaluator;
import io.mdc.evaluate.Training;
import io.mdc.report.Progress;
import io.mdc.setting.Settings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32;

/**
 * Evaluates the prefixes of a finished run into its {@code evaluation.json}.
 *
 * <p>Every finished training is noted in a ledger file; the same evaluation started again after an interruption goes on
 * from there.
 */
public final class EvaluateRun {
    private record Entry(String network, int size, int repeat, double[] accuracies) {}

    private final RunDirectory directory;
    private final RunConfig config;
    private final Dataset data;
    private final Compute engine;
    private final Progress progress;

    /** An evaluation by the settings of {@code config}, which may differ from those the run was made with. */
    public EvaluateRun(RunDirectory directory, RunConfig config, Dataset data, Compute engine, Progress progress) {
        this.directory = directory;
        this.config = config;
        this.data = data;
        this.engine = engine;
        this.progress = progress;
    }

    /**
     * Evaluates.
     *
     * @param stop asked after every epoch
     * @throws java.util.concurrent.CancellationException if {@code stop} said so
     * @throws DataException if the condensed set is missing, damaged or of other images than the data set
     */
    public Evaluation run(BooleanSupplier stop) throws IOException {
        CondensedSet set = CondensedSet.read(directory.synthetic());
        int[] shape = set.shape();
        if (set.classes() != data.classes()
                || shape[1] != data.test().channels()
                || shape[2] != data.test().height()
                || shape[3] != data.test().width()) {
            throw new DataException(directory.synthetic() + ": " + set.classes() + " classes of images " + shape[1]
                    + "x" + shape[2] + "x" + shape[3] + ", which are not those of the data set " + data.name());
        }
        PrefixEvaluator evaluator = new PrefixEvaluator(config, data, engine.backend(), engine.chunk(), set);
        progress.begin("evaluating", evaluator.work(), 0);
        Evaluation evaluation = evaluate(evaluator, stop);
        directory.writeJson(directory.evaluation(), evaluation);
        Files.deleteIfExists(directory.evaluationLedger());
        return evaluation;
    }

    private Evaluation evaluate(PrefixEvaluator evaluator, BooleanSupplier stop) throws IOException {
        try (FileLedger ledger = new FileLedger(directory.evaluationLedger(), protocol())) {
            return evaluator.evaluate(
                    directory.path().toString(),
                    done -> progress.update(done, "training networks on prefixes"),
                    stop,
                    ledger);
        }
    }

    /** All settings that change results; a ledger made with others is not used. */
    private Map<String, String> protocol() throws IOException {
        Map<String, String> settings = new HashMap<>(Settings.texts(config));
        Settings.of(ComputeConfig.class).forEach(setting -> settings.remove(setting.key()));
        settings.remove("sizes");
        settings.remove("repeats");
        settings.remove("networks");
        settings.remove("save-models");
        settings.put("synthetic", checksum(directory.synthetic()));
        return settings;
    }

    private static String checksum(Path file) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(Files.readAllBytes(file));
        return Long.toHexString(checksum.getValue());
    }

    private void save(Training training, NetworkTrainer trained) throws IOException {
        Files.createDirectories(directory.models());
        Networks.save(
                training.network(),
                config.network(),
                data.train().channels(),
                data.train().height(),
                data.classes(),
                trained,
                directory.model(training));
    }

    private final class FileLedger implements PrefixEvaluator.Ledger, AutoCloseable {
        private final Map<List<Object>, double[]> known = new HashMap<>();
        private final LineLog log;

        FileLedger(Path file, Map<String, String> protocol) throws IOException {
            if (Files.exists(file)) {
                List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
                if (!lines.isEmpty() && lines.get(0).equals(Json.line(sorted(protocol)))) {
                    read(lines.subList(1, lines.size()));
                }
            }
            log = new LineLog(file, known.size() + (known.isEmpty() ? 0 : 1));
            if (known.isEmpty()) {
                log.add(sorted(protocol));
            }
        }

        /** A line cut off by a crash ends what is known. */
        private void read(List<String> lines) {
            try {
                for (String line : lines) {
                    Entry entry = Json.read(line, Entry.class);
                    known.put(List.of(entry.network(), entry.size(), entry.repeat()), entry.accuracies());
                }
            } catch (JsonProcessingException e) {
                return;
            }
        }

        private Map<String, String> sorted(Map<String, String> settings) {
            return new TreeMap<>(settings);
        }

        @Override
        public double[] known(Training training) {
            boolean complete = !config.evaluation().saveModels() || Files.exists(directory.model(training));
            return complete
                    ? known.get(List.of(training.network().toString(), training.size(), training.repeat()))
                    : null;
        }

        @Override
        public synchronized void finished(Training training, double[] accuracies, NetworkTrainer trained) {
            try {
                if (config.evaluation().saveModels()) {
                    save(training, trained);
                }
                log.add(new Entry(training.network().toString(), training.size(), training.repeat(), accuracies));
            } catch (IOException e) {
                throw new UncheckedIOException(directory.path() + ": " + e.getMessage(), e);
            }
        }

        @Override
        public void close() throws IOException {
            log.close();
        }
    }
}
