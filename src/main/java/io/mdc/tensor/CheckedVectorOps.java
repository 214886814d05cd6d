package io.mdc.tensor;

import static io.mdc.tensor.Operands.sameSize;

/** {@link VectorOps} that refuses operands of different sizes or layouts. */
record CheckedVectorOps(VectorOps ops) implements VectorOps {
    @Override
    public void fill(Tensor x, double value) {
        ops.fill(x, value);
    }

    @Override
    public void copy(Tensor from, Tensor to) {
        sameSize("to", to, from);
        ops.copy(from, to);
    }

    @Override
    public void addScaled(double factor, Tensor x, Tensor into) {
        sameSize("into", into, x);
        ops.addScaled(factor, x, into);
    }

    @Override
    public void scale(double factor, Tensor x) {
        ops.scale(factor, x);
    }

    @Override
    public void subtract(Tensor a, Tensor b, Tensor out) {
        sameSize("b", b, a);
        sameSize("out", out, a);
        ops.subtract(a, b, out);
    }

    @Override
    public void sign(Tensor x, Tensor out) {
        sameSize("out", out, x);
        ops.sign(x, out);
    }

    @Override
    public void clamp(Tensor x, double low, double high) {
        ops.clamp(x, low, high);
    }

    @Override
    public Numbers sumOfSquares(Tensor x) {
        return ops.sumOfSquares(x);
    }

    @Override
    public Numbers sumOfMagnitudes(Tensor x) {
        return ops.sumOfMagnitudes(x);
    }

    @Override
    public void momentumStep(Tensor x, Tensor gradient, Tensor velocity, double rate, double momentum, double decay) {
        sameSize("gradient", gradient, x);
        sameSize("velocity", velocity, x);
        ops.momentumStep(x, gradient, velocity, rate, momentum, decay);
    }
}
