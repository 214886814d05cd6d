package io.mdc.run;

import io.mdc.backend.Compute;
import io.mdc.base.DataException;
import io.mdc.base.Workers;
import io.mdc.data.Dataset;
import io.mdc.data.SourceFile;
import io.mdc.directory.DamagedFile;
import io.mdc.directory.FileLedger;
import io.mdc.directory.RunDirectory;
import io.mdc.directory.RunRecords;
import io.mdc.directory.TrainedModels;
import io.mdc.evaluate.CondensedSet;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.EvaluationSettings;
import io.mdc.evaluate.PrefixEvaluator;
import io.mdc.evaluate.Protocol;
import io.mdc.evaluate.TrialQueue;
import io.mdc.network.NetworkChoice;
import io.mdc.network.NetworkConfig;
import io.mdc.report.Progress;
import io.mdc.setting.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;

/**
 * The evaluation of the prefixes of a finished run into its {@code evaluation.json}, from its condensed set being read.
 *
 * <p>Every finished trial is noted in a ledger file; the same evaluation started again after an interruption goes on
 * from there.
 */
public final class EvaluateRun implements AutoCloseable {
    /** What trials of prefixes do, for people. */
    public static final String ON_PREFIXES = "training networks on prefixes";

    private final RunDirectory directory;
    private final Progress progress;
    private final PrefixEvaluator evaluator;
    private final Optional<Evaluation> earlier;
    private final FileLedger ledger;
    private final Protocol protocol;

    /**
     * Begins an evaluation by settings that may differ from those the run was made with.
     *
     * @throws io.mdc.setting.ConfigException if a network cannot be run or a size is larger than the set
     * @throws DataException if the condensed set is missing, damaged or of other images than the data set, or the run
     *     is not finished
     */
    public EvaluateRun(
            RunDirectory directory, EvaluationSettings settings, Dataset data, Compute compute, Progress progress)
            throws IOException {
        this.directory = directory;
        this.progress = progress;
        RunDemands.finished(directory);
        CondensedSet set = SetFiles.read(directory, data, progress);
        evaluator = new PrefixEvaluator(settings, data, compute, set);
        protocol = protocol(settings, data, set);
        Optional<TrainedModels> models = settings.evaluation().saveModels()
                ? Optional.of(new TrainedModels(directory, protocol, settings.network(), data))
                : Optional.empty();
        earlier = earlier();
        ledger = new FileLedger(directory.evaluationLedger(), protocol, models, progress::milestone);
        earlier.ifPresent(this::compare);
    }

    /**
     * Makes the trials that were not made yet, by these or earlier evaluations, in one queue.
     *
     * @param what they do, for people
     * @param stop asked after every epoch
     * @return whether they were made; otherwise {@code stop} said so
     */
    public static boolean makeTrials(
            List<TrialQueue.Member> members, Workers workers, String what, Progress progress, Stop stop) {
        stop.waitForWork(() -> {}); // what is finished is in the ledgers
        progress.begin("evaluating", TrialQueue.work(members), 0);
        try {
            TrialQueue.run(members, workers, done -> progress.update(done, what), stop::requested);
            return true;
        } catch (CancellationException e) {
            return false;
        }
    }

    /** How its trials are made. */
    public Protocol protocol() {
        return protocol;
    }

    /** Its trials; {@code failed} is told of those that fail. */
    public TrialQueue.Member trials(Consumer<RuntimeException> failed) {
        return new TrialQueue.Member(evaluator, ledger, failed);
    }

    /** Makes its trials alone, and writes what was measured; empty if {@code stop} said so before. */
    public Optional<Evaluation> run(Workers workers, Stop stop) throws IOException {
        return makeTrials(List.of(TrialQueue.Member.alone(evaluator, ledger)), workers, ON_PREFIXES, progress, stop)
                ? Optional.of(finish())
                : Optional.empty();
    }

    /**
     * Writes all that was ever measured of the run.
     *
     * @throws DataException if the directory was removed or taken over meanwhile
     */
    public Evaluation finish() throws IOException {
        Evaluation evaluation = Evaluation.of(directory.path().toString(), ledger.all());
        directory.requireOwn();
        Evaluation all = earlier.map(evaluation::and).orElse(evaluation).checked();
        directory.writeJson(directory.evaluation(), all);
        return all;
    }

    /** Says so if results are known whose trials are not. */
    private void compare(Evaluation told) {
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
        Optional<Evaluation> whole = new RunRecords(directory).evaluated();
        if (whole.isPresent()) {
            return whole;
        }
        progress.milestone(file + ": damaged, or changed by hand; written anew" + DamagedFile.keep(file));
        return Optional.empty();
    }

    /** How the trials of an evaluation by these settings are made; files of networks count by name and content. */
    public static Protocol protocol(EvaluationSettings settings, Dataset data, CondensedSet set) {
        Map<String, String> shaping = new TreeMap<>(settings.shaping());
        settings.network()
                .network()
                .file()
                .ifPresent(file -> shaping.put(
                        Settings.key(NetworkConfig.class, "network"),
                        SourceFile.of(file).sha256()));
        for (NetworkChoice network : settings.networks()) {
            network.file()
                    .ifPresent(file -> shaping.merge(
                            "network " + file.getFileName(),
                            SourceFile.of(file).sha256(),
                            (one, other) -> one + " " + other));
        }
        return new Protocol(shaping, data.test().size(), data.checksum(), set.sha256());
    }

    /** Closes the ledger. */
    @Override
    public void close() throws IOException {
        ledger.close();
    }
}
