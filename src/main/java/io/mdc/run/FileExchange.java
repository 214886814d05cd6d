package io.mdc.run;

import io.mdc.base.Json;
import io.mdc.condense.Exchange;
import io.mdc.condense.Place;
import io.mdc.directory.JsonLines;
import io.mdc.report.Progress;
import io.mdc.setting.Share;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;

/**
 * An {@link Exchange} through a directory that all shards of a run see: a file for every shard and outer loop in which
 * prefixes are measured, a line for every class and inner loop.
 *
 * <p>Only its own shard writes to a file. What a shard that was interrupted measures once more are the same lines
 * again.
 */
final class FileExchange implements Exchange {
    private static final long LOOK_AGAIN_MILLIS = 300;

    private final Shards shards;
    private final Share own;
    private final int inner;
    private final int classes;
    private final int minutes;
    private final Progress progress;
    private Optional<String> complaint = Optional.empty();

    /**
     * That of a shard.
     *
     * @param inner loops of an outer one
     * @param classes of the data set
     * @param minutes to wait for other shards
     * @param progress is told who is waited for
     */
    FileExchange(Shards shards, Share own, int inner, int classes, int minutes, Progress progress) {
        this.shards = shards;
        this.own = own;
        this.inner = inner;
        this.classes = classes;
        this.minutes = minutes;
        this.progress = progress;
    }

    /**
     * A line.
     *
     * @param inner loop, from 1
     * @param label the class
     * @param measurement of its prefixes
     */
    private record Line(int inner, int label, double[] measurement) {}

    /** Why it waits no more, if others were too late. */
    Optional<String> complaint() {
        return complaint;
    }

    @Override
    public void tell(Place place, int label, double[] measurement) {
        Path file = file(own, place.outer());
        String line = Json.line(new Line(place.inner(), label, measurement)) + "\n";
        try {
            Files.createDirectories(shards.exchange());
            try (RandomAccessFile out = new RandomAccessFile(file.toFile(), "rw")) {
                out.seek(endOfLines(out));
                out.write(line.getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the last whole line ends; what follows was cut off by the end of a process. */
    private static long endOfLines(RandomAccessFile file) throws IOException {
        long end = file.length();
        while (end > 0) {
            file.seek(end - 1);
            if (file.read() == '\n') {
                break;
            }
            end--;
        }
        file.setLength(end);
        return end;
    }

    @Override
    public Optional<double[][][]> all(int outer, BooleanSupplier stop) {
        double[][][] all = new double[inner][classes][];
        long end = System.nanoTime() + TimeUnit.MINUTES.toNanos(minutes);
        List<Share> late = new ArrayList<>(shards.shares());
        boolean told = false;
        while (true) {
            late.removeIf(share -> isComplete(share, outer, all));
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

    /** Takes over what a shard measured; whether that is all. */
    private boolean isComplete(Share share, int outer, double[][][] all) {
        try {
            for (Line line : JsonLines.read(file(share, outer), Line.class)) {
                if (line.inner() >= 1 && line.inner() <= inner && share.holds(line.label()) && line.label() < classes) {
                    all[line.inner() - 1][line.label()] = line.measurement();
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

    private Path file(Share share, int outer) {
        return shards.exchange()
                .resolve(String.format(Locale.ROOT, "outer-%06d.%d-of-%d.jsonl", outer, share.number(), share.of()));
    }
}
