package io.mdc.condense;

import io.mdc.augment.Augmentation;
import io.mdc.augment.Transform;
import io.mdc.base.Seeds;
import io.mdc.batch.RealImages;
import io.mdc.data.ClassSampler;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.ParameterSet;
import io.mdc.engine.Phase;
import io.mdc.engine.Phases;
import io.mdc.engine.Sgd;
import io.mdc.matching.GradientDistance;
import io.mdc.matching.GradientMatcher;
import io.mdc.matching.MatchingConfig;
import io.mdc.subset.SubsetMetric;
import io.mdc.synthetic.DecodedBatch;
import io.mdc.synthetic.Decoding;
import io.mdc.synthetic.MultiFormation;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.synthetic.Tile;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

/**
 * One update of the images of one class (Algorithm 1, lines 7 and 8): sample, decode, augment both batches alike, match
 * gradients, and carry the image gradient back through augmentation and decoding.
 *
 * <p>The velocity of the images is kept per class. The authors' optimiser spans all classes, so that its momentum also
 * moves a class while others are being matched; the sum of all movements is the same.
 */
final class ClassStep {
    private final CondenseConfig config;
    private final ChunkedGraph runner;
    private final Backend backend;
    private final SyntheticSet images;
    private final Tensor velocity;
    private final Tensor imageGradient;
    private final MultiFormation formation;
    private final RealImages real;
    private final List<ClassSampler> samplers = new ArrayList<>();
    private final Transform normalise;
    private final Augmentation augmentation;
    private final GradientMatcher matcher;
    private final SubsetMetric metric;
    private final Sgd sgd;
    private final double rate;
    private final int most;
    private final List<Tile> tiles;

    ClassStep(CondenseConfig config, Dataset data, SyntheticSet images, Tensor velocity, ChunkedGraph runner) {
        this.config = config;
        this.runner = runner;
        this.images = images;
        this.velocity = velocity;
        backend = runner.graph().backend();
        MatchingConfig matching = config.matching();
        int size = data.train().height();
        formation = new MultiFormation(
                config.synthetic().factor(), size, data.train().width());
        real = new RealImages(backend.images(), data.train(), data.normalization());
        for (int c = 0; c < data.classes(); c++) {
            samplers.add(new ClassSampler(data.train(), c, config.seed()));
        }
        normalise = Transform.ChannelScale.of(data.normalization());
        augmentation = new Augmentation(matching.augmentMatch(), data.normalization());
        most = matching.batchSynMax(images.ipc());
        tiles = config.synthetic().decode() == Decoding.BOUND
                ? formation.bounded(images.ipc(), most)
                : formation.full(images.ipc());
        int decoded = Math.min(tiles.size(), most);
        matcher = new GradientMatcher(
                runner, GradientDistance.of(matching.distance()), matching.match(), matching.batchReal(), decoded);
        imageGradient = backend.zeros(images.ofClass(0).shape());
        metric = SubsetMetric.of(config.subset().metric());
        sgd = new Sgd(matching.momentumImg(), 0);
        rate = matching.imageLearningRate(config.synthetic().ipc(), size);
    }

    /** Updates the images of class {@code label} in inner loop {@code e} of outer loop {@code t}, both from 1. */
    GradientMatcher.Losses run(ParameterSet weights, Subsets subsets, int t, int e, int label) {
        Phases phases = runner.phases();
        long start = System.nanoTime();
        DecodedBatch batch = sample(t, e, label);
        Transform augment = augmentation.drawShared(generator("augment-match", t, e, label), imageSize());
        augment.apply(backend.images(), matcher.real());
        augment.apply(backend.images(), matcher.synthetic());
        phases.add(Phase.AUGMENTATION, System.nanoTime() - start);

        int frozen = subsets.frozen(label);
        int[] prefixes = subsets.measures(t)
                ? IntStream.range(1, images.ipc()).map(batch::prefix).toArray()
                : new int[0];
        GradientMatcher.Losses losses = matcher.step(
                weights,
                label,
                batch.prefix(subsets.size(label)),
                batch.prefix(frozen),
                metric.needsGradients() ? prefixes : new int[0]);
        if (prefixes.length > 0) {
            subsets.add(label, metric.measure(backend, matcher, prefixes));
        }
        phases.time(Phase.AUGMENTATION, () -> carryBack(augment, batch));
        phases.time(Phase.IMAGE_UPDATE, () -> update(label, frozen));
        return losses;
    }

    /** From the gradient of augmented, normalised, decoded images to that of stored ones. */
    private void carryBack(Transform augment, DecodedBatch batch) {
        augment.adjoint(backend.images(), matcher.gradient());
        normalise.adjoint(backend.images(), matcher.gradient());
        formation.adjoint(backend.images(), matcher.gradient(), batch.tiles(), imageGradient);
    }

    /** Fills the matcher's batches with normalised images. */
    private DecodedBatch sample(int t, int e, int label) {
        int count = config.matching().batchReal();
        long position = ((long) (t - 1) * config.loop().inner() + e - 1) * count;
        real.load(samplers.get(label).batch(position, count), matcher.real());
        DecodedBatch batch = DecodedBatch.draw(tiles, most, generator("decoded", t, e, label));
        formation.decode(backend.images(), images.ofClass(label), batch.tiles(), matcher.synthetic());
        normalise.apply(backend.images(), matcher.synthetic());
        return batch;
    }

    /** Frozen images do not move at all, not even by what is left of their velocity. */
    private void update(int label, int frozen) {
        int first = label * images.ipc() + frozen;
        int end = (label + 1) * images.ipc();
        sgd.step(
                backend.vectors(),
                images.images().rows(first, end),
                imageGradient.rows(frozen, images.ipc()),
                velocity.rows(first, end),
                rate);
    }

    private int imageSize() {
        return matcher.real().dim(2);
    }

    private java.util.random.RandomGenerator generator(String purpose, int t, int e, int label) {
        return Seeds.generator(config.seed(), purpose, t, e, label);
    }
}
