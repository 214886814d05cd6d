package io.mdc.condense;

import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.SourceFile;
import io.mdc.setting.Settings;
import io.mdc.tensor.Backend;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;

/**
 * Networks that are trained on real images before a run, whatever images are condensed; a {@link NetworkCache} keeps
 * them.
 */
public interface NetworkPlan {

    /** What they are for: a folder of the cache. */
    String kind();

    /**
     * All that shapes network number i, besides i: texts by name. Their number is not among them, so that many contain
     * the few.
     */
    Map<String, String> determinedBy();

    /** How many. */
    int count();

    /** How many states of its weights are kept of each, the first being those it begins with. */
    int snapshots();

    /** Elements of its weights. */
    int parameters();

    /** Batches that each is trained on. */
    long batches();

    /** The weights that a network begins with. */
    float[] initial(int number);

    /**
     * Trains a network.
     *
     * @param snapshots {@code [snapshots()]}, filled with weights of {@code parameters()} elements
     * @param done told after every batch how many were done
     * @param stop asked after every batch
     * @return false if {@code stop} said so
     */
    boolean train(int number, float[][] snapshots, LongConsumer done, BooleanSupplier stop);

    /** Trains on one batch, for measurements of speed. */
    void trainOnce();

    /** What shapes every network that a task trains on its real images: data, architecture, arithmetic, seed. */
    static Map<String, String> determinedBy(CondenseTask task) {
        Map<String, String> all = new TreeMap<>(Settings.texts(task.config().network()));
        task.config()
                .network()
                .network()
                .file()
                .ifPresent(file -> all.put("network", SourceFile.of(file).sha256()));
        Dataset data = task.data();
        ImageSet train = data.train();
        Backend backend = task.backend();
        all.put("data", data.sha256());
        all.put("images", Arrays.toString(new int[] {train.size(), train.channels(), train.height(), train.width()}));
        all.put("normalization", data.normalization().toString());
        all.put(
                "backend",
                backend.name() + " " + backend.precision() + " "
                        + backend.tiled().isPresent());
        all.put("chunk", Integer.toString(task.runner().capacity()));
        all.put("seed", Long.toString(task.config().seed()));
        return all;
    }
}
