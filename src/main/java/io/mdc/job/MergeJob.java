package io.mdc.job;

import io.mdc.backend.Compute;
import io.mdc.base.AtomicFiles;
import io.mdc.base.DataException;
import io.mdc.base.Json;
import io.mdc.base.ShellWord;
import io.mdc.condense.LoopMetrics;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.directory.Fingerprint;
import io.mdc.directory.ImageOrigin;
import io.mdc.directory.JsonLines;
import io.mdc.directory.Manifest;
import io.mdc.directory.NewRun;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.CondensedSet;
import io.mdc.report.Progress;
import io.mdc.run.RunData;
import io.mdc.run.SetFiles;
import io.mdc.run.SetParts;
import io.mdc.run.Shards;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Share;
import io.mdc.task.MlsEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Makes the run whose classes several shards condensed.
 *
 * @param out its directory, in which the shards are
 */
public record MergeJob(Path out) {
    /**
     * Reads the shards and writes set, picture and logs, in place of those of an earlier merging; losses are the sums
     * of the shards' shares, and times those of the slowest.
     *
     * @param options over the settings that the shards have
     * @param progress is told how far loading is; not closed
     * @throws ConfigException if there are no shards, or the directory has a run that was not merged of them
     * @throws DataException if the data or a shard is missing, damaged or not finished, or the shards are not of one
     *     run
     */
    public RunDirectory run(Layer options, Progress progress) throws IOException {
        Shards shards = Shards.in(out);
        List<RunDirectory> parts = new ArrayList<>();
        for (Share share : shards.shares()) {
            parts.add(finished(shards, share));
        }
        RunConfig config = ConfigReader.read(parts.get(0).settings(progress::milestone), options);
        requireEquallyLong(shards, parts);
        shards.requireFitsGoingOn(config);
        requireOneData(parts);
        try (Compute compute = Compute.start(config.compute())) {
            Dataset data = RunData.toEvaluate(config, progress);
            SetParts read = SetParts.of(parts, data, SetFiles::readShard);
            CondensedSet merged = merged(read.sets());
            double slowest = read.seconds().stream()
                    .mapToDouble(Double::doubleValue)
                    .max()
                    .orElse(0);
            Manifest manifest = Manifest.begun(config, data, compute)
                    .ended(true, read.warnings(), slowest)
                    .from(ImageOrigin.merged(read.sources()));
            String metrics = lines(metrics(parts));
            String selections = lines(selections(parts));
            return NewRun.fillFinished(out, config, manifest, directory -> {
                SetFiles.write(directory, merged, Progress.silent());
                AtomicFiles.write(directory.metrics(), metrics);
                AtomicFiles.write(directory.selections(), selections);
            });
        }
    }

    private static void requireEquallyLong(Shards shards, List<RunDirectory> parts) {
        List<Integer> loops = parts.stream()
                .map(part -> ConfigReader.read(part.settings(note -> {})).loop().outer())
                .toList();
        int most = Collections.max(loops);
        for (int i = 0; i < loops.size(); i++) {
            if (loops.get(i) < most) {
                throw new DataException(parts.get(i).path() + ": has " + loops.get(i) + " outer loops, another shard "
                        + most + "; continue it with mdc condense --resume --outer " + most + " --class-shard "
                        + shards.shares().get(i) + " --out " + ShellWord.quoted(shards.run()));
            }
        }
    }

    /** Their settings are equal; so must be what those name. */
    private static void requireOneData(List<RunDirectory> parts) {
        RunDirectory first = parts.get(0);
        Optional<Fingerprint> begun = begun(first);
        List<String> classes = Manifest.read(first.manifest()).classes();
        for (RunDirectory part : parts) {
            boolean same =
                    begun.isEmpty() || begun(part).map(begun.get()::isOfSameRun).orElse(true);
            if (!same || !Manifest.read(part.manifest()).classes().equals(classes)) {
                throw new DataException(part.path() + ": was not condensed of the same data, or not with the same file"
                        + " of a network, as " + first.path()
                        + "; remove the one that is wrong, and condense it again");
            }
        }
    }

    /** What the images depend on, if the state is there that tells. */
    private static Optional<Fingerprint> begun(RunDirectory part) {
        try {
            return part.checkpoints().begun();
        } catch (DataException e) {
            return Optional.empty();
        }
    }

    private static RunDirectory finished(Shards shards, Share share) throws IOException {
        String given = " --class-shard " + share + " --out " + ShellWord.quoted(shards.run());
        try {
            RunDirectory directory = RunDirectory.open(shards.of(share));
            if (!directory.isFinished()) {
                throw new DataException(
                        shards.of(share) + ": not finished; continue it with mdc condense --resume" + given);
            }
            Optional<Share> own = Manifest.ifReadable(directory.manifest()).map(Manifest::shard);
            if (!own.equals(Optional.of(share))) {
                throw new DataException(shards.of(share) + ": is "
                        + own.map(other -> "shard " + other).orElse("no shard") + ", not shard " + share
                        + "; remove it, and condense it with mdc condense" + given);
            }
            return directory;
        } catch (ConfigException e) {
            throw new DataException(shards.of(share) + ": is not there; condense it with mdc condense" + given, e);
        }
    }

    private CondensedSet merged(List<CondensedSet> sets) {
        try {
            return CondensedSet.ofClasses(sets, label -> label % sets.size());
        } catch (IllegalArgumentException e) {
            throw new DataException(out + ": the shards do not go together: " + e.getMessage(), e);
        }
    }

    private List<LoopMetrics> metrics(List<RunDirectory> parts) throws IOException {
        List<List<LoopMetrics>> logs = new ArrayList<>();
        for (RunDirectory part : parts) {
            logs.add(JsonLines.read(part.metrics(), LoopMetrics.class));
        }
        if (logs.stream().map(List::size).distinct().count() > 1) {
            throw new DataException(out + ": the shards' metrics.jsonl have not all the same number of lines");
        }
        List<LoopMetrics> sums = new ArrayList<>();
        for (int i = 0; i < logs.get(0).size(); i++) {
            int line = i;
            if (logs.stream()
                            .map(log ->
                                    List.of(log.get(line).outer(), log.get(line).inner()))
                            .distinct()
                            .count()
                    > 1) {
                throw new DataException(out + ": line " + (line + 1)
                        + " of the shards' metrics.jsonl is not of the same inner loop in all; one is damaged");
            }
            sums.add(logs.stream()
                    .map(log -> log.get(line))
                    .reduce(LoopMetrics::together)
                    .orElseThrow());
        }
        return sums;
    }

    /** Of a shared subset every shard has the same selections, of those of classes its own. */
    private List<MlsEvent> selections(List<RunDirectory> parts) throws IOException {
        Set<MlsEvent> events = new LinkedHashSet<>();
        for (RunDirectory part : parts) {
            events.addAll(JsonLines.read(part.selections(), MlsEvent.class));
        }
        Set<List<Integer>> places = new HashSet<>();
        for (MlsEvent event : events) {
            if (!places.add(Arrays.asList(event.outer(), event.label()))) {
                throw new DataException(out + ": the shards selected different subsets after outer loop "
                        + event.outer() + ", and are not of one run; remove "
                        + new Shards(out, parts.size()).exchange().getParent() + ", and condense them again");
            }
        }
        return events.stream()
                .sorted(Comparator.comparingInt(MlsEvent::outer)
                        .thenComparingInt(event -> event.label() == null ? 0 : event.label()))
                .toList();
    }

    private static String lines(List<?> values) {
        return values.stream().map(value -> Json.line(value) + "\n").collect(Collectors.joining());
    }
}
