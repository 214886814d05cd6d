package io.mdc.method;

import io.mdc.base.DataException;
import io.mdc.coreset.ChoiceConfig;
import io.mdc.data.Dataset;
import io.mdc.setting.Settings;
import io.mdc.synthetic.Init;
import io.mdc.task.CondenseConfig;
import io.mdc.task.CondenseTask;
import java.util.stream.Stream;

/**
 * DREAM: IDC on representative real images (Liu et al., "DREAM: Efficient Dataset Distillation by Representative
 * Matching", 2023). Each class is clustered in the features of the present network, the image nearest to each centre is
 * in the real batch of the next {@code interval} inner loops, and S starts from such images.
 */
final class Dream implements GradientMethod {

    @Override
    public Init init() {
        return Init.KMEANS;
    }

    @Override
    public void check(CondenseConfig config, Dataset data) {
        int clusters = config.matching().batchReal();
        String asked = "--batch-real " + clusters;
        for (int c = 0; c < data.classes(); c++) {
            int available = data.train().indicesOfClass(c).length;
            if (available < clusters) {
                throw new DataException(asked + ": --method dream makes as many clusters of the real images of each"
                        + " class, class " + data.classNames().get(c) + " has " + available
                        + "; take a smaller real batch or another method");
            }
        }
        config.choice().requireAtLeast(clusters, asked + " of --method dream");
    }

    @Override
    public Stream<String> special() {
        return Stream.concat(Idc.keys(), Stream.of(Settings.key(ChoiceConfig.class, "interval")));
    }

    @Override
    public int choosesEvery(CondenseConfig config) {
        return config.choice().interval();
    }

    @Override
    public RealSampler sampler(CondenseTask task) {
        return new ClusterSampler(task);
    }
}
