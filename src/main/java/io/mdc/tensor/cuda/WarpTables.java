package io.mdc.tensor.cuda;

import io.mdc.tensor.Warp;

/** Tables of several warps of equal sizes behind each other, as kernels read them. */
final class WarpTables {
    private WarpTables() {}

    /** How many taps each has: the most of all. */
    static int taps(Warp[] warps) {
        int taps = 1;
        for (Warp warp : warps) {
            taps = Math.max(taps, warp.taps());
        }
        return taps;
    }

    /** The input pixel of every tap of every output pixel. */
    static int[] index(Warp[] warps, int taps) {
        int pixels = outputs(warps[0]);
        int[] all = new int[warps.length * pixels * taps];
        for (int w = 0; w < warps.length; w++) {
            int own = warps[w].taps();
            for (int p = 0; p < pixels; p++) {
                System.arraycopy(warps[w].index(), p * own, all, (w * pixels + p) * taps, own);
            }
        }
        return all;
    }

    /** The weight of every tap, 0 for those that a warp does not have. */
    static float[] weight(Warp[] warps, int taps) {
        int pixels = outputs(warps[0]);
        float[] all = new float[warps.length * pixels * taps];
        for (int w = 0; w < warps.length; w++) {
            int own = warps[w].taps();
            for (int p = 0; p < pixels; p++) {
                System.arraycopy(warps[w].floatWeight(), p * own, all, (w * pixels + p) * taps, own);
            }
        }
        return all;
    }

    /** The constant of every output pixel. */
    static float[] offset(Warp[] warps) {
        int pixels = outputs(warps[0]);
        float[] all = new float[warps.length * pixels];
        for (int w = 0; w < warps.length; w++) {
            double[] own = warps[w].offset();
            for (int p = 0; own != null && p < pixels; p++) {
                all[w * pixels + p] = (float) own[p];
            }
        }
        return all;
    }

    /**
     * The transposed tables.
     *
     * @param start for warp w and input pixel p, at {@code w · (pixels + 1) + p}, where its taps begin; those of the
     *     last pixel end at the next
     * @param place the output pixel of every tap, in ascending order for each input pixel
     * @param weight of every tap
     */
    record Transposed(int[] start, int[] place, float[] weight) {}

    static Transposed transposed(Warp[] warps) {
        int inputs = warps[0].inputHeight() * warps[0].inputWidth();
        int outputs = outputs(warps[0]);
        int[] start = new int[warps.length * (inputs + 1)];
        int size = 0;
        for (Warp warp : warps) {
            size += outputs * warp.taps();
        }
        int[] place = new int[size];
        float[] weight = new float[size];
        int first = 0;
        for (int w = 0; w < warps.length; w++) {
            Warp warp = warps[w];
            int row = w * (inputs + 1);
            int[] at = new int[inputs + 1];
            for (int k = 0; k < outputs * warp.taps(); k++) {
                if (warp.floatWeight()[k] != 0) {
                    at[warp.index()[k] + 1]++;
                }
            }
            at[0] = first;
            for (int p = 0; p < inputs; p++) {
                at[p + 1] += at[p];
            }
            System.arraycopy(at, 0, start, row, inputs + 1);
            first = at[inputs];
            for (int k = 0; k < outputs * warp.taps(); k++) {
                if (warp.floatWeight()[k] != 0) {
                    int to = at[warp.index()[k]]++;
                    place[to] = k / warp.taps();
                    weight[to] = warp.floatWeight()[k];
                }
            }
        }
        return new Transposed(start, place, weight);
    }

    private static int outputs(Warp warp) {
        return warp.outputHeight() * warp.outputWidth();
    }
}
