package io.mdc.engine;

import io.mdc.batch.ImageSource;
import io.mdc.engine.step.ParameterSet;
import io.mdc.tensor.Room;
import io.mdc.tensor.Tensor;
import java.util.Arrays;

/** The last feature layer of numbered images, for comparing images as a network sees them. Not thread-safe. */
public final class ImageFeatures {
    private static final int MOST_AT_ONCE = 256;

    private final ChunkedGraph runner;
    private final ImageSource source;
    private final Room batchRoom;
    private final Room featureRoom;

    /** Features of the images of {@code source}, as they are: normalised, not augmented. */
    public ImageFeatures(ChunkedGraph runner, ImageSource source) {
        this.runner = runner;
        this.source = source;
        batchRoom = new Room(runner.graph().backend().memory());
        featureRoom = new Room(runner.graph().backend().memory());
    }

    /** The features of every image wanted, in double, as {@code weights} see it. */
    public double[][] of(int[] images, ParameterSet weights) {
        DifferentiableGraph graph = runner.graph();
        int most = Math.min(images.length, MOST_AT_ONCE);
        int[] image = graph.imageShape();
        Tensor batch = batchRoom.of(most, image[0], image[1], image[2]);
        Tensor features = featureRoom.of(most, graph.features());
        double[][] all = new double[images.length][];
        for (int from = 0; from < images.length; from += most) {
            int[] wanted = Arrays.copyOfRange(images, from, Math.min(images.length, from + most));
            Samples samples = new Samples(batch.rows(0, wanted.length), null, features.rows(0, wanted.length), 1);
            source.load(wanted, samples.images());
            runner.forward(weights, samples.cut(0, wanted.length, runner.capacity(), 0, false), Site.FEATURES)
                    .close();
            double[] values = samples.features().toDoubles();
            for (int i = 0; i < wanted.length; i++) {
                all[from + i] = Arrays.copyOfRange(values, i * graph.features(), (i + 1) * graph.features());
            }
        }
        return all;
    }
}
