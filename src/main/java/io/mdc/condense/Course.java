package io.mdc.condense;

import io.mdc.base.DivergedException;
import io.mdc.engine.step.ParameterSet;
import io.mdc.method.BaseMethod;
import io.mdc.method.Moved;
import io.mdc.objective.Losses;
import io.mdc.task.CondenseTask;
import io.mdc.task.Place;
import io.mdc.trajectory.Trajectory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.function.BooleanSupplier;

/** One condensation of those that a {@link Condenser} drives, and how far it has come. */
final class Course {
    private final Condensation condensation;
    private final CondenseObserver observer;
    private final DivergenceWatch watch;
    private final int loops;
    private final int period;
    private final double lrImg;
    private final List<String> rates;
    private final int choosesEvery;
    private int outer = 1;
    private int inner;
    private Optional<CondenseState> restored = Optional.empty();
    private Optional<DivergedException> failure = Optional.empty();
    private final List<Moved> moved = new ArrayList<>();
    private long nanos;
    private final DoubleAdder spent = new DoubleAdder();

    Course(BaseMethod base, CondenseTask task, CondenseObserver observer) {
        this.observer = observer;
        loops = task.config().loop().outer();
        period = task.config().subset().period();
        lrImg = task.config().matching().lrImg();
        rates = base.rates(task.config());
        choosesEvery = base.choosesEvery(task.config());
        condensation = new Condensation(base, task);
        watch = new DivergenceWatch(
                task.config(), task.data().classes(), condensation.images().images(), observer::diverging);
    }

    Condensation condensation() {
        return condensation;
    }

    CondenseObserver observer() {
        return observer;
    }

    /** Those of all inner loops since this was made. */
    double seconds() {
        return spent.sum();
    }

    /** Why it goes on no more. */
    Optional<DivergedException> failure() {
        return failure;
    }

    /** Whether it has come to just before inner loop {@code e + 1} of outer loop {@code t}, and goes on. */
    boolean at(int t, int e) {
        return failure.isEmpty() && outer == t && inner == e;
    }

    /** Rounds of an inner loop's step. */
    int rounds() {
        return condensation.rounds();
    }

    int outer() {
        return outer;
    }

    int inner() {
        return inner;
    }

    /** Has θ go on from where this was restored, if it was. */
    void lead(Trajectory trajectory) {
        restored.ifPresent(state -> trajectory.restore(state.network()));
    }

    /** Goes on, now that θ has come to where this was restored, with the real images that were chosen by then. */
    void join() {
        restored.flatMap(state -> state.images().chosen()).ifPresent(condensation::choose);
        restored = Optional.empty();
    }

    /** Goes on from a state of the same settings. */
    void restore(CondenseState state) {
        condensation.restore(state.images());
        outer = state.outer();
        inner = state.inner();
        restored = Optional.of(state);
    }

    /** Whether real images are chosen in an inner loop. */
    boolean chooses(Place place) {
        return choosesEvery > 0 && place.begins(choosesEvery);
    }

    /** Limits the images to [0, 1] if they are to have limits. */
    void clamp() {
        condensation.clamp();
        watch.images(condensation.images().images(), new Place(Math.min(outer, loops), 0));
    }

    /** One round of a step of the images. */
    void step(ParameterSet theta, Place place, int round) {
        long start = System.nanoTime();
        if (round == 0) {
            moved.clear();
        }
        try {
            moved.addAll(condensation.step(theta, place, round));
        } catch (DivergedException e) {
            failure = Optional.of(e);
        }
        nanos += System.nanoTime() - start;
    }

    /**
     * Ends an inner loop, unless its step or its losses show that it failed.
     *
     * @param trained cross-entropy of θ's training, if there was any
     * @param seconds of the training that count here
     */
    void loopDone(Place place, OptionalDouble trained, double seconds) {
        if (failure.isPresent()) {
            return;
        }
        long start = System.nanoTime();
        Losses losses = losses(place);
        nanos += System.nanoTime() - start;
        LoopMetrics metrics = new LoopMetrics(
                place.outer(),
                place.inner(),
                losses.total(),
                losses.base(),
                losses.subset(),
                trained.isPresent() ? trained.getAsDouble() : null,
                nanos / 1e9 + seconds);
        nanos = 0;
        spent.add(metrics.seconds());
        if (!Double.isFinite(metrics.loss())) {
            failure = Optional.of(new DivergedException("the matching loss is " + metrics.loss() + " in outer loop "
                    + place.outer() + ", inner loop " + place.inner() + "; " + causes() + " may be too large"));
            return;
        }
        trained.ifPresent(loss -> watch.trainingLoss(loss, String.join(" or ", rates), place));
        condensation.learnedRate().ifPresent(rate -> watch.studentRate(rate, place));
        inner = place.inner();
        observer.innerLoopDone(metrics, condensation.describeSubsets());
    }

    /** The options one of which probably let the loss diverge: {@code a, b or c}. */
    private String causes() {
        List<String> all = new ArrayList<>(List.of("--lr-img " + lrImg));
        all.addAll(rates);
        String last = all.remove(all.size() - 1);
        return all.isEmpty() ? last : String.join(", ", all) + " or " + last;
    }

    /** Ends it, as it cannot go on. */
    void fail(DivergedException cause) {
        failure = Optional.of(cause);
    }

    /** The mean losses of the parts of the step, whose measurements are taken. */
    private Losses losses(Place place) {
        double base = 0;
        double subset = 0;
        for (Moved part : moved) {
            Losses losses = condensation.told(place, part);
            base += losses.base() / condensation.parts();
            subset += losses.subset() / condensation.parts();
        }
        return new Losses(base, subset);
    }

    /** Whether networks are trained for the selection that ends the outer loop. */
    boolean trainsPrefixes() {
        return condensation.trainsPrefixes(outer);
    }

    /** Takes what other processes measured; false if it did not come before the stop. */
    boolean gather(BooleanSupplier stop) {
        return condensation.gather(outer, stop);
    }

    /** Ends an outer loop; the time counts to the next inner loop. False, and all as before, if stopped on the way. */
    boolean select(BooleanSupplier stop) {
        long start = System.nanoTime();
        try {
            observer.selected(condensation.select(outer, percent -> observer.trainingPrefixes(outer, percent), stop));
        } catch (CancellationException e) {
            return false;
        }
        nanos += System.nanoTime() - start;
        outer++;
        inner = 0;
        return true;
    }

    /** Whether its state is worth keeping after outer loop {@code t}. */
    boolean savesAfter(int t) {
        return t % period == 0 && t < loops;
    }

    CondenseState state(Trajectory trajectory) {
        return new CondenseState(outer, inner, condensation.state(), trajectory.state());
    }
}
