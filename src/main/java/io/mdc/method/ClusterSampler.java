package io.mdc.method;

import io.mdc.base.Seeds;
import io.mdc.coreset.KMeans;
import io.mdc.coreset.Representatives;
import io.mdc.data.ImageSet;
import io.mdc.engine.step.ParameterSet;
import io.mdc.numpy.NumpyArray;
import io.mdc.task.ClassShard;
import io.mdc.task.CondenseConfig;
import io.mdc.task.CondenseTask;
import io.mdc.task.Place;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The images nearest to the centres of clusters of their class, one cluster for each image of a batch.
 *
 * <p>They are chosen anew in the first inner loop of an outer one and every {@code interval} loops after it, by the
 * network as it is then; since it is another one by the time of a resume, checkpoints hold what was chosen.
 */
final class ClusterSampler implements RealSampler {
    private static final KMeans RULE = new KMeans();

    /** In the place of the images of a class that another process condenses. */
    private static final int NOT_HERE = -1;

    private final CondenseConfig config;
    private final ImageSet real;
    private final ClassShard shard;
    private final Representatives representatives;
    private final int[][] chosen;

    /** Where a class was clustered last, as far as this process knows. */
    private final Place[] clustered;

    ClusterSampler(CondenseTask task) {
        config = task.config();
        real = task.data().train();
        shard = task.shard();
        representatives = new Representatives(task.runner(), task.data(), config.choice());
        chosen = new int[real.classes()][];
        clustered = new Place[chosen.length];
    }

    @Override
    public int[] batch(Place place, int label, ParameterSet theta) {
        if (isDue(place, label)) {
            cluster(place, label, theta);
        }
        return chosen[label].clone();
    }

    private boolean isDue(Place place, int label) {
        boolean inThisLoop = place.begins(config.choice().interval());
        return chosen[label] == null || (inThisLoop && !place.equals(clustered[label]));
    }

    /** Chooses for a class and those after it that can be clustered at once. */
    private void cluster(Place place, int first, ParameterSet theta) {
        List<Integer> labels = IntStream.range(first, chosen.length)
                .filter(label -> shard.holds(label) && isDue(place, label))
                .limit(representatives.classesAtOnce())
                .boxed()
                .toList();
        List<int[]> batches = representatives.choose(
                RULE,
                labels,
                config.matching().batchReal(),
                theta,
                label -> Seeds.generator(config.seed(), "clusters", place.outer(), place.inner(), label));
        for (int i = 0; i < batches.size(); i++) {
            chosen[labels.get(i)] = batches.get(i);
            clustered[labels.get(i)] = place;
        }
    }

    @Override
    public Optional<NumpyArray> chosen() {
        if (Arrays.stream(chosen).allMatch(Objects::isNull)) {
            return Optional.empty();
        }
        int[] none = new int[config.matching().batchReal()];
        Arrays.fill(none, NOT_HERE);
        long[] numbers = Arrays.stream(chosen)
                .map(batch -> batch == null ? none : batch)
                .flatMapToInt(Arrays::stream)
                .asLongStream()
                .toArray();
        return Optional.of(NumpyArray.of(numbers, chosen.length, numbers.length / chosen.length));
    }

    @Override
    public void restore(NumpyArray numbers) {
        Arrays.fill(clustered, null);
        int count = config.matching().batchReal();
        if (!Arrays.equals(numbers.shape(), new int[] {chosen.length, count})) {
            throw new IllegalArgumentException("real images of shape " + Arrays.toString(numbers.shape()));
        }
        for (int label = 0; label < chosen.length; label++) {
            if (numbers.value(label * count) == NOT_HERE) {
                continue;
            }
            int[] batch = new int[count];
            for (int i = 0; i < count; i++) {
                batch[i] = (int) numbers.value(label * count + i);
                if (Arrays.binarySearch(real.indicesOfClass(label), batch[i]) < 0) {
                    throw new IllegalArgumentException("real image " + batch[i] + " is not of class " + label);
                }
            }
            chosen[label] = batch;
        }
    }
}
