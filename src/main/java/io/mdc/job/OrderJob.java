package io.mdc.job;

import io.mdc.backend.Compute;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.SourceFile;
import io.mdc.directory.ImageOrigin;
import io.mdc.directory.Manifest;
import io.mdc.directory.NewRun;
import io.mdc.directory.Reordering;
import io.mdc.directory.RunDirectory;
import io.mdc.engine.Sgd;
import io.mdc.evaluate.CondensedSet;
import io.mdc.order.ImageOrderer;
import io.mdc.order.Order;
import io.mdc.order.OrderBy;
import io.mdc.report.Progress;
import io.mdc.run.CondenseRun;
import io.mdc.run.Ending;
import io.mdc.run.RunData;
import io.mdc.run.RunDemands;
import io.mdc.run.SetFiles;
import io.mdc.run.Stop;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;

/**
 * All that {@code mdc order} does once its settings are known.
 *
 * @param from directory of a finished run
 * @param config its settings, and those of the order
 * @param by what its images are ordered by
 * @param out directory of the run to make
 */
public record OrderJob(RunDirectory from, RunConfig config, OrderBy by, Path out) {
    /**
     * Checks the settings.
     *
     * @throws ConfigException if there can be no such order by them
     */
    public OrderJob {
        by.requirePossible(config.order());
    }

    /**
     * Loads the data, trains networks on the run's training images, and writes a run whose images are the same in
     * another order; nothing is written before they are all placed.
     *
     * @param progress is told how far it is; not closed
     * @param stop asked after every epoch
     * @throws ConfigException if settings do not go with the data, tiles cannot change places, or the directory to make
     *     cannot be used
     * @throws io.mdc.base.DataException if the data or the condensed set is missing, damaged or of other images than
     *     the data set, or the run is not finished
     */
    public Ending<RunDirectory> run(Progress progress, Stop stop) throws IOException {
        Ending.Interrupted<RunDirectory> interrupted =
                new Ending.Interrupted<>("interrupted; nothing was written, and the same command begins anew");
        NewRun.requireFree(out);
        RunDemands.finished(from);
        requireEqualTiles(SetFiles.read(from));
        try (Compute compute = Compute.start(config.compute())) {
            long start = System.nanoTime();
            Dataset data = RunData.toEvaluate(config, progress);
            CondensedSet set = SetFiles.read(from, data, progress);
            String checksum = SourceFile.of(from.synthetic()).sha256();
            Order order = order(set, data, compute, progress, stop);
            CondensedSet ordered = set.rearranged(order.images());
            Reordering reordering = Reordering.of(from, checksum, by, order, (System.nanoTime() - start) / 1e9);
            Manifest manifest = manifest(data, compute, reordering);
            stop.advise(interrupted.advice());
            stop.waitForWork(() -> {}); // what is begun now takes no time
            return new Ending.Finished<>(NewRun.createFinished(out, config, directory -> {
                SetFiles.write(directory, ordered, Progress.silent()); // its channels were told of when condensing
                directory.writeJson(directory.manifest(), manifest);
            }));
        } catch (CancellationException e) {
            return interrupted;
        }
    }

    private void requireEqualTiles(CondensedSet set) {
        if (!set.hasEqualTiles()) {
            throw new ConfigException(from.synthetic() + ": images of " + set.height() + "x" + set.width()
                    + " pixels do not have equal tiles with factor " + set.factor()
                    + ", so that tiles cannot change places; only a set whose factor divides the size can be ordered");
        }
    }

    private Order order(CondensedSet set, Dataset data, Compute compute, Progress progress, Stop stop) {
        ImageOrderer orderer = new ImageOrderer(
                by,
                config.order(),
                new Sgd(config.training().netMomentum(), config.training().netDecay()),
                set,
                data.normalization(),
                CondenseRun.network(config, data, compute));
        if (orderer.epochs() > 0) {
            progress.begin("training to order", orderer.epochs(), 0);
        }
        int networks = config.order().networksOrder();
        long[] done = {0};
        return orderer.order((network, epoch, accuracy) -> {
            progress.update(
                    ++done[0],
                    String.format(
                            Locale.ROOT,
                            "network %d/%d, epoch %d, training accuracy %.1f%%",
                            network + 1,
                            networks,
                            epoch + 1,
                            100 * accuracy));
            if (stop.requested()) {
                throw new CancellationException("ordering interrupted");
            }
        });
    }

    /** That of the new run: made here and now, with origin, warnings and time of the condensation it is from. */
    private Manifest manifest(Dataset data, Compute compute, Reordering reordering) {
        Optional<Manifest> before = Manifest.ifReadable(from.manifest());
        return Manifest.begun(config, data, compute)
                .ended(
                        true,
                        before.map(Manifest::warnings).orElse(List.of()),
                        before.map(Manifest::condenseSeconds).orElse(0.0))
                .from(before.map(Manifest::origin).orElse(ImageOrigin.CONDENSED).ordered(reordering));
    }
}
