package io.mdc.condense;

import io.mdc.base.DivergedException;
import io.mdc.method.BaseMethod;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.task.CondenseTask;
import io.mdc.task.LoopConfig;
import io.mdc.task.Place;
import io.mdc.trajectory.Trajectory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BooleanSupplier;
import java.util.function.Predicate;

/**
 * Multisize dataset condensation, Algorithm 1 of the paper: a trajectory of θ drives a condensation of S, or those of
 * several sets in lockstep.
 *
 * <p>Every condensation has the bytes it has alone. Those that were restored at different places are driven from the
 * rearmost on; the others wait where they are.
 */
public final class Condenser {
    private final LoopConfig loop;
    private final BooleanSupplier stop;
    private final List<Course> courses;
    private final Trajectory trajectory;
    private int outer = 1;
    private int inner;

    /**
     * One of several condensations.
     *
     * @param base method of it; of all such that {@linkplain BaseMethod#theta share θ}
     * @param task what is condensed, how, and with what; of all the same data, runner, sharing, loops and training
     * @param observer is told what happens
     */
    public record Member(BaseMethod base, CondenseTask task, CondenseObserver observer) {}

    /**
     * A run that has not begun: S is initialised, everything else is empty.
     *
     * @param member what is condensed, how, and with what
     * @param stop asked after every inner loop, and where networks are trained on S; true ends the run there
     */
    public Condenser(Member member, BooleanSupplier stop) {
        this(List.of(member), stop);
    }

    /**
     * Runs that have not begun.
     *
     * @param members at least one; several only if their base methods train θ without looking at S
     */
    public Condenser(List<Member> members, BooleanSupplier stop) {
        this.stop = stop;
        courses = members.stream()
                .map(member -> new Course(member.base(), member.task(), member.observer()))
                .toList();
        CondenseTask task = members.get(0).task();
        loop = task.config().loop();
        trajectory = members.get(0).base().trajectory(task, images());
    }

    /** The synthetic images of the first condensation. */
    public SyntheticSet images() {
        return images(0);
    }

    /** The synthetic images of a condensation. */
    public SyntheticSet images(int member) {
        return courses.get(member).condensation().images();
    }

    /**
     * Seconds of a condensation's inner loops and selections so far: its own work, and an equal share of what several
     * have in common. May be asked by any thread.
     */
    public double seconds(int member) {
        return courses.get(member).seconds();
    }

    /** Why a condensation goes on no more, if it does not. */
    public Optional<DivergedException> failure(int member) {
        return courses.get(member).failure();
    }

    /** Leaves a condensation out, as what it needs has diverged before its first loop. */
    public void fail(int member, DivergedException cause) {
        Course failed = courses.get(member);
        failed.fail(cause);
        if (courses.stream().anyMatch(course -> course.failure().isEmpty())) {
            failed.observer().failed(cause);
        }
    }

    /**
     * Runs until all have come to their end, or {@linkplain #failure failed}, or until stopped.
     *
     * @return false if stopped
     */
    public boolean run() {
        goToRearmost();
        while (outer <= loop.outer()) {
            if (!outerLoop()) {
                save(here());
                return false;
            }
        }
        here().forEach(Course::clamp);
        boolean all = measured(loop.outer());
        save(here());
        return all;
    }

    /** Lines 4 to 14: a new network, its inner loops, and the choice of the subset; false if stopped on the way. */
    private boolean outerLoop() {
        if (inner == 0 && !begin()) {
            return false;
        }
        while (inner < loop.inner()) {
            innerLoop(new Place(outer, inner + 1));
            inner++;
            if (here().isEmpty()) {
                goToRearmost();
                return true;
            }
            here().forEach(course -> course.observer().reached(() -> course.state(trajectory)));
            if (stop.getAsBoolean()) {
                return false;
            }
        }
        return measured(outer) && gathered() && select();
    }

    /** Lines 12 to 14; false if stopped while networks were trained for it. */
    private boolean select() {
        List<Course> selecting = here();
        tellOfLongWork(selecting, Course::trainsPrefixes);
        for (Course course : selecting) {
            if (!course.select(stop)) {
                save(selecting.stream()
                        .filter(selected -> selected.outer() > outer)
                        .toList());
                return false;
            }
        }
        save(selecting.stream().filter(course -> course.savesAfter(outer)).toList());
        outer++;
        inner = 0;
        return true;
    }

    /** Offers the states of all if one is about to take long. */
    private void tellOfLongWork(List<Course> all, Predicate<Course> takesLong) {
        if (all.stream().anyMatch(takesLong)) {
            all.forEach(course -> course.observer().longWorkAhead(() -> course.state(trajectory)));
        }
    }

    /** Has θ be where the rearmost of those is that go on; at the end if none does. */
    private void goToRearmost() {
        Optional<Course> rearmost = courses.stream()
                .filter(course -> course.failure().isEmpty())
                .min(Comparator.comparingInt(Course::outer).thenComparingInt(Course::inner));
        outer = rearmost.map(Course::outer).orElse(loop.outer() + 1);
        inner = rearmost.map(Course::inner).orElse(0);
        rearmost.ifPresent(course -> course.lead(trajectory));
    }

    /** The condensations that have come as far as θ. */
    private List<Course> here() {
        return courses.stream().filter(course -> course.at(outer, inner)).toList();
    }

    /**
     * Has the images of the condensations that ask for it measured as those after outer loop {@code t}, with their
     * states saved before, so that a stop loses nothing however long it is waited for, and after; false if stopped.
     */
    private boolean measured(int t) {
        List<Course> measuring = here().stream()
                .filter(course -> course.observer().measuresAfter(t))
                .toList();
        save(measuring);
        boolean all = measuring.stream().allMatch(course -> course.observer()
                .measure(t, course.condensation().finished(), stop));
        if (all) {
            save(measuring);
        }
        return all;
    }

    /** Has the measurements of other processes come in; false if stopped before. */
    private boolean gathered() {
        return here().stream().allMatch(course -> course.gather(stop));
    }

    private void save(List<Course> reached) {
        reached.forEach(course -> course.observer().checkpoint(course.state(trajectory)));
    }

    /** A new network; false if stopped while it was warmed up. */
    private boolean begin() {
        trajectory.begin(outer);
        here().forEach(Course::clamp);
        long all = trajectory.warmUpBatches();
        return trajectory.warmUp(
                outer, done -> here().forEach(course -> course.observer().warmingUp(outer, done, all)), stop);
    }

    /** Lines 6 to 10: one step for every class of every set, then one pass of network training. */
    private void innerLoop(Place place) {
        List<Course> stepping = here();
        stepping.forEach(Course::join);
        tellOfLongWork(stepping, course -> course.chooses(place));
        int rounds = stepping.stream().mapToInt(Course::rounds).max().orElse(0);
        List<Course> inTurn = inTurn(stepping, (long) place.outer() * loop.inner() + place.inner());
        for (int round = 0; round < rounds; round++) {
            for (Course course : inTurn) {
                if (round < course.rounds() && course.failure().isEmpty()) {
                    course.step(trajectory.weights(), place, round);
                }
            }
        }
        long start = System.nanoTime();
        OptionalDouble trained = trajectory.advance(place);
        double share = (System.nanoTime() - start) / 1e9 / stepping.size();
        stepping.forEach(course -> course.loopDone(place, trained, share));
        if (courses.stream().anyMatch(course -> course.failure().isEmpty())) {
            stepping.forEach(course -> course.failure().ifPresent(course.observer()::failed));
        }
    }

    /** Another one first in every inner loop, as the first makes what all need of a step, such as real gradients. */
    static <T> List<T> inTurn(List<T> all, long loop) {
        List<T> turned = new ArrayList<>(all);
        Collections.rotate(turned, -Math.floorMod(loop, Math.max(1, all.size())));
        return turned;
    }

    /**
     * Goes on from a state of the same settings.
     *
     * @throws IllegalArgumentException if its arrays do not fit
     */
    public void restore(CondenseState state) {
        restore(0, state);
    }

    /**
     * Has a condensation go on from a state of the same settings.
     *
     * @throws IllegalArgumentException if its arrays do not fit
     */
    public void restore(int member, CondenseState state) {
        courses.get(member).restore(state);
        courses.get(member).lead(trajectory);
    }
}
