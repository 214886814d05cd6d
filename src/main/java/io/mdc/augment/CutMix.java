package io.mdc.augment;

import io.mdc.base.Seeds;
import io.mdc.tensor.ImageOps;
import io.mdc.tensor.Rectangle;
import io.mdc.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * CutMix with β = 1: with some probability per batch, the same random rectangle of every image is replaced by that of
 * another image of the batch, and labels are mixed by area (Yun et al., "CutMix", 2019; the paper's App. B.1 calls it
 * mixup).
 *
 * <p>With {@code λ ~ U(0, 1)} the rectangle has sides {@code ⌊size·√(1 − λ)⌋} around a uniformly drawn centre, cut off
 * at the edges.
 *
 * @param probability of mixing a batch, from 0 to 1
 */
public record CutMix(double probability) {

    /** Validates the probability. */
    public CutMix {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("cutmix " + probability + ": must be from 0 to 1");
        }
    }

    /**
     * Mixes a batch in place.
     *
     * @param images {@code [n, C, size, size]}
     * @param targets {@code [n · classes]} label weights, row-major
     */
    public void apply(RandomGenerator random, ImageOps ops, Tensor images, double[] targets) {
        if (random.nextDouble() >= probability) {
            return;
        }
        int size = images.dim(2);
        int side = (int) (size * Math.sqrt(1 - random.nextDouble()));
        Rectangle rectangle = around(random.nextInt(size), random.nextInt(size), side, size);
        int[] other = Seeds.permutation(images.dim(0), random::nextInt);
        ops.exchange(rectangle, other, images);
        double kept = 1 - (double) rectangle.area() / (size * size);
        double[] before = targets.clone();
        int classes = targets.length / other.length;
        for (int i = 0; i < targets.length; i++) {
            targets[i] = kept * before[i] + (1 - kept) * before[other[i / classes] * classes + i % classes];
        }
    }

    private static Rectangle around(int row, int column, int side, int size) {
        int top = Math.max(0, row - side / 2);
        int left = Math.max(0, column - side / 2);
        int bottom = Math.min(size, row + side / 2);
        int right = Math.min(size, column + side / 2);
        return new Rectangle(top, bottom, left, right);
    }
}
