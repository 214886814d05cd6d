package io.mdc.network;

import java.util.ArrayList;
import java.util.List;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.layers.PoolingType;

/**
 * DenseNet-BC (Huang et al., "Densely Connected Convolutional Networks", 2017) in the form for CIFAR with which the
 * paper evaluates: growth 12, blocks 6-12-24-16, compression ½, batch norm before each convolution.
 *
 * <p>A dense layer's output is {@code [new features, input]} along channels. Convolutions have no bias. The classifier
 * reads global averages, which at 32 pixels are those of the published 4×4 pooling.
 *
 * @param blocks dense layers of each block
 */
public record DenseNet(List<Integer> blocks) {
    /** The paper's blocks. */
    public static final DenseNet PAPER = new DenseNet(List.of(6, 12, 24, 16));

    private static final int BOTTLENECK = 4;

    /** Copies the list. */
    public DenseNet {
        blocks = List.copyOf(blocks);
    }

    /** The DL4J configuration for square images of {@code size} pixels. */
    public ComputationGraphConfiguration configuration(int growth, int channels, int size, int classes) {
        Plan plan = new Plan(channels, size, Norm.BATCH);
        int width = 2 * growth;
        String last = plan.plainConvolution("conv1", "input", width, 3);
        for (int block = 1; block <= blocks.size(); block++) {
            for (int i = 0; i < blocks.get(block - 1); i++) {
                last = layer(plan, "dense" + block + "." + i + ".", last, growth);
                width += growth;
            }
            if (block < blocks.size()) {
                width /= 2;
                last = transition(plan, "trans" + block + ".", last, width);
            }
        }
        String features = plan.relu("relu", plan.norm("bn", last));
        return plan.classify("linear", plan.globalAverage("pool", features), classes);
    }

    private static String layer(Plan plan, String name, String input, int growth) {
        String first = plan.relu(name + "relu1", plan.norm(name + "bn1", input));
        String narrow = plan.plainConvolution(name + "conv1", first, BOTTLENECK * growth, 1);
        String second = plan.relu(name + "relu2", plan.norm(name + "bn2", narrow));
        List<String> parts = new ArrayList<>();
        parts.add(plan.plainConvolution(name + "conv2", second, growth, 3));
        parts.add(input);
        return plan.join(name + "join", parts);
    }

    private static String transition(Plan plan, String name, String input, int width) {
        String normed = plan.relu(name + "relu", plan.norm(name + "bn", input));
        return plan.pool(
                name + "pool", plan.plainConvolution(name + "conv", normed, width, 1), PoolingType.AVG, 2, 2, 0);
    }
}
