package io.mdc.network;

import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;

/** A network of the paper or of its appendix, to condense or to evaluate with. */
public enum Architecture {
    /** Blocks of convolution, instance norm, ReLU and average pooling. */
    CONVNET(
            128,
            (depth, width, channels, size, classes) -> ConvNet.configuration(depth, width, channels, size, classes)),
    /** ResNet of 10 layers with instance norm, striding by average pooling. */
    RESNET10_AP(ResNet.WIDTH, (depth, width, channels, size, classes) -> ResNet.ap10(size)
            .configuration(width, channels, size, classes)),
    /** ResNet of 10 layers with batch norm. */
    RESNET10(10, Norm.BATCH),
    /** ResNet of 18 layers with batch norm. */
    RESNET18(18, Norm.BATCH),
    /** ResNet of 34 layers with batch norm. */
    RESNET34(34, Norm.BATCH),
    /** ResNet of 50 layers with batch norm. */
    RESNET50(50, Norm.BATCH),
    /** ResNet of 10 layers with instance norm. */
    RESNET10_IN(10, Norm.INSTANCE),
    /** ResNet of 18 layers with instance norm. */
    RESNET18_IN(18, Norm.INSTANCE),
    /** ResNet of 34 layers with instance norm. */
    RESNET34_IN(34, Norm.INSTANCE),
    /** ResNet of 50 layers with instance norm. */
    RESNET50_IN(50, Norm.INSTANCE),
    /** DenseNet-BC with batch norm. */
    DENSENET(
            12,
            (depth, growth, channels, size, classes) -> DenseNet.PAPER.configuration(growth, channels, size, classes));

    private interface Factory {
        ComputationGraphConfiguration make(int depth, int width, int channels, int size, int classes);
    }

    private final int width;

    @SuppressWarnings("ImmutableEnumChecker") // all are lambdas over immutable values
    private final Factory factory;

    Architecture(int width, Factory factory) {
        this.width = width;
        this.factory = factory;
    }

    Architecture(int layers, Norm norm) {
        this(ResNet.WIDTH, (depth, width, channels, size, classes) -> ResNet.ofLayers(layers, norm, size)
                .configuration(width, channels, size, classes));
    }

    /**
     * Returns the width in the paper.
     *
     * @return channels of a ConvNet's blocks, of a ResNet's first stage, or the growth rate of a DenseNet
     */
    public int width() {
        return width;
    }

    /**
     * The DL4J configuration for square images {@code [channels, size, size]}.
     *
     * @param depth blocks of a ConvNet; other networks have their own
     * @param width as in {@link #width()}
     * @throws IllegalArgumentException if the images are too small for it
     */
    public ComputationGraphConfiguration configuration(int depth, int width, int channels, int size, int classes) {
        return factory.make(depth, width, channels, size, classes);
    }
}
