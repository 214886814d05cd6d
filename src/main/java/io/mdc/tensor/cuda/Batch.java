package io.mdc.tensor.cuda;

import io.mdc.tensor.Groups;
import io.mdc.tensor.Slices;
import io.mdc.tensor.Tensor;

/**
 * Groups of samples as kernels take them.
 *
 * @param ends address of their ends; null for one group of all samples
 * @param count of groups
 * @param largest samples of the largest
 */
record Batch(Long ends, int count, int largest) {
    /** All samples as one group. */
    static Batch whole(int samples) {
        return new Batch(null, 1, samples);
    }

    /** Those of a call. */
    static Batch of(Device device, Groups groups) {
        if (groups.count() == 1) {
            return whole(groups.samples());
        }
        int largest = 0;
        for (int g = 0; g < groups.count(); g++) {
            largest = Math.max(largest, groups.size(g));
        }
        return new Batch(device.tables().ints(groups.ends()), groups.count(), largest);
    }

    /** Elements from a slice to that of the next group. */
    static long stride(Slices slices) {
        return slices == null || slices.count() == 1 ? 0 : slices.stride();
    }

    /** The first slice; null of null. */
    static Tensor first(Slices slices) {
        return slices == null ? null : slices.of(0);
    }
}
