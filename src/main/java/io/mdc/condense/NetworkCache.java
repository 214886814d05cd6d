package io.mdc.condense;

import io.mdc.base.DataException;
import io.mdc.base.OneLine;
import io.mdc.data.Cache;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Trained networks that are kept between runs, a file each in {@code networks/KIND-KEY/} of the cache, the key being
 * made of all that shapes them. A file appears complete or not at all, and says itself what it was made by.
 */
public final class NetworkCache {
    private static final String FOLDER = "networks";
    private static final String SETTINGS = "determined-by.txt";
    private static final String WEIGHTS = "weights";
    /** To be raised when the same settings give other networks. */
    private static final String VERSION = "1";

    private final Optional<Cache.Space> space;
    private final Consumer<String> notes;

    /** Is told how far training is. */
    @FunctionalInterface
    public interface Observer {
        /**
         * Called after every batch.
         *
         * @param done batches so far, of all networks that are missing
         * @param all batches of all of them
         * @param network number of the one that is trained, from 1
         */
        void trained(long done, long all, int network);
    }

    private NetworkCache(Optional<Cache.Space> space, Consumer<String> notes) {
        this.space = space;
        this.notes = notes;
    }

    /**
     * Networks in a cache.
     *
     * @param notes is told of files that are made anew
     */
    public static NetworkCache in(Cache.Space space, Consumer<String> notes) {
        return new NetworkCache(Optional.of(space), notes);
    }

    /** Networks none of which is trained, all as they begin: for measurements of speed. */
    public static NetworkCache untrained() {
        return new NetworkCache(Optional.empty(), note -> {});
    }

    /** How many networks of a plan are not there yet. */
    public int missing(NetworkPlan plan) {
        return (int) IntStream.range(0, plan.count())
                .filter(i -> space.isPresent() && !Files.exists(file(plan, i)))
                .count();
    }

    /**
     * Trains those networks of a plan that are not there yet, or damaged, and keeps each once it is trained.
     *
     * @param stop asked after every batch
     * @return false if {@code stop} said so; the network that was being trained is lost
     * @throws DataException if the cache cannot be written
     */
    public boolean make(NetworkPlan plan, Observer observer, BooleanSupplier stop) {
        if (space.isEmpty()) {
            return true;
        }
        int[] missing =
                IntStream.range(0, plan.count()).filter(i -> !isThere(plan, i)).toArray();
        long all = missing.length * plan.batches();
        for (int k = 0; k < missing.length; k++) {
            int number = missing[k];
            long before = k * plan.batches();
            float[][] snapshots = new float[plan.snapshots()][];
            if (!plan.train(number, snapshots, done -> observer.trained(before + done, all, number + 1), stop)) {
                return false;
            }
            write(plan, number, snapshots);
        }
        return true;
    }

    /**
     * The weights of a network, a state after the other.
     *
     * @throws DataException if it is not there or damaged
     */
    float[][] weights(NetworkPlan plan, int number) {
        if (space.isEmpty()) {
            float[][] same = new float[plan.snapshots()][];
            Arrays.fill(same, plan.initial(number));
            return same;
        }
        try {
            return read(plan, number);
        } catch (IOException e) {
            throw new DataException(
                    file(plan, number) + ": not a usable network (" + OneLine.reason(e)
                            + "); remove it, and the next run trains it anew",
                    e);
        }
    }

    private boolean isThere(NetworkPlan plan, int number) {
        if (!Files.exists(file(plan, number))) {
            return false;
        }
        try {
            read(plan, number);
            return true;
        } catch (IOException e) {
            notes.accept(file(plan, number) + ": not a usable network (" + OneLine.reason(e) + "); trained anew");
            return false;
        }
    }

    private float[][] read(NetworkPlan plan, int number) throws IOException {
        NumpyArchive archive = NumpyArchive.read(file(plan, number));
        if (!archive.text(SETTINGS).equals(text(plan))) {
            throw new IOException("made by other settings or of other data");
        }
        NumpyArray weights = archive.get(WEIGHTS);
        int[] shape = {plan.snapshots(), plan.parameters()};
        if (weights.type() != NumpyArray.Type.FLOAT32 || !Arrays.equals(weights.shape(), shape)) {
            throw new IOException("holds " + weights + " instead of " + Arrays.toString(shape));
        }
        float[] all = weights.toFloats();
        float[][] snapshots = new float[shape[0]][];
        Arrays.setAll(snapshots, s -> Arrays.copyOfRange(all, s * shape[1], (s + 1) * shape[1]));
        return snapshots;
    }

    private void write(NetworkPlan plan, int number, float[][] snapshots) {
        float[] all = new float[plan.snapshots() * plan.parameters()];
        for (int s = 0; s < snapshots.length; s++) {
            System.arraycopy(snapshots[s], 0, all, s * plan.parameters(), plan.parameters());
        }
        Path file = file(plan, number);
        try {
            Files.createDirectories(file.getParent());
            new NumpyArchive()
                    .putText(SETTINGS, text(plan))
                    .put(WEIGHTS, NumpyArray.of(all, plan.snapshots(), plan.parameters()))
                    .write(file);
        } catch (IOException e) {
            throw new DataException(
                    file + ": cannot be written (" + OneLine.reason(e) + "); free space there, or set MDC_DATA_DIR to"
                            + " another directory",
                    e);
        }
    }

    private Path file(NetworkPlan plan, int number) {
        return space.orElseThrow()
                .root()
                .resolve(FOLDER)
                .resolve(plan.kind() + "-" + Cache.key(List.of(), text(plan)))
                .resolve(number + ".npz");
    }

    private static String text(NetworkPlan plan) {
        Map<String, String> all = new TreeMap<>(plan.determinedBy());
        all.put("version", VERSION);
        return all.entrySet().stream()
                .map(entry -> entry.getKey() + ": " + entry.getValue() + "\n")
                .collect(Collectors.joining());
    }
}
