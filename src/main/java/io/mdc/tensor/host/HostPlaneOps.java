package io.mdc.tensor.host;

import io.mdc.tensor.PlaneOps;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Window;
import java.nio.FloatBuffer;
import java.util.Arrays;

/** {@link PlaneOps} over host floats, a plane at a time. */
final class HostPlaneOps implements PlaneOps {
    private final PlaneOps elementwise;

    HostPlaneOps(PlaneOps elementwise) {
        this.elementwise = elementwise;
    }

    @Override
    public void relu(Tensor x, Tensor y) {
        elementwise.relu(x, y);
    }

    @Override
    public void gate(Tensor y, Tensor x, Tensor out) {
        elementwise.gate(y, x, out);
    }

    /** Works on one plane: {@code large} is of the unpooled extents, {@code small} of the pooled. */
    private interface PlaneTask {
        void run(float[] large, float[] small, float[] chosen);
    }

    /** Hands every plane to the task and writes back what it is to change. */
    private static void planes(
            Tensor large, Tensor small, Tensor chosen, boolean pools, boolean chooses, PlaneTask task) {
        float[] big = new float[large.dim(2) * large.dim(3)];
        float[] little = new float[small.dim(2) * small.dim(3)];
        float[] choice = new float[chosen == null ? 0 : little.length];
        FloatBuffer bigs = large.host().floats();
        FloatBuffer littles = small.host().floats();
        FloatBuffer choices = chosen == null ? null : chosen.host().floats();
        for (int plane = 0; plane < large.dim(0) * large.dim(1); plane++) {
            if (pools) {
                bigs.get(plane * big.length, big);
            } else {
                Arrays.fill(big, 0);
                littles.get(plane * little.length, little);
            }
            if (choices != null && !chooses) {
                choices.get(plane * choice.length, choice);
            }
            task.run(big, little, choice);
            if (pools) {
                littles.put(plane * little.length, little);
            } else {
                bigs.put(plane * big.length, big);
            }
            if (chooses) {
                choices.put(plane * choice.length, choice);
            }
        }
    }

    @Override
    public void averagePool(Window window, Tensor x, Tensor y) {
        Geometry g = new Geometry(window, x, y);
        float share = 1f / (g.side * g.side);
        planes(x, y, null, true, false, (in, out, none) -> {
            for (int o = 0, top = 0; o < out.length; top += g.stride * g.width) {
                for (int left = top; left < top + g.columns * g.stride; left += g.stride, o++) {
                    float total = 0;
                    for (int row = left; row < left + g.side * g.width; row += g.width) {
                        for (int c = 0; c < g.side; c++) {
                            total += in[row + c];
                        }
                    }
                    out[o] = total * share;
                }
            }
        });
    }

    @Override
    public void averagePoolAdjoint(Window window, Tensor dy, Tensor dx) {
        Geometry g = new Geometry(window, dx, dy);
        float share = 1f / (g.side * g.side);
        planes(dx, dy, null, false, false, (in, out, none) -> {
            for (int o = 0, top = 0; o < out.length; top += g.stride * g.width) {
                for (int left = top; left < top + g.columns * g.stride; left += g.stride, o++) {
                    float value = out[o] * share;
                    for (int row = left; row < left + g.side * g.width; row += g.width) {
                        for (int c = 0; c < g.side; c++) {
                            in[row + c] += value;
                        }
                    }
                }
            }
        });
    }

    @Override
    public void maximumPool(Window window, Tensor x, Tensor y, Tensor chosen) {
        Geometry g = new Geometry(window, x, y);
        planes(x, y, chosen, true, true, (in, out, choice) -> {
            for (int o = 0; o < out.length; o++) {
                int top = g.top(o);
                int left = g.left(o);
                float best = Float.NEGATIVE_INFINITY;
                int place = 0;
                for (int r = Math.max(0, -top); r < Math.min(g.side, g.height - top); r++) {
                    for (int c = Math.max(0, -left); c < Math.min(g.side, g.width - left); c++) {
                        float value = in[(top + r) * g.width + left + c];
                        if (value > best) {
                            best = value;
                            place = r * g.side + c;
                        }
                    }
                }
                out[o] = best;
                choice[o] = place;
            }
        });
    }

    @Override
    public void maximumPoolAdjoint(Window window, Tensor dy, Tensor chosen, Tensor dx) {
        Geometry g = new Geometry(window, dx, dy);
        planes(dx, dy, chosen, false, false, (in, out, choice) -> {
            for (int o = 0; o < out.length; o++) {
                in[g.pixel(o, (int) choice[o])] += out[o];
            }
        });
    }

    @Override
    public void maximumPoolTangent(Window window, Tensor xDot, Tensor chosen, Tensor yDot) {
        Geometry g = new Geometry(window, xDot, yDot);
        planes(xDot, yDot, chosen, true, false, (in, out, choice) -> {
            for (int o = 0; o < out.length; o++) {
                out[o] = in[g.pixel(o, (int) choice[o])];
            }
        });
    }

    @Override
    public void copyChannels(Tensor from, int fromFirst, Tensor to, int toFirst, int count) {
        int plane = Math.toIntExact(from.size() / from.dim(0) / from.dim(1));
        FloatBuffer source = from.host().floats();
        FloatBuffer target = to.host().floats();
        for (int i = 0; i < from.dim(0); i++) {
            target.put((i * to.dim(1) + toFirst) * plane, source, (i * from.dim(1) + fromFirst) * plane, count * plane);
        }
    }

    /** Where the windows of one call are. */
    private static final class Geometry {
        final int side;
        final int stride;
        final int padding;
        final int height;
        final int width;
        final int columns;

        Geometry(Window window, Tensor large, Tensor small) {
            side = window.side();
            stride = window.stride();
            padding = window.padding();
            height = large.dim(2);
            width = large.dim(3);
            columns = small.dim(3);
        }

        int top(int window) {
            return window / columns * stride - padding;
        }

        int left(int window) {
            return window % columns * stride - padding;
        }

        int pixel(int window, int place) {
            return (top(window) + place / side) * width + left(window) + place % side;
        }
    }
}
