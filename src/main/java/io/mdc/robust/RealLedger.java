package io.mdc.robust;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.mdc.backend.Compute;
import io.mdc.base.AtomicFiles;
import io.mdc.base.DataException;
import io.mdc.base.Json;
import io.mdc.base.OneLine;
import io.mdc.batch.RealImages;
import io.mdc.data.Cache;
import io.mdc.data.Dataset;
import io.mdc.data.SourceFile;
import io.mdc.engine.NetworkTrainer;
import io.mdc.evaluate.Accuracies;
import io.mdc.evaluate.EvaluationConfig;
import io.mdc.evaluate.EvaluationSettings;
import io.mdc.evaluate.PrefixEvaluator;
import io.mdc.evaluate.Trial;
import io.mdc.evaluate.TrialLedger;
import io.mdc.evaluate.TrialQueue;
import io.mdc.network.NetworkConfig;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import io.mdc.tensor.Backend;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Accuracies of networks trained on all real images, in the cache: a file {@code real/KEY.json} each, with all that
 * shapes it, from which its name follows.
 */
public final class RealLedger implements TrialLedger {
    private static final String FOLDER = "real";

    /** Of all trainings, so that runs with seeds of their own share them. */
    private static final long SEED = 0;

    private record Entry(@JsonProperty("made_by") Map<String, String> madeBy, List<Double> accuracies, String check) {
        static Entry of(Map<String, String> madeBy, List<Double> accuracies) {
            return new Entry(madeBy, accuracies, Json.checksum(new Entry(madeBy, accuracies, null)));
        }
    }

    private final Path folder;
    private final Map<String, String> common;
    private final Consumer<String> notes;

    private RealLedger(Path cache, Map<String, String> common, Consumer<String> notes) {
        folder = cache.resolve(FOLDER);
        this.common = common;
        this.notes = notes;
    }

    /**
     * One training of each network on all real images, by the recipe of an evaluation, whatever its seed.
     *
     * @param epochs passes over the images
     * @param cache directory of the cache, which may not exist yet
     * @param notes told of entries that are damaged, and made anew
     */
    public static TrialQueue.Member trainings(
            EvaluationSettings evaluating,
            int epochs,
            Dataset data,
            Compute compute,
            Path cache,
            Consumer<String> notes) {
        EvaluationConfig once = evaluating.evaluation().trainedFor(epochs);
        EvaluationSettings settings = evaluating.with(once.of(once.sizes(), 1)).withSeed(SEED);
        RealImages real = new RealImages(compute.backend().images(), data.train(), data.normalization());
        int perClass = (real.size() + data.classes() - 1) / data.classes();
        return TrialQueue.Member.alone(
                new PrefixEvaluator(settings, data, compute, List.of(perClass), 1, (size, repeat) -> real),
                new RealLedger(cache, common(settings, data, compute), notes));
    }

    private static Map<String, String> common(EvaluationSettings settings, Dataset data, Compute compute) {
        Backend backend = compute.backend();
        Map<String, String> common = new TreeMap<>(settings.shaping());
        common.put("data", data.checksum());
        common.put("normalization", data.normalization().toString());
        common.put(
                "backend",
                backend.name() + " " + backend.precision() + " "
                        + backend.tiled().isPresent());
        common.put("chunk", Integer.toString(compute.chunk()));
        return common;
    }

    private Map<String, String> madeBy(Trial trial) {
        Map<String, String> madeBy = new TreeMap<>(common);
        madeBy.put(
                Settings.key(NetworkConfig.class, "network"),
                trial.cell()
                        .network()
                        .file()
                        .map(file -> SourceFile.of(file).sha256())
                        .orElse(trial.cell().network().toString()));
        madeBy.put(
                Settings.key(NetworkConfig.class, "width"),
                TextForm.format(trial.cell().width()));
        madeBy.put("repeat", Integer.toString(trial.repeat()));
        return madeBy;
    }

    /** Where the accuracies of a trial are kept. */
    Path file(Trial trial) {
        return folder.resolve(Cache.key(List.of(), Json.line(madeBy(trial))) + ".json");
    }

    @Override
    public Optional<Accuracies> known(Trial trial) {
        Path file = file(trial);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file)) {
            Entry entry = Json.read(in, Entry.class);
            if (entry.equals(Entry.of(madeBy(trial), entry.accuracies()))) {
                return Optional.of(new Accuracies(entry.accuracies()));
            }
            notes.accept(file + ": damaged, or changed by hand; the network is trained again");
        } catch (IOException | IllegalArgumentException | NullPointerException e) {
            notes.accept(file + ": damaged (" + OneLine.reason(e) + "); the network is trained again");
        }
        return Optional.empty();
    }

    @Override
    public void finished(Trial trial, Accuracies accuracies, NetworkTrainer trained) {
        Path file = file(trial);
        try {
            Files.createDirectories(folder);
            AtomicFiles.write(file, Json.text(Entry.of(madeBy(trial), accuracies.percents())));
        } catch (IOException e) {
            throw new DataException(
                    file + ": cannot be written (" + OneLine.reason(e)
                            + "); free space there, or set MDC_DATA_DIR to another directory",
                    e);
        }
    }
}
