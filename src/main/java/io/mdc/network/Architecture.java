package io.mdc.network;

/** A network of the paper or of its appendix, to condense or to evaluate with. */
public enum Architecture {
    /** Blocks of convolution, instance norm, ReLU and average pooling. */
    CONVNET(128),
    /** ResNet of 10 layers with instance norm, striding by average pooling. */
    RESNET10_AP(64),
    /** ResNet of 10 layers with batch norm. */
    RESNET10(64),
    /** ResNet of 18 layers with batch norm. */
    RESNET18(64),
    /** ResNet of 34 layers with batch norm. */
    RESNET34(64),
    /** ResNet of 50 layers with batch norm. */
    RESNET50(64),
    /** ResNet of 10 layers with instance norm. */
    RESNET10_IN(64),
    /** ResNet of 18 layers with instance norm. */
    RESNET18_IN(64),
    /** ResNet of 34 layers with instance norm. */
    RESNET34_IN(64),
    /** ResNet of 50 layers with instance norm. */
    RESNET50_IN(64),
    /** DenseNet-BC with batch norm. */
    DENSENET(12);

    private final int width;

    Architecture(int width) {
        this.width = width;
    }

    /**
     * Returns the width in the paper.
     *
     * @return channels of a ConvNet's blocks, of a ResNet's first stage, or the growth rate of a DenseNet
     */
    public int width() {
        return width;
    }
}
