package io.mdc.condense;

import io.mdc.base.Seeds;
import io.mdc.coreset.KMeans;
import io.mdc.coreset.Representatives;
import io.mdc.data.ImageSet;
import io.mdc.engine.step.ParameterSet;
import io.mdc.numpy.NumpyArray;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.random.RandomGenerator;

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
    private final Representatives representatives;
    private final int[][] chosen;

    ClusterSampler(CondenseTask task) {
        config = task.config();
        real = task.data().train();
        representatives = new Representatives(task.runner(), task.data(), config.choice());
        chosen = new int[real.classes()][];
    }

    @Override
    public int[] batch(Place place, int label, ParameterSet theta) {
        if (chosen[label] == null || (place.inner() - 1) % config.choice().interval() == 0) {
            RandomGenerator random = Seeds.generator(config.seed(), "clusters", place.outer(), place.inner(), label);
            chosen[label] =
                    representatives.choose(RULE, label, config.matching().batchReal(), theta, random);
        }
        return chosen[label].clone();
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
