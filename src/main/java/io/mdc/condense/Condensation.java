package io.mdc.condense;

import io.mdc.base.Seeds;
import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;
import io.mdc.engine.step.ParameterSet;
import io.mdc.matching.PixelSpace;
import io.mdc.method.BaseMethod;
import io.mdc.method.ImageStep;
import io.mdc.method.Moved;
import io.mdc.method.Subsets;
import io.mdc.numpy.NumpyArray;
import io.mdc.objective.Losses;
import io.mdc.subset.AdaptiveSubset;
import io.mdc.synthetic.Initialization;
import io.mdc.synthetic.MultiFormation;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.task.CondenseConfig;
import io.mdc.task.CondenseTask;
import io.mdc.task.MlsEvent;
import io.mdc.task.Place;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * S on its way: the images and their velocity, the step that moves them, and the state of the adaptive subset. It is
 * told θ and the place in the loops, and does not know how θ comes about.
 */
public final class Condensation {
    private final CondenseTask task;
    private final SyntheticSet images;
    private final Tensor velocity;
    private final ImageStep step;
    private Subsets subsets;
    private int selections;

    /**
     * All that a condensation needs to go on.
     *
     * @param images {@code [classes·N, C, H, W]}
     * @param velocity likewise
     * @param subsets of the classes; copied
     * @param selections lines of {@code mls.jsonl} so far
     * @param chosen numbers of the real images of the steps to come, {@code [classes, n]}; empty if none were chosen
     * @param learned what steps learn beside the images, see {@link ImageStep#learned}
     */
    public record State(
            NumpyArray images,
            NumpyArray velocity,
            List<AdaptiveSubset.State> subsets,
            int selections,
            Optional<NumpyArray> chosen,
            Optional<NumpyArray> learned) {
        /** Copies the list. */
        public State {
            subsets = List.copyOf(subsets);
        }
    }

    /** Images as they are before the first step of a method. */
    Condensation(BaseMethod base, CondenseTask task) {
        this.task = task;
        CondenseConfig config = task.config();
        Backend backend = task.backend();
        ImageSet real = task.data().train();
        images = new SyntheticSet(
                backend,
                task.data().classes(),
                config.synthetic().ipc(),
                task.runner().graph().imageShape());
        velocity = backend.zeros(images.images().shape());
        MultiFormation formation = new MultiFormation(config.synthetic().factor(), real.height(), real.width());
        Normalization noise = config.matching().pixels().noise(task.data().normalization());
        new Initialization(backend, config.synthetic(), formation, task.data(), noise)
                .fill(images, Seeds.generator(config.seed(), "initialisation"), new FirstChoice(task));
        clamp();
        step = base.step(task, images, velocity);
        subsets = Subsets.anew(config, task.shard(), task.data().classes());
    }

    /** The images, changed by steps. */
    SyntheticSet images() {
        return images;
    }

    /** Limits the images to [0, 1] (start of every outer loop) if they are to have limits. */
    void clamp() {
        if (limited()) {
            images.clamp();
        }
    }

    private boolean limited() {
        return task.config().matching().pixels() == PixelSpace.LIMITED;
    }

    /** A copy of the images as they are at the end of a run. */
    Tensor finished() {
        Tensor copy = task.backend().zeros(images.images().shape());
        copy.set(images.images().toFloats());
        if (limited()) {
            task.backend().vectors().clamp(copy, 0, 1);
        }
        return copy;
    }

    /** One round of a step, of as many parts as are moved at once; what came of each. */
    List<Moved> step(ParameterSet theta, Place place, int round) {
        List<Integer> own = ownParts();
        int first = round * task.classesAtOnce();
        return step.run(theta, subsets, place, own.subList(first, Math.min(own.size(), first + task.classesAtOnce())));
    }

    /** Takes the measurements of a part that was moved, and returns its losses. */
    Losses told(Place place, Moved moved) {
        moved.measured().ifPresent(measured -> subsets.add(place, moved.part(), measured.get()));
        return moved.losses().get();
    }

    /** Parts of a step that are moved here. */
    int partsHere() {
        return ownParts().size();
    }

    /** See {@link ImageStep#learnedRate}. */
    OptionalDouble learnedRate() {
        return step.learnedRate();
    }

    /** Rounds of a step. */
    int rounds() {
        return (partsHere() + task.classesAtOnce() - 1) / task.classesAtOnce();
    }

    /** Those that are not another process's. */
    private List<Integer> ownParts() {
        return IntStream.range(0, step.parts())
                .filter(task.shard()::holds)
                .boxed()
                .toList();
    }

    /** Parts of a step. */
    int parts() {
        return step.parts();
    }

    /** Whether steps of outer loop {@code outer} measure prefixes. */
    boolean measuresInSteps(int outer) {
        return subsets.measures(outer) && task.config().subset().metric().isInSteps();
    }

    /** Whether networks are trained on all prefixes for the selection at the end of outer loop {@code outer}. */
    boolean trainsPrefixes(int outer) {
        return subsets.measures(outer) && !measuresInSteps(outer);
    }

    /** Takes what other processes measured in outer loop {@code outer}; false if it did not come before the stop. */
    boolean gather(int outer, BooleanSupplier stop) {
        return subsets.gather(outer, stop);
    }

    /**
     * Selects at the end of outer loop {@code outer} if prefixes are measured in it.
     *
     * @param percent told, on any thread, how much of the training of networks is done, if they are trained for it
     * @param stop asked while they are
     * @throws CancellationException if {@code stop} said so; nothing has changed then
     */
    List<MlsEvent> select(int outer, LongConsumer percent, BooleanSupplier stop) {
        if (trainsPrefixes(outer)) {
            double[][] misses = PrefixAccuracies.of(task)
                    .misses(images, task.config().synthetic().factor(), percent, stop);
            for (int label = 0; label < misses.length; label++) {
                subsets.add(new Place(outer, 0), label, misses[label]);
            }
        }
        List<MlsEvent> events = subsets.select(outer);
        selections += events.size();
        return events;
    }

    /** For progress lines: the size of the most learnable subset, or those of all classes. */
    String describeSubsets() {
        return subsets.describe();
    }

    State state() {
        return new State(
                array(images.images()), array(velocity), subsets.states(), selections, step.chosen(), step.learned());
    }

    private static NumpyArray array(Tensor tensor) {
        return NumpyArray.of(tensor.toFloats(), tensor.shape());
    }

    /**
     * Goes on from a state of the same settings.
     *
     * @throws IllegalArgumentException if it does not fit
     */
    void restore(State state) {
        images.images().set(state.images().toFloats());
        velocity.set(state.velocity().toFloats());
        subsets = Subsets.of(
                state.subsets(), task.config(), task.shard(), task.data().classes());
        selections = state.selections();
        state.chosen().ifPresent(this::choose);
        state.learned().ifPresent(step::relearn);
    }

    /** Has the next steps take real images that were chosen before; others that share them may have changed them. */
    void choose(NumpyArray chosen) {
        step.restore(chosen);
    }
}
