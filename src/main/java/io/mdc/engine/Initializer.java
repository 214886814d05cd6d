package io.mdc.engine;

import io.mdc.engine.step.Parameter;
import io.mdc.engine.step.ParameterSet;
import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Draws the parameters of a new network, each as its layer says. */
public final class Initializer {
    private Initializer() {}

    /** Overwrites all of {@code weights}, drawing parameter after parameter in order. */
    public static void initialize(ParameterSet weights, RandomGenerator random) {
        for (int i = 0; i < weights.parameters().size(); i++) {
            Parameter parameter = weights.parameters().get(i);
            double[] values = new double[parameter.size()];
            Arrays.setAll(values, k -> parameter.draw().value(random));
            weights.get(i).set(values);
        }
    }
}
