package io.mdc.tensor.nd4j;

import static io.mdc.tensor.nd4j.Nd4jArrays.array;
import static io.mdc.tensor.nd4j.Nd4jArrays.matrix;
import static io.mdc.tensor.nd4j.Nd4jArrays.strided;

import io.mdc.tensor.PlaneOps;
import io.mdc.tensor.Scratch;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Window;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.ops.transforms.Transforms;

/**
 * {@link PlaneOps} by ND4J ops; pooling goes through strided views of a padded copy, one for each place in the window.
 */
final class Nd4jPlaneOps implements PlaneOps {
    /** Stands for minus infinity around a plane, but times 0 is 0. */
    private static final double LOWEST = -1e30;

    private final Scratch scratch;

    Nd4jPlaneOps(Scratch scratch) {
        this.scratch = scratch;
    }

    @Override
    public void relu(Tensor x, Tensor y) {
        run("relu", new INDArray[] {matrix(x, 1)}, matrix(y, 1));
    }

    @Override
    public void gate(Tensor y, Tensor x, Tensor out) {
        run("relu_bp", new INDArray[] {matrix(y, 1), matrix(x, 1)}, matrix(out, 1));
    }

    /** ReLU's argument is the value that counts as zero. */
    private static void run(String op, INDArray[] inputs, INDArray output) {
        Nd4j.exec(DynamicCustomOp.builder(op)
                .addInputs(inputs)
                .addOutputs(output)
                .addFloatingPointArguments(0.0)
                .build());
    }

    @Override
    public void averagePool(Window window, Tensor x, Tensor y) {
        INDArray out = array(y);
        out.assign(0);
        for (int place = 0; place < places(window); place++) {
            out.addi(view(window, x, y, place));
        }
        out.divi(places(window));
    }

    @Override
    public void averagePoolAdjoint(Window window, Tensor dy, Tensor dx) {
        array(dx).assign(0);
        INDArray share = array(dy).div(places(window));
        for (int place = 0; place < places(window); place++) {
            view(window, dx, dy, place).addi(share);
        }
    }

    @Override
    public void maximumPool(Window window, Tensor x, Tensor y, Tensor chosen) {
        Tensor padded = padded(window, x, LOWEST);
        INDArray out = array(y);
        INDArray choice = array(chosen);
        out.assign(view(window, padded, y, 0));
        choice.assign(0);
        for (int place = 1; place < places(window); place++) {
            INDArray candidate = view(window, padded, y, place).dup('c');
            INDArray better = candidate.gt(out).castTo(out.dataType());
            choice.addi(better.mul(choice.rsub(place)));
            out.assign(Transforms.max(out, candidate, true));
        }
    }

    @Override
    public void maximumPoolAdjoint(Window window, Tensor dy, Tensor chosen, Tensor dx) {
        Tensor padded = padded(window, dx.dim(0), dx);
        array(padded).assign(0);
        for (int place = 0; place < places(window); place++) {
            view(window, padded, dy, place).addi(at(place, chosen).muli(array(dy)));
        }
        array(dx).assign(inner(window, padded, dx));
    }

    @Override
    public void maximumPoolTangent(Window window, Tensor xDot, Tensor chosen, Tensor yDot) {
        Tensor padded = padded(window, xDot, 0);
        array(yDot).assign(0);
        for (int place = 0; place < places(window); place++) {
            array(yDot).addi(at(place, chosen).muli(view(window, padded, yDot, place)));
        }
    }

    @Override
    public void copyChannels(Tensor from, int fromFirst, Tensor to, int toFirst, int count) {
        channels(to, toFirst, count).assign(channels(from, fromFirst, count));
    }

    private static INDArray channels(Tensor x, int first, int count) {
        long plane = x.size() / x.dim(0) / x.dim(1);
        return strided(x, first * plane, new long[] {x.dim(0), count * plane}, new long[] {x.dim(1) * plane, 1});
    }

    private static int places(Window window) {
        return window.side() * window.side();
    }

    /** 1 where the place was chosen, else 0. */
    private static INDArray at(int place, Tensor chosen) {
        return array(chosen).eq(place).castTo(array(chosen).dataType());
    }

    /** The pixel at {@code place} of every window, shaped like y. */
    private static INDArray view(Window window, Tensor x, Tensor y, int place) {
        long width = x.dim(3);
        long plane = x.dim(2) * width;
        long offset = place / window.side() * width + place % window.side();
        long[] strides = {x.dim(1) * plane, plane, window.stride() * width, window.stride()};
        return strided(x, offset, array(y).shape(), strides);
    }

    private Tensor padded(Window window, int n, Tensor x) {
        int p = window.padding();
        return scratch.of(n, x.dim(1), x.dim(2) + 2 * p, x.dim(3) + 2 * p);
    }

    private Tensor padded(Window window, Tensor x, double outside) {
        Tensor padded = padded(window, x.dim(0), x);
        array(padded).assign(outside);
        inner(window, padded, x).assign(array(x));
        return padded;
    }

    private static INDArray inner(Window window, Tensor padded, Tensor x) {
        long width = padded.dim(3);
        long plane = padded.dim(2) * width;
        long offset = window.padding() * (width + 1);
        return strided(padded, offset, array(x).shape(), new long[] {x.dim(1) * plane, plane, width, 1});
    }
}
