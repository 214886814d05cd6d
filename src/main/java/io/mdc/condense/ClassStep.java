package io.mdc.condense;

import io.mdc.augment.Transform;
import io.mdc.base.Seeds;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Phase;
import io.mdc.engine.Phases;
import io.mdc.engine.Sgd;
import io.mdc.engine.step.ParameterSet;
import io.mdc.matching.MatchingConfig;
import io.mdc.numpy.NumpyArray;
import io.mdc.objective.Batches;
import io.mdc.objective.LabelledImages;
import io.mdc.objective.Losses;
import io.mdc.objective.Objective;
import io.mdc.objective.Outcome;
import io.mdc.objective.Prefixes;
import io.mdc.subset.SubsetMetric;
import io.mdc.synthetic.DecodedBatch;
import io.mdc.synthetic.Decoding;
import io.mdc.synthetic.MultiFormation;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.synthetic.Tile;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * One update of the images of one class (Algorithm 1, lines 7 and 8): sample, decode, augment both batches alike,
 * evaluate the objective, and carry the image gradient back through augmentation and decoding.
 *
 * <p>The velocity of the images is kept per class. The authors' optimiser spans all classes, so that its momentum also
 * moves a class while others are being matched; the sum of all movements is the same.
 */
final class ClassStep implements ImageStep {
    private final CondenseConfig config;
    private final Phases phases;
    private final ChunkedGraph runner;
    private final Backend backend;
    private final SyntheticSet images;
    private final Tensor velocity;
    private final Tensor imageGradient;
    private final MultiFormation formation;
    private final RealLoader real;
    private final Transform normalise;
    private final Transform gradientOfStored;
    private final Objective objective;
    private final Optional<SubsetMetric> metric;
    private final Sgd sgd;
    private final double rate;
    private final int most;
    private final List<Tile> tiles;
    private final Tensor targets;
    private final Batches batches;
    private int targetsOf = -1;

    ClassStep(CondenseTask task, SyntheticSet images, Tensor velocity, Objective objective, RealLoader real) {
        config = task.config();
        runner = task.runner();
        phases = runner.phases();
        backend = task.backend();
        this.images = images;
        this.velocity = velocity;
        this.objective = objective;
        this.real = real;
        Dataset data = task.data();
        MatchingConfig matching = config.matching();
        int size = data.train().height();
        formation = new MultiFormation(
                config.synthetic().factor(), size, data.train().width());
        normalise = Transform.ChannelScale.of(data.normalization());
        gradientOfStored = matching.pixels().gradientOfStored(data.normalization());
        most = matching.batchSynMax(images.ipc());
        tiles = config.synthetic().decode() == Decoding.BOUND
                ? formation.bounded(images.ipc(), most)
                : formation.full(images.ipc());
        int decoded = Math.min(tiles.size(), most);
        targets = backend.zeros(decoded, data.classes());
        int[] shape = images.images().shape();
        shape[0] = decoded;
        batches = new Batches(real.batch(), new LabelledImages(backend.zeros(shape), targets));
        imageGradient = backend.zeros(images.ofClass(0).shape());
        metric = config.subset().metric().inSteps();
        sgd = new Sgd(matching.momentumImg(), 0);
        rate = matching.imageLearningRate(config.synthetic().ipc(), size);
    }

    @Override
    public int parts() {
        return images.classes();
    }

    @Override
    public Optional<NumpyArray> chosen() {
        return real.chosen();
    }

    @Override
    public void restore(NumpyArray chosen) {
        real.restore(chosen);
    }

    /** Updates the images of class {@code label}. */
    @Override
    public Losses run(ParameterSet theta, Subsets subsets, Place place, int label) {
        boolean measures = metric.isPresent() && subsets.measures(place.outer());
        return move(theta, place, label, subsets.frozen(label), batch -> {
            int[] measured = measures
                    ? IntStream.range(1, images.ipc()).map(batch::prefix).toArray()
                    : new int[0];
            Outcome outcome = objective.evaluate(
                    theta,
                    batches,
                    new Prefixes(
                            weights(batch, subsets.weights(label)),
                            batch.prefix(subsets.frozen(label)),
                            metric.filter(SubsetMetric::needsDistances).isPresent() ? measured : new int[0]));
            if (measured.length > 0) {
                subsets.add(place, label, metric.orElseThrow().measure(backend, outcome, measured));
            }
            return outcome;
        });
    }

    /** Updates the images of class {@code label} without losses or measurements of prefixes. */
    Losses runWhole(ParameterSet theta, int frozen, Place place, int label) {
        return move(
                theta,
                place,
                label,
                frozen,
                batch -> objective.evaluate(theta, batches, new Prefixes(0, batch.prefix(frozen))));
    }

    private Losses move(
            ParameterSet theta, Place place, int label, int frozen, Function<DecodedBatch, Outcome> evaluation) {
        long start = System.nanoTime();
        Transform augment = real.augmentation(place, label);
        DecodedBatch batch = sample(theta, place, label, augment);
        phases.add(Phase.AUGMENTATION, System.nanoTime() - start);
        Outcome outcome = evaluation.apply(batch);
        phases.time(Phase.AUGMENTATION, () -> carryBack(outcome.gradient(), augment, batch));
        phases.time(Phase.IMAGE_UPDATE, () -> update(label, frozen));
        return outcome.losses();
    }

    /** Weights of the batch's own prefixes, from those of the first 1, 2, … stored images. */
    private static Map<Integer, Double> weights(DecodedBatch batch, double[] stored) {
        Map<Integer, Double> weights = new HashMap<>();
        for (int n = 1; n <= stored.length; n++) {
            if (stored[n - 1] > 0) {
                weights.merge(batch.prefix(n), stored[n - 1], Double::sum);
            }
        }
        return weights;
    }

    /** From the gradient of augmented, normalised, decoded images to what stored ones move along. */
    private void carryBack(Tensor gradient, Transform augment, DecodedBatch batch) {
        runner.inChunks(gradient.dim(0), (from, to) -> {
            Tensor part = gradient.rows(from, to);
            augment.adjoint(backend.images(), part);
            gradientOfStored.adjoint(backend.images(), part);
        });
        runner.inChunks(
                images.ipc(),
                formation.tilesPerImage(),
                (from, to) -> formation.adjoint(backend.images(), gradient, batch, from, to, imageGradient));
    }

    /** Fills the batches with images of the class. */
    private DecodedBatch sample(ParameterSet theta, Place place, int label, Transform augment) {
        if (label != targetsOf) {
            Targets.aim(targets, label);
            targetsOf = label;
        }
        real.load(theta, place, label);
        DecodedBatch batch = DecodedBatch.draw(
                tiles, most, Seeds.generator(config.seed(), "decoded", place.outer(), place.inner(), label));
        Tensor stored = images.ofClass(label);
        runner.inChunks(batch.tiles().size(), (from, to) -> {
            Tensor decoded = batches.synthetic().images().rows(from, to);
            formation.decode(backend.images(), stored, batch.tiles().subList(from, to), decoded);
            normalise.apply(backend.images(), decoded);
            augment.apply(backend.images(), decoded);
        });
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
}
