package io.mdc.job;

import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.directory.Fingerprint;
import io.mdc.report.Progress;
import io.mdc.run.Shards;
import io.mdc.setting.Share;
import io.mdc.task.Exchange;
import io.mdc.task.Place;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * An {@link Exchange} through a directory that all shards of a run see: a file for every shard and outer loop in which
 * prefixes are measured, an {@link ExchangeFile}.
 *
 * <p>Only its own shard writes to a file. Where a shard that was interrupted measures once more, its first lines count,
 * which others may have taken; lines that differ, as those of another backend or chunk, are told of.
 */
final class FileExchange implements Exchange {
    private static final long LOOK_AGAIN_MILLIS = 300;

    private final Shards shards;
    private final Share own;
    private final int inner;
    private final int classes;
    private final int prefixes;
    private final Fingerprint run;
    private final int minutes;
    private final Progress progress;
    private Optional<String> complaint = Optional.empty();

    /**
     * That of a shard.
     *
     * @param config settings of the run
     * @param data its data set
     * @param minutes to wait for other shards
     * @param progress is told who is waited for
     */
    FileExchange(Shards shards, Share own, RunConfig config, Dataset data, int minutes, Progress progress) {
        this.shards = shards;
        this.own = own;
        this.minutes = minutes;
        this.progress = progress;
        inner = config.loop().inner();
        classes = data.classes();
        prefixes = config.synthetic().ipc() - 1;
        run = Fingerprint.of(config, data);
    }

    /**
     * Removes what a shard in its place measured before it.
     *
     * @throws IOException if that cannot be removed
     */
    void begin() throws IOException {
        if (!Files.isDirectory(shards.exchange())) {
            return;
        }
        String names = "outer-\\d{6,}" + Pattern.quote(ending(own));
        List<Path> files;
        try (Stream<Path> all = Files.list(shards.exchange())) {
            files = all.filter(file -> file.getFileName().toString().matches(names))
                    .toList();
        }
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
    }

    /** Why it waits no more, if others were too late. */
    Optional<String> complaint() {
        return complaint;
    }

    @Override
    public void tell(Place place, int label, double[] measurement) {
        try {
            file(own, place.outer()).add(new ExchangeFile.Line(place.inner(), label, measurement));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Optional<double[][][]> all(int outer, BooleanSupplier stop) {
        double[][][] all = new double[inner][classes][];
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        List<Share> late = new ArrayList<>(shards.shares());
        Set<Share> differing = new HashSet<>();
        boolean told = false;
        while (true) {
            late.removeIf(share -> isComplete(share, outer, all, differing));
            if (late.isEmpty()) {
                return Optional.of(all);
            } else if (stop.getAsBoolean()) {
                return Optional.empty();
            } else if (System.nanoTime() > end) {
                complaint = Optional.of(
                        "shards " + late + " have not measured outer loop " + outer + " after " + minutes + " minutes");
                return Optional.empty();
            } else if (!told) {
                progress.milestone("waiting for shards " + late + ", which have not measured outer loop " + outer);
                told = true;
            }
            try {
                Thread.sleep(LOOK_AGAIN_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return Optional.empty();
            }
        }
    }

    /** Takes over what a shard measured, and tells once if it did so twice and differently; whether that is all. */
    private boolean isComplete(Share share, int outer, double[][][] all, Set<Share> differing) {
        try {
            for (ExchangeFile.Line line : file(share, outer).lines()) {
                if (line.inner() >= 1
                        && line.inner() <= inner
                        && share.holds(line.label())
                        && line.label() < classes
                        && line.measurement().length == prefixes) {
                    double[][] loop = all[line.inner() - 1];
                    if (loop[line.label()] == null) {
                        loop[line.label()] = line.measurement();
                    } else if (!Arrays.equals(loop[line.label()], line.measurement()) && differing.add(share)) {
                        progress.milestone("shard " + share + " has measured outer loop " + outer
                                + " once more, to other values, as with another backend or --chunk; the first count,"
                                + " but its images may differ from those of one process");
                    }
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        for (double[][] loop : all) {
            for (int label = share.number() - 1; label < classes; label += share.of()) {
                if (loop[label] == null) {
                    return false;
                }
            }
        }
        return true;
    }

    private ExchangeFile file(Share share, int outer) {
        return new ExchangeFile(
                shards.exchange().resolve(String.format(Locale.ROOT, "outer-%06d", outer) + ending(share)), run);
    }

    private static String ending(Share share) {
        return "." + share.number() + "-of-" + share.of() + ".jsonl";
    }
}
