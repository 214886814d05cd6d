package io.mdc.condense;

import io.mdc.engine.step.ParameterSet;
import io.mdc.numpy.NumpyArray;
import io.mdc.objective.Losses;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
    public List<Losses> run(ParameterSet theta, Subsets subsets, Place place, List<Integer> labels) {
        List<Losses> matched = matching.run(theta, subsets, place, labels);
        List<Losses> calibrated = calibration.runWhole(pool.trained(place), subsets, place, labels);
        List<Losses> both = new ArrayList<>();
        for (int i = 0; i < matched.size(); i++) {
            Losses of = matched.get(i);
            both.add(new Losses(of.base() + calibrated.get(i).base(), of.subset()));
        }
        return both;
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
