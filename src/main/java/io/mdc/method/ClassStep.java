package io.mdc.method;

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
import io.mdc.objective.Objective;
import io.mdc.objective.Outcome;
import io.mdc.objective.Prefixes;
import io.mdc.objective.Problem;
import io.mdc.subset.SubsetMetric;
import io.mdc.synthetic.DecodedBatch;
import io.mdc.synthetic.Decoding;
import io.mdc.synthetic.MultiFormation;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.synthetic.Tile;
import io.mdc.task.CondenseConfig;
import io.mdc.task.CondenseTask;
import io.mdc.task.Place;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Numbers;
import io.mdc.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * One update of the images of some classes (Algorithm 1, lines 7 and 8): sample, decode, augment both batches of a
 * class alike, evaluate the objective, and carry the image gradients back through augmentation and decoding.
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
    private final int each;
    private final ClassImages decoded;
    private final ClassImages gradients;
    private final List<Desk> desks;
    private Tensor imageGradients;

    /** The arrays for a class, one of those that are moved at once. */
    private static final class Desk {
        private final Batches batches;
        private int targetsOf = -1;

        Desk(Batches batches) {
            this.batches = batches;
        }
    }

    /** A class that is being moved. */
    private record Moving(int label, int frozen, Desk desk, DecodedBatch batch, Transform augment) {}

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
        each = Math.min(tiles.size(), most);
        decoded = new ClassImages(runner, task.classesAtOnce(), each);
        gradients = new ClassImages(runner, task.classesAtOnce(), each);
        desks = desks(task.classesAtOnce(), data.classes());
        metric = config.subset().metric().inSteps(backend);
        sgd = new Sgd(matching.momentumImg(), 0);
        rate = matching.imageLearningRate(config.synthetic().ipc(), size);
    }

    private List<Desk> desks(int count, int classes) {
        Tensor targets = backend.zeros(count * each, classes);
        int[] shape = images.ofClass(0).shape();
        shape[0] *= count;
        imageGradients = backend.zeros(shape);
        List<Desk> made = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            LabelledImages synthetic = new LabelledImages(decoded.of(i), targets.rows(i * each, (i + 1) * each));
            made.add(new Desk(new Batches(real.batch(i), synthetic, Optional.of(gradients.of(i)))));
        }
        return made;
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

    /** Updates the images of the classes {@code labels}. */
    @Override
    public List<Moved> run(ParameterSet theta, Subsets subsets, Place place, List<Integer> labels) {
        boolean measures = metric.isPresent() && subsets.measures(place.outer());
        boolean distances = measures && metric.get().needsDistances();
        List<Moving> moving = sample(theta, subsets, place, labels);
        List<Outcome> outcomes = objective.evaluate(
                theta,
                moving.stream()
                        .map(one -> problem(
                                one,
                                weights(one.batch(), subsets.weights(one.label())),
                                distances ? ends(one.batch()) : new int[0]))
                        .toList());
        Numbers[] measured = new Numbers[moving.size()];
        if (measures) {
            runner.forEach(
                    measured.length,
                    (i, worker) -> measured[i] = metric.orElseThrow()
                            .measure(outcomes.get(i), ends(moving.get(i).batch())));
        }
        return move(moving, outcomes, measured);
    }

    /** Updates the images of the classes {@code labels} without losses or measurements of prefixes. */
    List<Moved> runWhole(ParameterSet theta, Subsets subsets, Place place, List<Integer> labels) {
        List<Moving> moving = sample(theta, subsets, place, labels);
        return move(
                moving,
                objective.evaluate(
                        theta,
                        moving.stream()
                                .map(one -> problem(one, Map.of(), new int[0]))
                                .toList()),
                new Numbers[moving.size()]);
    }

    private static Problem problem(Moving one, Map<Integer, Double> weights, int[] measured) {
        return new Problem(one.desk().batches, new Prefixes(weights, one.batch().prefix(one.frozen()), measured));
    }

    /** How many images of the batch come from the first 1, 2, …, N − 1 stored ones. */
    private int[] ends(DecodedBatch batch) {
        return IntStream.range(1, images.ipc()).map(batch::prefix).toArray();
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

    /** Fills the batches with images of the classes. */
    private List<Moving> sample(ParameterSet theta, Subsets subsets, Place place, List<Integer> labels) {
        long start = System.nanoTime();
        real.load(theta, place, labels);
        List<Moving> moving = new ArrayList<>();
        for (int label : labels) {
            Desk desk = desks.get(moving.size());
            if (label != desk.targetsOf) {
                Targets.aim(desk.batches.synthetic().targets(), label);
                desk.targetsOf = label;
            }
            DecodedBatch batch = DecodedBatch.draw(
                    tiles, most, Seeds.generator(config.seed(), "decoded", place.outer(), place.inner(), label));
            moving.add(new Moving(label, subsets.frozen(label), desk, batch, real.augmentation(place, label)));
        }
        List<Tile> wanted = tiles(moving, i -> moving.get(i).label() * images.ipc());
        decoded.fill(
                (from, to, some) -> formation.decode(backend.images(), images.images(), wanted.subList(from, to), some),
                moving.stream().map(one -> after(normalise, one.augment())).toList());
        phases.add(Phase.AUGMENTATION, System.nanoTime() - start);
        return moving;
    }

    private static Transform after(Transform first, Transform second) {
        return new Transform.Sequence(List.of(first, second));
    }

    /** The tiles of all batches, the stored images of each class being numbered from a first one. */
    private static List<Tile> tiles(List<Moving> moving, IntUnaryOperator first) {
        List<Tile> all = new ArrayList<>();
        for (int i = 0; i < moving.size(); i++) {
            int before = first.applyAsInt(i);
            for (Tile tile : moving.get(i).batch().tiles()) {
                all.add(new Tile(before + tile.image(), tile.factor(), tile.place()));
            }
        }
        return all;
    }

    private List<Moved> move(List<Moving> moving, List<Outcome> outcomes, Numbers[] measured) {
        phases.time(Phase.AUGMENTATION, () -> carryBack(moving));
        phases.time(Phase.IMAGE_UPDATE, () -> update(moving));
        return IntStream.range(0, measured.length)
                .mapToObj(i ->
                        new Moved(moving.get(i).label(), outcomes.get(i).found(), Optional.ofNullable(measured[i])))
                .toList();
    }

    /** From the gradients of augmented, normalised, decoded images to what stored ones move along. */
    private void carryBack(List<Moving> moving) {
        gradients.adjoint(moving.stream()
                .map(one -> after(gradientOfStored, one.augment()))
                .toList());
        if (runner.graph().takesGroups()) {
            List<Tile> all = tiles(moving, i -> i * images.ipc());
            formation.adjoint(
                    backend.images(),
                    gradients.first(moving.size()),
                    all,
                    imageGradients.rows(0, moving.size() * images.ipc()));
            return;
        }
        runner.inChunks(
                moving.size(),
                images.ipc(),
                formation.tilesPerImage(),
                (i, from, to) -> formation.adjoint(
                        backend.images(), gradients.of(i), moving.get(i).batch(), from, to, imageGradient(i)));
    }

    private Tensor imageGradient(int i) {
        return imageGradients.rows(i * images.ipc(), (i + 1) * images.ipc());
    }

    /** Frozen images do not move at all, not even by what is left of their velocity. */
    private void update(List<Moving> moving) {
        int classes = moving.size();
        int first = moving.get(0).label();
        if (moving.get(classes - 1).label() == first + classes - 1
                && moving.stream().allMatch(one -> one.frozen() == 0)) {
            update(first * images.ipc(), imageGradients.rows(0, classes * images.ipc()));
            return;
        }
        for (int i = 0; i < classes; i++) {
            Moving one = moving.get(i);
            update(one.label() * images.ipc() + one.frozen(), imageGradient(i).rows(one.frozen(), images.ipc()));
        }
    }

    /** Moves the images from number {@code first} on. */
    private void update(int first, Tensor gradient) {
        int end = first + gradient.dim(0);
        sgd.step(backend.vectors(), images.images().rows(first, end), gradient, velocity.rows(first, end), rate);
    }
}
