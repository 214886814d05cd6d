package io.mdc.method;

import io.mdc.data.ClassSampler;
import io.mdc.engine.step.ParameterSet;
import io.mdc.task.CondenseTask;
import io.mdc.task.Place;
import java.util.ArrayList;
import java.util.List;

/** Images of the class without replacement, epoch by epoch, whatever the network. */
final class ClassWiseSampler implements RealSampler {
    private final List<ClassSampler> samplers = new ArrayList<>();
    private final int count;
    private final int innerLoops;

    ClassWiseSampler(CondenseTask task) {
        count = task.config().matching().batchReal();
        innerLoops = task.config().loop().inner();
        for (int c = 0; c < task.data().classes(); c++) {
            samplers.add(new ClassSampler(task.data().train(), c, task.config().seed()));
        }
    }

    @Override
    public int[] batch(Place place, int label, ParameterSet theta) {
        return samplers.get(label).batch(place.before(innerLoops) * count, count);
    }
}
