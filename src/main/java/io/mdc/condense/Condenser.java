package io.mdc.condense;

import io.mdc.objective.Losses;
import io.mdc.synthetic.SyntheticSet;
import java.util.function.BooleanSupplier;

/** Multisize dataset condensation, Algorithm 1 of the paper: a trajectory of θ drives a condensation of S. */
public final class Condenser {
    private final LoopConfig loop;
    private final int period;
    private final CondenseObserver observer;
    private final BooleanSupplier stop;
    private final Condensation condensation;
    private final Trajectory trajectory;
    private final DivergenceWatch watch;
    private int outer = 1;
    private int inner;

    /**
     * A run that has not begun: S is initialised, everything else is empty.
     *
     * @param task what is condensed, how, and with what
     * @param observer is told what happens
     * @param stop asked after every inner loop; true ends the run there
     */
    public Condenser(CondenseTask task, CondenseObserver observer, BooleanSupplier stop) {
        loop = task.config().loop();
        period = task.config().subset().period();
        this.observer = observer;
        this.stop = stop;
        condensation = new Condensation(task);
        watch = new DivergenceWatch(
                task.config(), task.data().classes(), condensation.images().images(), observer::diverging);
        trajectory = task.config().method().method().base().trajectory(task, condensation.images());
    }

    /** The synthetic images. */
    public SyntheticSet images() {
        return condensation.images();
    }

    /**
     * Runs to the end, or until stopped.
     *
     * @return whether the end was reached
     */
    public boolean run() {
        for (; outer <= loop.outer(); outer++) {
            if (inner == 0 && !begin()) {
                observer.checkpoint(state());
                return false;
            }
            while (inner < loop.inner()) {
                innerLoop(new Place(outer, ++inner));
                observer.reached(this::state);
                if (stop.getAsBoolean()) {
                    observer.checkpoint(state());
                    return false;
                }
            }
            observer.selected(condensation.select(outer));
            inner = 0;
            if (outer % period == 0 && outer < loop.outer()) {
                observer.checkpoint(stateAt(outer + 1));
            }
        }
        clamp();
        observer.checkpoint(state());
        return true;
    }

    /** A new network; false if stopped while it was warmed up. */
    private boolean begin() {
        trajectory.begin(outer);
        clamp();
        long all = trajectory.warmUpBatches();
        return trajectory.warmUp(outer, done -> observer.warmingUp(outer, done, all), stop);
    }

    private void clamp() {
        condensation.clamp();
        watch.images(condensation.images().images(), new Place(Math.min(outer, loop.outer()), 0));
    }

    /** Lines 6 to 10: one step for every class, then one pass of network training. */
    private void innerLoop(Place place) {
        long start = System.nanoTime();
        Losses losses = condensation.step(trajectory.weights(), place);
        double trained = trajectory.advance(place);
        LoopMetrics metrics = new LoopMetrics(
                place.outer(),
                place.inner(),
                losses.total(),
                losses.base(),
                losses.subset(),
                Double.isNaN(trained) ? null : trained,
                (System.nanoTime() - start) / 1e9);
        if (!Double.isFinite(metrics.loss())) {
            throw new ArithmeticException("the matching loss is " + metrics.loss() + " in outer loop " + place.outer()
                    + ", inner loop " + place.inner() + "; a smaller --lr-img or --net-lr may help");
        }
        watch.trainingLoss(trained, place);
        observer.innerLoopDone(metrics, condensation.describeSubsets());
    }

    private CondenseState state() {
        return stateAt(outer);
    }

    private CondenseState stateAt(int t) {
        return new CondenseState(t, inner, condensation.state(), trajectory.state());
    }

    /**
     * Goes on from a state of the same settings.
     *
     * @throws IllegalArgumentException if its arrays do not fit
     */
    public void restore(CondenseState state) {
        condensation.restore(state.images());
        trajectory.restore(state.network());
        outer = state.outer();
        inner = state.inner();
    }
}
