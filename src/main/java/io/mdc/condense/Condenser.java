package io.mdc.condense;

import io.mdc.base.Seeds;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.matching.GradientMatcher;
import io.mdc.synthetic.Initialization;
import io.mdc.synthetic.MultiFormation;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Multisize dataset condensation, Algorithm 1 of the paper. */
public final class Condenser {
    private final CondenseConfig config;
    private final Dataset data;
    private final CondenseObserver observer;
    private final BooleanSupplier stop;
    private final SyntheticSet images;
    private final Tensor velocity;
    private final NetworkLoop network;
    private final ClassStep classStep;
    private Subsets subsets;
    private int selections;
    private int outer = 1;
    private int inner;

    /**
     * A condensation that has not begun: S is initialised, everything else is empty.
     *
     * @param config settings of the run
     * @param data what is condensed
     * @param runner runs the network
     * @param observer is told what happens
     * @param stop asked after every inner loop; true ends the run there
     */
    public Condenser(
            CondenseConfig config, Dataset data, ChunkedGraph runner, CondenseObserver observer, BooleanSupplier stop) {
        this.config = config;
        this.data = data;
        this.observer = observer;
        this.stop = stop;
        Backend backend = runner.graph().backend();
        images = new SyntheticSet(
                backend,
                data.classes(),
                config.synthetic().ipc(),
                runner.graph().imageShape());
        velocity = backend.zeros(images.images().shape());
        MultiFormation formation = new MultiFormation(
                config.synthetic().factor(), data.train().height(), data.train().width());
        new Initialization(backend, config.synthetic(), formation, data.train())
                .fill(images, Seeds.generator(config.seed(), "initialisation"));
        network = new NetworkLoop(config, data, runner);
        classStep = new ClassStep(config, data, images, velocity, runner);
        subsets = new Subsets(config, data.classes(), null);
    }

    /** The synthetic images. */
    public SyntheticSet images() {
        return images;
    }

    /**
     * Runs to the end, or until stopped.
     *
     * @return whether the end was reached
     */
    public boolean run() {
        for (; outer <= config.loop().outer(); outer++) {
            if (inner == 0) {
                network.renew(outer);
                images.clamp();
                if (!network.warmUp(outer, observer, stop)) {
                    observer.checkpoint(state());
                    return false;
                }
            }
            while (inner < config.loop().inner()) {
                innerLoop(outer, ++inner);
                if (stop.getAsBoolean()) {
                    observer.checkpoint(state());
                    return false;
                }
            }
            List<MlsEvent> events = subsets.select(outer);
            selections += events.size();
            observer.selected(events);
            inner = 0;
            if (outer % config.subset().period() == 0 && outer < config.loop().outer()) {
                observer.checkpoint(stateAt(outer + 1));
            }
        }
        images.clamp();
        observer.checkpoint(state());
        return true;
    }

    /** Lines 6 to 10: one matching step for every class, then one pass of network training. */
    private void innerLoop(int t, int e) {
        long start = System.nanoTime();
        double base = 0;
        double subset = 0;
        for (int c = 0; c < data.classes(); c++) {
            GradientMatcher.Losses losses = classStep.run(network.weights(), subsets, t, e, c);
            base += losses.baseLoss() / data.classes();
            subset += losses.subsetLoss() / data.classes();
        }
        double trained = network.train(t, e);
        LoopMetrics metrics = new LoopMetrics(
                t,
                e,
                base + subset,
                base,
                subset,
                Double.isNaN(trained) ? null : trained,
                (System.nanoTime() - start) / 1e9);
        if (!Double.isFinite(metrics.loss())) {
            throw new ArithmeticException("the matching loss is " + metrics.loss() + " in outer loop " + t
                    + ", inner loop " + e + "; a smaller --lr-img or --net-lr may help");
        }
        observer.innerLoopDone(metrics, subsets.describe());
    }

    private CondenseState state() {
        return stateAt(outer);
    }

    private CondenseState stateAt(int t) {
        return new CondenseState(
                t,
                inner,
                images.images().toFloats(),
                velocity.toFloats(),
                network.weights().flat().toFloats(),
                network.velocity().flat().toFloats(),
                subsets.states(),
                selections);
    }

    /**
     * Goes on from a state of the same configuration.
     *
     * @throws IllegalArgumentException if its arrays do not fit
     */
    public void restore(CondenseState state) {
        images.images().set(state.images());
        velocity.set(state.imageVelocity());
        network.weights().flat().set(state.weights());
        network.velocity().flat().set(state.weightVelocity());
        subsets = new Subsets(config, data.classes(), state.subsets());
        selections = state.selections();
        outer = state.outer();
        inner = state.inner();
    }
}
