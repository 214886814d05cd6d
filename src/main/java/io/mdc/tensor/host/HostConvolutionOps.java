package io.mdc.tensor.host;

import io.mdc.tensor.Allocator;
import io.mdc.tensor.ConvolutionOps;
import io.mdc.tensor.ConvolutionShape;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.blas.Blas;
import java.util.ArrayList;
import java.util.List;

/**
 * {@link ConvolutionOps} as products of weights and {@linkplain Strip strips of unfolded images} for kernels of one
 * pixel and for few channels, where direct convolution is slow; all others are left to it.
 *
 * <p>With {@code U(x) [in·k², N]} the unfolded strip, {@code y = W · U(x)}, {@code dx = U*(Wᵀ · dy)} and {@code dW = dy
 * · U(x)ᵀ}. Where there are fewer outputs than inputs it is the gradients that are unfolded: with {@code Wᵗ} the
 * weights turned by half a turn, {@code dx = Wᵗ · U(dy)} and {@code dWᵗ = x · U(dy)ᵀ}.
 */
final class HostConvolutionOps implements ConvolutionOps {
    /** So many channels on either side are few. */
    private static final int FEW = 8;

    private final ConvolutionOps direct;
    private final ThreadLocal<StripWorkspace> workspaces;

    HostConvolutionOps(ConvolutionOps direct, Allocator memory) {
        this.direct = direct;
        workspaces = ThreadLocal.withInitial(() -> new StripWorkspace(memory));
    }

    private static boolean suits(ConvolutionShape shape, Tensor w) {
        return shape.stride() == 1 && (shape.kernel() == 1 || Math.min(w.dim(0), w.dim(1)) <= FEW);
    }

    /** Images and what they are multiplied with. */
    private record Term(Tensor images, Tensor factor) {}

    @Override
    public void forward(ConvolutionShape shape, Tensor x, Tensor w, Tensor y) {
        if (!suits(shape, w)) {
            direct.forward(shape, x, w, y);
            return;
        }
        convolve(shape, List.of(new Term(x, w)), y);
    }

    @Override
    public void inputGradient(ConvolutionShape shape, Tensor dy, Tensor w, Tensor dx) {
        if (!suits(shape, w)) {
            direct.inputGradient(shape, dy, w, dx);
            return;
        }
        backward(shape, List.of(new Term(dy, w)), dx);
    }

    @Override
    public void gradients(ConvolutionShape shape, Tensor x, Tensor w, Tensor dy, Tensor dx, Tensor dw) {
        if (!suits(shape, w)) {
            direct.gradients(shape, x, w, dy, dx, dw);
            return;
        }
        correlate(shape, List.of(new Term(x, dy)), dw);
        if (dx != null) {
            inputGradient(shape, dy, w, dx);
        }
    }

    @Override
    public void tangent(ConvolutionShape shape, Tensor x, Tensor xDot, Tensor w, Tensor wDot, Tensor yDot) {
        if (!suits(shape, w)) {
            direct.tangent(shape, x, xDot, w, wDot, yDot);
            return;
        }
        Term first = new Term(x, wDot);
        convolve(shape, xDot == null ? List.of(first) : List.of(first, new Term(xDot, w)), yDot);
    }

    @Override
    public void inputGradientTangent(
            ConvolutionShape shape, Tensor dy, Tensor dyDot, Tensor w, Tensor wDot, Tensor dxDot) {
        if (!suits(shape, w)) {
            direct.inputGradientTangent(shape, dy, dyDot, w, wDot, dxDot);
            return;
        }
        backward(shape, List.of(new Term(dyDot, w), new Term(dy, wDot)), dxDot);
    }

    @Override
    public void weightGradientTangent(
            ConvolutionShape shape, Tensor x, Tensor xDot, Tensor dy, Tensor dyDot, Tensor dwDot) {
        if (!suits(shape, dwDot)) {
            direct.weightGradientTangent(shape, x, xDot, dy, dyDot, dwDot);
            return;
        }
        Term first = new Term(x, dyDot);
        correlate(shape, xDot == null ? List.of(first) : List.of(first, new Term(xDot, dy)), dwDot);
    }

    @Override
    public void addBias(Tensor bias, Tensor y) {
        direct.addBias(bias, y);
    }

    @Override
    public void biasGradient(Tensor dy, Tensor out) {
        direct.biasGradient(dy, out);
    }

    /** {@code y = Σ_terms factor · U(images)}. */
    private void convolve(ConvolutionShape shape, List<Term> terms, Tensor y) {
        Strip all = Strip.of(terms.get(0).images(), shape);
        int out = y.dim(1);
        for (int i = 0; i < y.dim(0); i += all.images()) {
            Strip strip = all.with(Math.min(all.images(), y.dim(0) - i));
            Tensor result = strip.isPlain() ? y.rows(i, i + 1) : own().results(out * strip.places());
            float beta = 0;
            for (Term term : terms) {
                Blas.get()
                        .multiplyAtOnce(
                                false,
                                false,
                                out,
                                strip.places(),
                                strip.rows(),
                                term.factor().host().address(),
                                columns(strip, term.images(), i).host().address(),
                                beta,
                                result.host().address());
                beta = 1;
            }
            if (!strip.isPlain()) {
                strip.collect(result.host().floats(), own(), y, i);
            }
        }
    }

    /** The input gradient {@code dx = Σ_terms images ∗ factorᵀ}. */
    private void backward(ConvolutionShape shape, List<Term> terms, Tensor dx) {
        Tensor w = terms.get(0).factor();
        if (w.dim(0) > w.dim(1)) {
            fold(shape, terms, dx);
            return;
        }
        List<Term> turned = new ArrayList<>();
        for (Term term : terms) {
            Tensor memory = turned.isEmpty() ? own().turned(size(w)) : own().turnedToo(size(w));
            turn(term.factor(), w.dim(0), w.dim(1), shape.kernel(), memory);
            turned.add(new Term(term.images(), memory));
        }
        convolve(adjoint(shape), turned, dx);
    }

    /** {@code dx = U*(Σ_terms factorᵀ · images)}. */
    private void fold(ConvolutionShape shape, List<Term> terms, Tensor dx) {
        Strip all = Strip.of(dx, shape);
        for (int i = 0; i < dx.dim(0); i += all.images()) {
            Strip strip = all.with(Math.min(all.images(), dx.dim(0) - i));
            Tensor columns = strip.isPlain() ? dx.rows(i, i + 1) : own().columns(strip.rows() * strip.places());
            float beta = 0;
            for (Term term : terms) {
                Blas.get()
                        .multiplyAtOnce(
                                true,
                                false,
                                strip.rows(),
                                strip.places(),
                                term.images().dim(1),
                                term.factor().host().address(),
                                places(strip, term.images(), i).host().address(),
                                beta,
                                columns.host().address());
                beta = 1;
            }
            if (!strip.isPlain()) {
                strip.fold(columns.host().floats(), own(), dx, i);
            }
        }
    }

    /** {@code dw = Σ_terms Σ_strips factor · U(images)ᵀ}, of images the input and factor the gradient of the output. */
    private void correlate(ConvolutionShape shape, List<Term> terms, Tensor dw) {
        boolean turns = dw.dim(0) < dw.dim(1) && shape.kernel() > 1;
        Tensor sum = turns ? own().turned(size(dw)) : dw;
        float beta = 0;
        for (Term term : terms) {
            Tensor unfolded = turns ? term.factor() : term.images();
            Tensor placed = turns ? term.images() : term.factor();
            Strip all = Strip.of(unfolded, turns ? adjoint(shape) : shape);
            for (int i = 0; i < placed.dim(0); i += all.images()) {
                Strip strip = all.with(Math.min(all.images(), placed.dim(0) - i));
                Blas.get()
                        .multiplyAtOnce(
                                false,
                                true,
                                placed.dim(1),
                                strip.rows(),
                                strip.places(),
                                places(strip, placed, i).host().address(),
                                columns(strip, unfolded, i).host().address(),
                                beta,
                                sum.host().address());
                beta = 1;
            }
        }
        if (turns) {
            turn(sum, dw.dim(1), dw.dim(0), shape.kernel(), dw);
        }
    }

    /** The convolution that is the input gradient of one of stride 1. */
    private static ConvolutionShape adjoint(ConvolutionShape shape) {
        return new ConvolutionShape(shape.kernel(), 1, shape.kernel() - 1 - shape.padding());
    }

    private StripWorkspace own() {
        return workspaces.get();
    }

    private Tensor columns(Strip strip, Tensor images, int first) {
        if (strip.isPlain()) {
            return images.rows(first, first + 1);
        }
        Tensor columns = own().columns(strip.rows() * strip.places());
        strip.unfold(images, first, own(), columns.host().floats());
        return columns;
    }

    private Tensor places(Strip strip, Tensor results, int first) {
        if (strip.isPlain()) {
            return results.rows(first, first + 1);
        }
        Tensor placed = own().results(results.dim(1) * strip.places());
        strip.place(results, first, own(), placed.host().floats());
        return placed;
    }

    /** {@code to [b, a, k²]} = {@code from [a, b, k²]} with kernels turned by half a turn. */
    private static void turn(Tensor from, int a, int b, int kernel, Tensor to) {
        int taps = kernel * kernel;
        float[] values = new float[a * b * taps];
        float[] turned = new float[values.length];
        from.host().floats().get(0, values);
        for (int i = 0; i < a; i++) {
            for (int j = 0; j < b; j++) {
                for (int tap = 0; tap < taps; tap++) {
                    turned[(j * a + i) * taps + taps - 1 - tap] = values[(i * b + j) * taps + tap];
                }
            }
        }
        to.host().floats().put(0, turned);
    }

    private static int size(Tensor w) {
        return Math.toIntExact(w.size());
    }
}
