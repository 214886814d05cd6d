package io.mdc.tensor.nd4j;

import static io.mdc.tensor.nd4j.Nd4jArrays.array;

import io.mdc.tensor.ConvolutionOps;
import io.mdc.tensor.ConvolutionShape;
import io.mdc.tensor.Scratch;
import io.mdc.tensor.Tensor;
import java.util.Arrays;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/**
 * {@link ConvolutionOps} by ND4J's {@code conv2d}, {@code conv2d_bp} and {@code deconv2d}.
 *
 * <p>A tangent is the sum of two plain convolutions; the second goes through a scratch array of the output's shape.
 */
final class Nd4jConvolutionOps implements ConvolutionOps {
    private final Scratch scratch;

    Nd4jConvolutionOps(Scratch scratch) {
        this.scratch = scratch;
    }

    @Override
    public void forward(ConvolutionShape shape, Tensor x, Tensor w, Tensor y) {
        run("conv2d", shape, new Tensor[] {x, w}, y);
    }

    @Override
    public void inputGradient(ConvolutionShape shape, Tensor dy, Tensor w, Tensor dx) {
        if (isCovered(shape, dx)) {
            run("deconv2d", shape, new Tensor[] {dy, w}, dx);
        } else {
            // The weight gradient is made of x and not wanted, so any array will do for x.
            gradients(shape, dx, w, dy, dx, scratch.like(w));
        }
    }

    /** Whether windows reach the last row and column of x, as {@code deconv2d} demands. */
    private static boolean isCovered(ConvolutionShape shape, Tensor x) {
        return (x.dim(2) + 2 * shape.padding() - shape.kernel()) % shape.stride() == 0
                && (x.dim(3) + 2 * shape.padding() - shape.kernel()) % shape.stride() == 0;
    }

    @Override
    public void gradients(ConvolutionShape shape, Tensor x, Tensor w, Tensor dy, Tensor dx, Tensor dw) {
        run("conv2d_bp", shape, new Tensor[] {x, w, dy}, dx == null ? scratch.like(x) : dx, dw);
    }

    @Override
    public void tangent(ConvolutionShape shape, Tensor x, Tensor xDot, Tensor w, Tensor wDot, Tensor yDot) {
        forward(shape, x, wDot, yDot);
        if (xDot != null) {
            Tensor second = scratch.like(yDot);
            forward(shape, xDot, w, second);
            array(yDot).addi(array(second));
        }
    }

    @Override
    public void inputGradientTangent(
            ConvolutionShape shape, Tensor dy, Tensor dyDot, Tensor w, Tensor wDot, Tensor dxDot) {
        inputGradient(shape, dyDot, w, dxDot);
        Tensor second = scratch.like(dxDot);
        inputGradient(shape, dy, wDot, second);
        array(dxDot).addi(array(second));
    }

    @Override
    public void weightGradientTangent(
            ConvolutionShape shape, Tensor x, Tensor xDot, Tensor dy, Tensor dyDot, Tensor dwDot) {
        // The input gradient is made of w and not wanted, so any array will do for w.
        Tensor second = scratch.like(dwDot);
        gradients(shape, x, second, dyDot, null, dwDot);
        if (xDot != null) {
            gradients(shape, xDot, dwDot, dy, null, second);
            array(dwDot).addi(array(second));
        }
    }

    @Override
    public void addBias(Tensor bias, Tensor y) {
        INDArray out = array(y);
        Nd4j.exec(DynamicCustomOp.builder("biasadd")
                .addInputs(out, array(bias))
                .addOutputs(out)
                .addBooleanArguments(true)
                .build());
    }

    @Override
    public void biasGradient(Tensor dy, Tensor out) {
        array(out).assign(array(dy).sum(0, 2, 3));
    }

    private static void run(String op, ConvolutionShape shape, Tensor[] inputs, Tensor... outputs) {
        int k = shape.kernel();
        int s = shape.stride();
        int p = shape.padding();
        // kernel, stride, padding, dilation; explicit padding; channels first; weights [out, in, kH, kW]
        Nd4j.exec(DynamicCustomOp.builder(op)
                .addInputs(arrays(inputs))
                .addOutputs(arrays(outputs))
                .addIntegerArguments(k, k, s, s, p, p, 1, 1, 0, 0, 1)
                .build());
    }

    private static INDArray[] arrays(Tensor[] tensors) {
        return Arrays.stream(tensors).map(Nd4jArrays::array).toArray(INDArray[]::new);
    }
}
