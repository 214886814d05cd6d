package io.mdc.method;

import io.mdc.engine.step.ParameterSet;
import io.mdc.numpy.NumpyArray;
import io.mdc.objective.Losses;
import io.mdc.task.Place;
import io.mdc.trajectory.NetworkPool;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** A matching step of a class, and after it one on the images' loss under a network of the pool as it was trained. */
final class CalibratedStep implements ImageStep {
    private final ImageStep matching;
    private final ClassStep calibration;
    private final NetworkPool pool;

    CalibratedStep(ImageStep matching, ClassStep calibration, NetworkPool pool) {
        this.matching = matching;
        this.calibration = calibration;
        this.pool = pool;
    }

    @Override
    public int parts() {
        return matching.parts();
    }

    @Override
    public List<Moved> run(ParameterSet theta, Subsets subsets, Place place, List<Integer> labels) {
        List<Moved> matched = matching.run(theta, subsets, place, labels);
        List<Moved> calibrated = calibration.runWhole(pool.trained(place), subsets, place, labels);
        return IntStream.range(0, matched.size())
                .mapToObj(i -> both(matched.get(i), calibrated.get(i)))
                .toList();
    }

    private static Moved both(Moved matched, Moved calibrated) {
        return new Moved(
                matched.part(),
                () -> {
                    Losses of = matched.losses().get();
                    return new Losses(of.base() + calibrated.losses().get().base(), of.subset());
                },
                matched.measured());
    }

    @Override
    public Optional<NumpyArray> chosen() {
        return matching.chosen();
    }

    @Override
    public void restore(NumpyArray chosen) {
        matching.restore(chosen);
    }
}
