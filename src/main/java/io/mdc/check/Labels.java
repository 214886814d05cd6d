package io.mdc.check;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;

/** Label numbers as rows of a target matrix. */
final class Labels {
    private Labels() {}

    /** {@code [n, classes]} with a 1 at each label; labels beyond n are left out. */
    static Tensor oneHot(Backend backend, double[] labels, int n, int classes) {
        double[] targets = new double[n * classes];
        for (int i = 0; i < n; i++) {
            targets[i * classes + (int) labels[i]] = 1;
        }
        return backend.of(targets, n, classes);
    }
}
