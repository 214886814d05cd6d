package io.mdc.method;

import io.mdc.tensor.Tensor;

/** Hard labels of a batch. */
final class Targets {
    private Targets() {}

    /** Makes a class the target of all images: {@code [n, classes]}, overwritten. */
    static void aim(Tensor targets, int label) {
        int classes = targets.dim(1);
        double[] oneHot = new double[targets.dim(0) * classes];
        for (int row = 0; row < targets.dim(0); row++) {
            oneHot[row * classes + label] = 1;
        }
        targets.set(oneHot);
    }
}
