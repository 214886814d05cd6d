package io.mdc.run;

import io.mdc.backend.Compute;
import io.mdc.backend.ComputeConfig;
import io.mdc.base.DataException;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.evaluate.CondensedSet;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.EvaluationConfig;
import io.mdc.evaluate.PrefixEvaluator;
import io.mdc.report.Progress;
import io.mdc.setting.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.zip.CRC32;

/**
 * Evaluates the prefixes of a finished run into its {@code evaluation.json}.
 *
 * <p>Every finished trial is noted in a ledger file; the same evaluation started again after an interruption goes on
 * from there.
 */
final class EvaluateRun {
    /** Settings that say which trials are made and what is kept of them, not how they come out. */
    private static final List<String> EXTENT = List.of("sizes", "repeats", "networks", "saveModels");

    private final RunDirectory directory;
    private final RunConfig config;
    private final Dataset data;
    private final Compute compute;
    private final Progress progress;

    /** An evaluation by the settings of {@code config}, which may differ from those the run was made with. */
    EvaluateRun(RunDirectory directory, RunConfig config, Dataset data, Compute compute, Progress progress) {
        this.directory = directory;
        this.config = config;
        this.data = data;
        this.compute = compute;
        this.progress = progress;
    }

    /**
     * Evaluates, or goes on with what is left of the same evaluation.
     *
     * @param stop asked after every epoch
     * @throws io.mdc.setting.ConfigException if a network cannot be run or a size is larger than the set
     * @throws DataException if the condensed set is missing, damaged or of other images than the data set
     */
    Ending<Evaluation> run(BooleanSupplier stop) throws IOException {
        PrefixEvaluator evaluator = new PrefixEvaluator(config.evaluating(), data, compute, readSet());
        progress.begin("evaluating", evaluator.work(), 0);
        Evaluation evaluation;
        try (FileLedger ledger = new FileLedger(directory.evaluationLedger(), protocol(), models())) {
            evaluation = evaluator.evaluate(
                    directory.path().toString(),
                    done -> progress.update(done, "training networks on prefixes"),
                    stop,
                    ledger);
        } catch (CancellationException e) {
            return new Ending.Interrupted<>(
                    "interrupted; the same evaluation goes on with what is left: mdc evaluate " + directory.path());
        }
        directory.writeJson(directory.evaluation(), evaluation);
        Files.deleteIfExists(directory.evaluationLedger());
        return new Ending.Finished<>(evaluation);
    }

    private CondensedSet readSet() {
        CondensedSet set = CondensedSet.read(directory.synthetic());
        if (set.classes() != data.classes()
                || set.channels() != data.test().channels()
                || set.height() != data.test().height()
                || set.width() != data.test().width()) {
            throw new DataException(
                    directory.synthetic() + ": " + set.classes() + " classes of images " + set.channels() + "x"
                            + set.height() + "x" + set.width() + ", which are not those of the data set "
                            + data.name());
        }
        return set;
    }

    private Optional<TrainedModels> models() {
        return config.evaluation().saveModels()
                ? Optional.of(new TrainedModels(directory, config.network(), data))
                : Optional.empty();
    }

    /** All settings that change results; a ledger made with others is not used. */
    private Map<String, String> protocol() throws IOException {
        Map<String, String> settings = new HashMap<>(Settings.texts(config));
        Settings.of(ComputeConfig.class).forEach(setting -> settings.remove(setting.key()));
        EXTENT.forEach(component -> settings.remove(Settings.key(EvaluationConfig.class, component)));
        settings.put("synthetic", checksum(directory.synthetic()));
        return settings;
    }

    private static String checksum(Path file) throws IOException {
        CRC32 checksum = new CRC32();
        checksum.update(Files.readAllBytes(file));
        return Long.toHexString(checksum.getValue());
    }
}
