package io.mdc.method;

import io.mdc.augment.Augmentation;
import io.mdc.augment.Transform;
import io.mdc.base.Seeds;
import io.mdc.data.ShuffledSampler;
import io.mdc.objective.LabelledImages;
import io.mdc.objective.StudentSteps;
import io.mdc.synthetic.MultiFormation;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.synthetic.Tile;
import io.mdc.task.CondenseTask;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Minibatches of the decoded images of a student, epoch by epoch, each image augmented on its own; their gradients are
 * carried back to the stored images and added up.
 */
final class StudentBatches implements StudentSteps {
    private final Backend backend;
    private final SyntheticSet images;
    private final MultiFormation formation;
    private final Transform normalise;
    private final Transform gradientOfStored;
    private final Augmentation augmentation;
    private final Tensor batch;
    private final Tensor targets;
    private final Tensor carried;
    private final Tensor sum;
    private List<Tile> tiles = List.of();
    private ShuffledSampler order;
    private int steps;
    private int size;
    private long seed;
    private double weight;
    private List<Tile> drawn = List.of();
    private Transform augment;

    /**
     * Batches of at most {@code most} images.
     *
     * @param sum gradient of the stored images, to which theirs are added
     */
    StudentBatches(CondenseTask task, SyntheticSet images, MultiFormation formation, int most, Tensor sum) {
        backend = task.backend();
        this.images = images;
        this.formation = formation;
        this.sum = sum;
        normalise = Transform.ChannelScale.of(task.data().normalization());
        gradientOfStored =
                task.config().matching().pixels().gradientOfStored(task.data().normalization());
        augmentation = new Augmentation(
                task.config().matching().augmentMatch(), task.data().normalization());
        int[] shape = images.images().shape();
        carried = backend.zeros(shape);
        shape[0] = most;
        batch = backend.zeros(shape);
        targets = backend.zeros(most, images.classes());
        steps = task.config().student().stepsStudent();
    }

    /**
     * Those of another student.
     *
     * @param stored how many leading stored images of each class it is trained on
     * @param seedOf of its random choices
     * @param counts what its gradients are multiplied by
     */
    StudentBatches of(int[] stored, long seedOf, double counts) {
        tiles = IntStream.range(0, stored.length)
                .boxed()
                .flatMap(label -> formation.full(stored[label]).stream()
                        .map(tile -> new Tile(label * images.ipc() + tile.image(), tile.factor(), tile.place())))
                .toList();
        seed = seedOf;
        weight = counts;
        order = new ShuffledSampler(tiles.size(), seed);
        size = Math.min(batch.dim(0), tiles.size());
        return this;
    }

    @Override
    public int count() {
        return steps;
    }

    @Override
    public LabelledImages batch(int step) {
        drawn = Arrays.stream(order.batch((long) step * size, size))
                .mapToObj(tiles::get)
                .toList();
        Tensor rows = batch.rows(0, size);
        formation.decode(backend.images(), images.images(), drawn, rows);
        normalise.apply(backend.images(), rows);
        augment = augmentation.drawEach(Seeds.generator(seed, "augment-student", step), rows.dim(2), size);
        augment.apply(backend.images(), rows);
        double[] labels = new double[size * images.classes()];
        for (int i = 0; i < size; i++) {
            labels[i * images.classes() + drawn.get(i).image() / images.ipc()] = 1;
        }
        Tensor aimed = targets.rows(0, size);
        aimed.set(labels);
        return new LabelledImages(rows, aimed);
    }

    @Override
    public void gradient(int step, Tensor gradient) {
        augment.adjoint(backend.images(), gradient);
        gradientOfStored.adjoint(backend.images(), gradient);
        formation.adjoint(backend.images(), gradient, drawn, carried);
        backend.vectors().addScaled(weight, carried, sum);
    }
}
