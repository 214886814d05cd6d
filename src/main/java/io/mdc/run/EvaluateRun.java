package io.mdc.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mdc.backend.Compute;
import io.mdc.base.DataException;
import io.mdc.base.Json;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.SourceFile;
import io.mdc.evaluate.CondensedSet;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixEvaluator;
import io.mdc.evaluate.Protocol;
import io.mdc.network.NetworkChoice;
import io.mdc.report.Progress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;

/**
 * Evaluates the prefixes of a finished run into its {@code evaluation.json}.
 *
 * <p>Every finished trial is noted in a ledger file; the same evaluation started again after an interruption goes on
 * from there.
 */
final class EvaluateRun {
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
     * Makes the trials that were not made yet, by this or an earlier evaluation.
     *
     * @param stop asked after every epoch
     * @return all that was ever measured of the run
     * @throws io.mdc.setting.ConfigException if a network cannot be run or a size is larger than the set
     * @throws DataException if the condensed set is missing, damaged or of other images than the data set
     */
    Ending<Evaluation> run(Stop stop) throws IOException {
        PrefixEvaluator evaluator = new PrefixEvaluator(config.evaluating(), data, compute, readSet());
        Protocol protocol = protocol();
        Optional<Evaluation> earlier = earlier();
        Evaluation evaluation;
        try (FileLedger ledger =
                new FileLedger(directory.evaluationLedger(), protocol, models(protocol), progress::milestone)) {
            earlier.ifPresent(told -> compare(told, ledger));
            stop.waitForWork(() -> {}); // what is finished is in the ledger
            progress.begin("evaluating", evaluator.work(), 0);
            evaluator.evaluate(done -> progress.update(done, "training networks on prefixes"), stop::requested, ledger);
            evaluation = Evaluation.of(directory.path().toString(), ledger.all());
        } catch (CancellationException e) {
            return new Ending.Interrupted<>(
                    "interrupted; the same evaluation goes on with what is left: mdc evaluate " + directory.path());
        }
        directory.requirePresent();
        Evaluation all = earlier.map(evaluation::and).orElse(evaluation).checked();
        directory.writeJson(directory.evaluation(), all);
        return new Ending.Finished<>(all);
    }

    /** Says so if results are known whose trials are not. */
    private void compare(Evaluation told, FileLedger ledger) {
        int kept = Evaluation.of("", ledger.all()).trials();
        if (kept < told.trials()) {
            progress.milestone(directory.evaluationLedger() + ": has " + kept + " of the " + told.trials()
                    + " trials that evaluation.json tells of; the others are made again where they are asked for");
        }
    }

    /** What {@code evaluation.json} says now; a file that cannot be read is put aside. */
    private Optional<Evaluation> earlier() throws IOException {
        Path file = directory.evaluation();
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            Evaluation earlier = Json.read(in, Evaluation.class);
            if (earlier.whole()) {
                return Optional.of(earlier);
            }
        } catch (JsonProcessingException e) {
            // put aside as well
        }
        LineLog.putAside(file);
        progress.milestone(
                file + ": damaged, or changed by hand; written anew, the file as it was is " + LineLog.aside(file));
        return Optional.empty();
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

    private Optional<TrainedModels> models(Protocol protocol) {
        return config.evaluation().saveModels()
                ? Optional.of(new TrainedModels(directory, protocol, config.network(), data))
                : Optional.empty();
    }

    private Protocol protocol() {
        Map<String, String> settings = new TreeMap<>(config.evaluating().shaping());
        for (NetworkChoice network : config.evaluating().networks()) {
            network.file()
                    .ifPresent(file ->
                            settings.put(file.toString(), SourceFile.of(file).sha256()));
        }
        return new Protocol(
                settings,
                data.test().size(),
                Fingerprint.ofData(data),
                SourceFile.of(directory.synthetic()).sha256());
    }
}
