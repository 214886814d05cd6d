package io.mdc.run;

import io.mdc.backend.Compute;
import io.mdc.config.RunConfig;
import io.mdc.data.Cache;
import io.mdc.data.Dataset;
import io.mdc.directory.FileLedger;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.Accuracies;
import io.mdc.evaluate.Cell;
import io.mdc.evaluate.CondensedSet;
import io.mdc.evaluate.EvaluationSettings;
import io.mdc.evaluate.PrefixEvaluator;
import io.mdc.evaluate.Protocol;
import io.mdc.evaluate.Sizes;
import io.mdc.evaluate.Trial;
import io.mdc.evaluate.TrialQueue;
import io.mdc.network.NetworkChoice;
import io.mdc.report.Progress;
import io.mdc.robust.RandomImages;
import io.mdc.robust.RealLedger;
import io.mdc.robust.Rivals;
import io.mdc.robust.RobustConfig;
import io.mdc.robust.RobustEvaluation;
import io.mdc.robust.RobustResult;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The comparison of a finished run's condensed set with random and with all real images, into its {@code robust.json}.
 *
 * <p>Trainings on the set with augmentation are those of an evaluation, and in its ledger; all others but that on all
 * real images, which the cache keeps, are in a ledger of their own. The same comparison started again goes on from
 * there.
 */
public final class RobustRun implements AutoCloseable {
    private final RunDirectory directory;
    private final RobustConfig robust;
    private final Protocol protocol;
    private final Progress progress;
    private final EvaluateRun evaluation;
    private final FileLedger ledger;
    private final TrialQueue.Member real;
    private final TrialQueue.Member set;
    private final TrialQueue.Member random;
    private final TrialQueue.Member setPlain;
    private final TrialQueue.Member randomPlain;

    /**
     * Begins a comparison by settings that may differ from those the run was made with.
     *
     * @param compared the sizes asked for; empty for the largest
     * @throws io.mdc.setting.ConfigException if a network cannot be run, or a size is larger than the set or than a
     *     class of the data set
     * @throws io.mdc.base.DataException if the condensed set is missing, damaged or of other images than the data set
     */
    public RobustRun(
            RunDirectory directory,
            RunConfig config,
            Optional<Sizes> compared,
            Dataset data,
            Compute compute,
            Progress progress)
            throws IOException {
        this.directory = directory;
        this.progress = progress;
        robust = config.robust();
        CondensedSet images = SetFiles.read(directory, data); // its evaluation tells of other data
        EvaluationSettings asked = config.evaluating();
        List<Integer> sizes = RobustConfig.sizes(compared, images.ipc());
        EvaluationSettings augmented = asked.with(asked.evaluation().of(new Sizes(sizes), robust.draws()));
        EvaluationSettings plain = augmented.with(augmented.evaluation().plain());
        int tiles = images.factor() * images.factor();
        RandomImages draws = new RandomImages(data, compute.backend(), tiles, config.seed());
        PrefixEvaluator ofRandom = new PrefixEvaluator(augmented, data, compute, sizes, tiles, draws);
        PrefixEvaluator ofRandomPlain = new PrefixEvaluator(plain, data, compute, sizes, tiles, draws);
        PrefixEvaluator ofSetPlain = new PrefixEvaluator(plain, data, compute, images);
        protocol = EvaluateRun.protocol(augmented, data, images);
        real = RealLedger.trainings(asked, robust.epochsReal(), data, compute, Cache.directory(), progress::milestone);
        evaluation = new EvaluateRun(directory, augmented, data, compute, progress);
        set = evaluation.trials(RobustRun::fail);
        Protocol plainly = EvaluateRun.protocol(plain, data, images);
        ledger = new FileLedger(directory.robustLedger(), plainly, Optional.empty(), progress::milestone);
        setPlain = TrialQueue.Member.alone(ofSetPlain, ledger);
        random = TrialQueue.Member.alone(ofRandom, ledger.under(onRandom(protocol, tiles)));
        randomPlain = TrialQueue.Member.alone(ofRandomPlain, ledger.under(onRandom(plainly, tiles)));
    }

    private static void fail(RuntimeException failure) {
        throw failure;
    }

    /** The same protocol for networks trained on random real images, which do not depend on the set. */
    private static Protocol onRandom(Protocol onSet, int tiles) {
        Map<String, String> settings = new TreeMap<>(onSet.settings());
        settings.put("trained on", "random real images, " + tiles + " for one of a size");
        return new Protocol(settings, onSet.testImages(), onSet.data(), "");
    }

    /**
     * Makes the trainings that were not made yet, that on all real images first, and writes the scores.
     *
     * @param stop asked after every epoch
     * @return empty if {@code stop} said so
     */
    public Optional<RobustEvaluation> run(Compute compute, Stop stop) throws IOException {
        boolean made = EvaluateRun.makeTrials(
                        List.of(real), compute.workers(), "training networks on all real images", progress, stop)
                && EvaluateRun.makeTrials(
                        List.of(set, random, setPlain, randomPlain),
                        compute.workers(),
                        "training networks on prefixes and random real images",
                        progress,
                        stop);
        return made ? Optional.of(finish()) : Optional.empty();
    }

    private RobustEvaluation finish() throws IOException {
        evaluation.finish();
        List<RobustResult> results = set.evaluator().trials().stream()
                .map(Trial::cell)
                .distinct()
                .map(cell -> RobustResult.of(cell, rivals(cell)))
                .toList();
        RobustEvaluation all = new RobustEvaluation(
                        directory.path().toString(), protocol, robust.draws(), robust.epochsReal(), results, null)
                .checked();
        directory.writeJson(directory.robust(), all);
        return all;
    }

    private Rivals rivals(Cell cell) {
        Map<NetworkChoice, Accuracies> ofReal = new LinkedHashMap<>();
        real.evaluator()
                .trials()
                .forEach(trial -> ofReal.put(
                        trial.cell().network(), real.ledger().known(trial).orElseThrow()));
        return new Rivals(
                ofReal.get(cell.network()),
                made(set, cell),
                made(random, cell),
                made(setPlain, cell),
                made(randomPlain, cell));
    }

    private static List<Accuracies> made(TrialQueue.Member member, Cell cell) {
        return member.evaluator().trials().stream()
                .filter(trial -> trial.cell().equals(cell))
                .map(trial -> member.ledger().known(trial).orElseThrow())
                .toList();
    }

    /** Closes the ledgers. */
    @Override
    public void close() throws IOException {
        try {
            ledger.close();
        } finally {
            evaluation.close();
        }
    }
}
