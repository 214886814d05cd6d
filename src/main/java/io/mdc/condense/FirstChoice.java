package io.mdc.condense;

import io.mdc.base.Seeds;
import io.mdc.coreset.Coreset;
import io.mdc.coreset.Representatives;
import io.mdc.engine.Initializer;
import io.mdc.engine.step.ParameterSet;
import io.mdc.synthetic.Initialization;

/** Chooses the real images that the first images are made from, as a network of its own sees them. */
final class FirstChoice implements Initialization.Chooser {
    private final CondenseTask task;
    private Representatives representatives;
    private ParameterSet theta;

    FirstChoice(CondenseTask task) {
        this.task = task;
    }

    @Override
    public int[] choose(Coreset rule, int label, int count) {
        long seed = task.config().seed();
        if (theta == null) {
            representatives = new Representatives(
                    task.runner(), task.data(), task.config().choice());
            theta = task.runner().graph().newParameters();
            Initializer.initialize(theta, Seeds.generator(seed, "first-choice-weights"));
        }
        return representatives.choose(rule, label, count, theta, Seeds.generator(seed, "first-choice", label));
    }
}
