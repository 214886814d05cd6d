package io.mdc.tensor;

import io.mdc.testing.TestBackends;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** A call of every primitive that takes several tensors. */
final class PrimitiveCalls {
    static final int[] BATCH = {2, 3, 4, 4};
    private static final int[] HALVED = {2, 3, 2, 2};
    private static final int[] CHANNELS = {3};
    private static final Chain CHAIN = new Chain(true, 2, 1e-5);
    private static final Window WINDOW = new Window(2, 2, 0);
    private static final Warp[] WARPS = {Warp.enlargeTile(4, 4, 0, 0, 2, 2, 0.5, 6, 6)};

    private PrimitiveCalls() {}

    /** What matters about an operand. */
    enum Matters {
        SHAPE,
        SIZE,
        /** The second dimension. */
        CHANNELS
    }

    /** An operand as a call needs it. */
    record Operand(Layout layout, Matters matters, int... shape) {
        Tensor make(Backend backend) {
            return backend.zeros(shape).as(layout);
        }

        /** Tensors that differ from it in one respect each. */
        List<Tensor> wrong(Backend backend) {
            List<Tensor> wrong = new ArrayList<>();
            for (int i = 0; i < shape.length; i++) {
                if (matters != Matters.CHANNELS || i == 1) {
                    int[] other = shape.clone();
                    // whole tiles and pooling windows more
                    other[i] += i > 1 ? Math.max(2, layout.side()) : 1;
                    wrong.add(backend.zeros(other).as(layout));
                }
            }
            if (shape.length == 4) {
                Stream.of(Layout.values())
                        .filter(other -> other != layout && (other.side() == 0 || shape[2] % other.side() == 0))
                        .forEach(other -> wrong.add(backend.zeros(shape).as(other)));
            }
            if (matters == Matters.SHAPE) {
                wrong.add(backend.zeros(Math.toIntExact(Tensor.elements(shape))));
            }
            return wrong;
        }
    }

    private static Operand planes(int... shape) {
        return new Operand(Layout.PLANES, Matters.SHAPE, shape);
    }

    private static Operand elements(int... shape) {
        return new Operand(Layout.PLANES, Matters.SIZE, shape);
    }

    private static Operand anyOf(int... shape) {
        return new Operand(Layout.PLANES, Matters.CHANNELS, shape);
    }

    /** A primitive and its operands. */
    record Call(BiConsumer<Backend, Tensor[]> run, Operand... operands) {}

    private static Named<Call> call(String name, BiConsumer<Backend, Tensor[]> run, Operand... operands) {
        return Named.of(name, new Call(run, operands));
    }

    static Stream<Named<Call>> ofEveryBackend() {
        Operand x = planes(BATCH);
        Operand some = elements(BATCH);
        Operand c = elements(CHANNELS);
        Operand w = planes(5, 3, 3, 3);
        Operand y = planes(2, 5, 4, 4);
        Operand half = planes(HALVED);
        Operand matrix = planes(2, 7);
        ConvolutionShape k = new ConvolutionShape(3, 1, 1);
        Operand stats = planes(ChainOps.STATISTICS, 6);
        Operand moments = planes(BatchNormOps.STATISTICS, 3);
        double[] two = {1, 2};
        return Stream.of(
                call("copy", (b, t) -> b.vectors().copy(t[0], t[1]), some, some),
                call("addScaled", (b, t) -> b.vectors().addScaled(2, t[0], t[1]), some, some),
                call("subtract", (b, t) -> b.vectors().subtract(t[0], t[1], t[2]), some, some, some),
                call("sign", (b, t) -> b.vectors().sign(t[0], t[1]), some, some),
                call("momentumStep", (b, t) -> b.vectors().momentumStep(t[0], t[1], t[2], 1, 1, 1), some, some, some),
                call(
                        "multiply",
                        (b, t) -> b.matrices().multiply(t[0], true, t[1], false, 0, t[2]),
                        elements(2, 7),
                        elements(2, 5),
                        elements(7, 5)),
                call("addToRows", (b, t) -> b.matrices().addToRows(t[0], t[1]), elements(7), anyOf(2, 7)),
                call("columnSums", (b, t) -> b.matrices().columnSums(t[0], t[1]), anyOf(2, 7), elements(7)),
                call("rowDots", (b, t) -> b.matrices().rowDots(t[0], t[1]), elements(2, 7), elements(2, 7)),
                call(
                        "combineRows",
                        (b, t) -> b.matrices().combineRows(two, t[0], two, t[1], t[2]),
                        elements(2, 7),
                        elements(2, 7),
                        elements(2, 7)),
                call(
                        "softmaxLoss",
                        (b, t) -> b.matrices().softmaxLoss(t[0], t[1], 1, t[2], t[3]),
                        matrix,
                        matrix,
                        matrix,
                        matrix),
                call(
                        "softmaxLossTangent",
                        (b, t) -> b.matrices().softmaxLossTangent(t[0], t[1], 1, t[2]),
                        matrix,
                        matrix,
                        matrix),
                call("convolution", (b, t) -> b.convolutions().forward(k, t[0], t[1], t[2]), x, w, y),
                call("inputGradient", (b, t) -> b.convolutions().inputGradient(k, t[0], t[1], t[2]), y, w, x),
                call("gradients", (b, t) -> b.convolutions().gradients(k, t[0], t[1], t[2], t[3], t[4]), x, w, y, x, w),
                call("tangent", (b, t) -> b.convolutions().tangent(k, t[0], t[1], t[2], t[3], t[4]), x, x, w, w, y),
                call(
                        "inputGradientTangent",
                        (b, t) -> b.convolutions().inputGradientTangent(k, t[0], t[1], t[2], t[3], t[4]),
                        y,
                        y,
                        w,
                        w,
                        x),
                call(
                        "weightGradientTangent",
                        (b, t) -> b.convolutions().weightGradientTangent(k, t[0], t[1], t[2], t[3], t[4]),
                        x,
                        x,
                        y,
                        y,
                        w),
                call("addBias", (b, t) -> b.convolutions().addBias(t[0], t[1]), c, anyOf(BATCH)),
                call("biasGradient", (b, t) -> b.convolutions().biasGradient(t[0], t[1]), anyOf(BATCH), c),
                call("chain", (b, t) -> b.chains().forward(CHAIN, t[0], t[1], t[2], t[3], t[4]), x, c, c, stats, half),
                call(
                        "chain backward",
                        (b, t) -> b.chains().backward(CHAIN, t[0], t[1], t[2], t[3], t[4], t[5], t[6], t[7]),
                        x,
                        c,
                        c,
                        stats,
                        half,
                        x,
                        c,
                        c),
                call(
                        "chain tangent",
                        (b, t) -> b.chains().tangent(CHAIN, t[0], t[1], t[2], t[3], t[4], t[5], t[6], t[7]),
                        x,
                        c,
                        c,
                        stats,
                        x,
                        c,
                        c,
                        half),
                call(
                        "chain backwardTangent",
                        (b, t) -> b.chains()
                                .backwardTangent(
                                        CHAIN, t[0], t[1], t[2], t[3], t[4], t[5], t[6], t[7], t[8], t[9], t[10]),
                        x,
                        c,
                        c,
                        stats,
                        x,
                        c,
                        half,
                        half,
                        x,
                        c,
                        c),
                call("relu", (b, t) -> b.planes().relu(t[0], t[1]), some, some),
                call("gate", (b, t) -> b.planes().gate(t[0], t[1], t[2]), some, some, some),
                call("averagePool", (b, t) -> b.planes().averagePool(WINDOW, t[0], t[1]), x, half),
                call("averagePoolAdjoint", (b, t) -> b.planes().averagePoolAdjoint(WINDOW, t[0], t[1]), half, x),
                call("maximumPool", (b, t) -> b.planes().maximumPool(WINDOW, t[0], t[1], t[2]), x, half, half),
                call(
                        "maximumPoolAdjoint",
                        (b, t) -> b.planes().maximumPoolAdjoint(WINDOW, t[0], t[1], t[2]),
                        half,
                        half,
                        x),
                call(
                        "maximumPoolTangent",
                        (b, t) -> b.planes().maximumPoolTangent(WINDOW, t[0], t[1], t[2]),
                        x,
                        half,
                        half),
                call(
                        "batchNorm",
                        (b, t) -> b.batchNorms().forward(1e-5, true, t[0], t[1], t[2], t[3], t[4]),
                        x,
                        c,
                        c,
                        moments,
                        x),
                call(
                        "batchNorm infer",
                        (b, t) -> b.batchNorms().infer(1e-5, true, t[0], t[1], t[2], t[3], t[4], t[5]),
                        x,
                        c,
                        c,
                        c,
                        c,
                        x),
                call(
                        "batchNorm backward",
                        (b, t) -> b.batchNorms().backward(true, t[0], t[1], t[2], t[3], t[4], t[5], t[6], t[7]),
                        x,
                        c,
                        c,
                        moments,
                        x,
                        x,
                        c,
                        c),
                call("warp", (b, t) -> b.images().warp(t[0], null, WARPS, t[1]), x, planes(2, 3, 6, 6)),
                call("warpAdjoint", (b, t) -> b.images().warpAdjoint(t[0], null, WARPS, t[1]), planes(2, 3, 6, 6), x));
    }

    static Stream<Named<Call>> tiled() {
        return Stream.of(2, 4).flatMap(side -> {
            Operand z = new Operand(Layout.tiles(side), Matters.SHAPE, 2, 16, 4, 4);
            Operand x = new Operand(Layout.PIXELS, Matters.SHAPE, BATCH);
            Operand w = planes(16, 3, 3, 3);
            Operand half = new Operand(Layout.PIXELS, Matters.SHAPE, 2, 16, 2, 2);
            Operand c = elements(16);
            Operand stats = planes(ChainOps.STATISTICS, 32);
            TiledConvolution any = convolution(TestBackends.HOST, side);
            TiledConvolution winograd = convolution(TestBackends.WINOGRAD, side);
            return Stream.of(any, winograd).flatMap(conv -> {
                Operand state = elements(conv.stateSize(2));
                Operand prepared = elements(conv.preparedSize());
                return Stream.of(
                        call("prepare", (b, t) -> conv.prepare(t[0], t[1]), w, prepared),
                        call("forward", (b, t) -> conv.forward(t[0], t[1], t[2], t[3]), x, prepared, state, z),
                        call(
                                "backward",
                                (b, t) -> conv.backward(t[0], t[1], t[2], t[3], t[4]),
                                prepared,
                                z,
                                state,
                                x,
                                w),
                        call(
                                "tangent",
                                (b, t) -> conv.tangent(t[0], t[1], t[2], t[3], t[4]),
                                x,
                                prepared,
                                prepared,
                                state,
                                z),
                        call(
                                "backwardTangent",
                                (b, t) -> conv.backwardTangent(t[0], t[1], t[2], t[3], t[4], t[5], t[6], t[7]),
                                prepared,
                                prepared,
                                x,
                                z,
                                z,
                                state,
                                x,
                                w),
                        call(
                                "chain",
                                (b, t) -> chains(b, side).forward(CHAIN, t[0], t[1], t[2], t[3], t[4]),
                                z,
                                c,
                                c,
                                stats,
                                half),
                        call(
                                "chain backward",
                                (b, t) ->
                                        chains(b, side).backward(CHAIN, t[0], t[1], t[2], t[3], t[4], t[5], t[6], t[7]),
                                z,
                                c,
                                c,
                                stats,
                                half,
                                z,
                                c,
                                c));
            });
        });
    }

    private static TiledConvolution convolution(Backend backend, int side) {
        return backend.tiled().orElseThrow().convolution(3, 16, 4, 4, side, Layout.PIXELS);
    }

    private static ChainOps chains(Backend backend, int side) {
        return backend.tiled().orElseThrow().chains(side, Layout.PIXELS);
    }
}
