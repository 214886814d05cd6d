package io.mdc.matching;

/** Distance between two gradients, summed over the matched parameter arrays. */
public enum Distance {
    /** Sum of squared differences. */
    MSE(new SquaredError()),
    /** Sum of absolute differences. */
    L1(new AbsoluteError()),
    /** Sum over output channels of one minus the cosine of the angle between their weights' gradients. */
    COSINE(new RowwiseCosine()),
    /** The same over the weights of convolutions and classifier; biases and other vectors do not count. */
    WEIGHT_COSINE(new WeightCosine());

    @SuppressWarnings("ImmutableEnumChecker") // implementations keep nothing
    private final GradientDistance measure;

    Distance(GradientDistance measure) {
        this.measure = measure;
    }

    /** What computes it. */
    public GradientDistance measure() {
        return measure;
    }
}
