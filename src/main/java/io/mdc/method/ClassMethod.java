package io.mdc.method;

import io.mdc.engine.ChunkedGraph;
import io.mdc.matching.MatchingConfig;
import io.mdc.objective.Objective;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.task.CondenseTask;
import io.mdc.tensor.Tensor;

/** A base method that moves the images of each class on their own, against an objective under θ. */
public interface ClassMethod extends BaseMethod {

    /** How names of reference cases for {@link #objective} begin, see {@code mdc check}. */
    String referenceCases();

    /**
     * What a step of one class minimises.
     *
     * @param runner runs the network
     */
    Objective objective(MatchingConfig matching, ChunkedGraph runner);

    @Override
    default ImageStep step(CondenseTask task, SyntheticSet images, Tensor velocity) {
        MatchingConfig matching = task.config().matching();
        Objective objective = task.sharing()
                .part(
                        Objective.class,
                        () -> objective(matching, task.runner()),
                        getClass(),
                        matching.distance(),
                        matching.match());
        return new ClassStep(task, images, velocity, objective, RealLoader.of(task, this));
    }
}
