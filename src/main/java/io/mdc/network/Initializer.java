package io.mdc.network;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * PyTorch's default initialisation of convolution and linear layers, which the paper's networks use: weights and biases
 * from U(±1/√fan_in), norm scales 1, norm shifts 0.
 *
 * <p>Source: the documentation of {@code torch.nn.Conv2d} and {@code torch.nn.Linear}.
 */
public final class Initializer {
    private Initializer() {}

    /** Overwrites all of {@code weights}, drawing parameter after parameter in order. */
    public static void initialize(ParameterSet weights, RandomGenerator random) {
        for (int i = 0; i < weights.parameters().size(); i++) {
            Parameter parameter = weights.parameters().get(i);
            double[] values = new double[parameter.size()];
            switch (parameter.role()) {
                case NORM_SCALE -> Arrays.fill(values, 1);
                case NORM_SHIFT -> Arrays.fill(values, 0);
                case CONVOLUTION_WEIGHT, CONVOLUTION_BIAS, DENSE_WEIGHT, DENSE_BIAS -> {
                    double bound = 1 / Math.sqrt(parameter.fanIn());
                    for (int k = 0; k < values.length; k++) {
                        values[k] = bound * (2 * random.nextDouble() - 1);
                    }
                }
            }
            weights.get(i).set(values);
        }
    }
}
