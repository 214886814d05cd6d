package io.mdc.condense;

import io.mdc.base.Seeds;
import io.mdc.coreset.Coreset;
import io.mdc.coreset.Representatives;
import io.mdc.engine.Initializer;
import io.mdc.engine.step.ParameterSet;
import io.mdc.synthetic.Initialization;
import io.mdc.task.CondenseTask;
import java.util.List;
import java.util.stream.IntStream;

/** Chooses the real images that the first images are made from, as a network of its own sees them. */
final class FirstChoice implements Initialization.Chooser {
    private final CondenseTask task;
    private List<int[]> chosen = List.of();

    FirstChoice(CondenseTask task) {
        this.task = task;
    }

    /** Chooses for all classes when it is first asked, as they can be chosen at once. */
    @Override
    public int[] choose(Coreset rule, int label, int count) {
        if (chosen.isEmpty()) {
            chosen = all(rule, count);
        }
        return chosen.get(label);
    }

    private List<int[]> all(Coreset rule, int count) {
        long seed = task.config().seed();
        ParameterSet theta = task.runner().graph().newParameters();
        Initializer.initialize(theta, Seeds.generator(seed, "first-choice-weights"));
        List<Integer> labels = IntStream.range(0, task.data().classes()).boxed().toList();
        return new Representatives(task.runner(), task.data(), task.config().choice())
                .choose(rule, labels, count, theta, label -> Seeds.generator(seed, "first-choice", label));
    }
}
