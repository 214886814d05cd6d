package io.mdc.tensor.tiled;

import io.mdc.backend.Backends;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Chain;
import io.mdc.tensor.ChainOps;
import io.mdc.tensor.ConvolutionShape;
import io.mdc.tensor.Layout;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.TiledConvolution;
import io.mdc.tensor.TiledOps;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** A convolution and its chain, direct and tiled, as in the three blocks of a ConvNet of width 128. */
@State(Scope.Thread)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
@Warmup(iterations = 4, time = 1)
@Measurement(iterations = 6, time = 1)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class TiledBenchmark {
    private static final ConvolutionShape SHAPE = new ConvolutionShape(3, 1, 1);
    private static final Chain CHAIN = new Chain(true, 2, 1e-5);

    @Param({"3x32", "128x16", "128x8"})
    private String layer;

    @Param({"8"})
    private int images;

    @Param({"128"})
    private int width;

    private final Backend backend = Backends.host();
    private TiledConvolution tiled;
    private ChainOps tiledChain;
    private Tensor x;
    private Tensor w;
    private Tensor z;
    private Tensor dx;
    private Tensor dw;
    private Tensor prepared;
    private Tensor state;
    private Tensor statistics;
    private Tensor gamma;
    private Tensor beta;
    private Tensor y;
    private Tensor dGamma;
    private Tensor dBeta;
    private Tensor dz;
    private Tensor tiledX;
    private Tensor tiledZ;
    private Tensor tiledDx;
    private Tensor tiledY;
    private Tensor tiledDz;

    /** Fills the arrays with noise. */
    @Setup
    public void prepare() {
        int in = Integer.parseInt(layer.split("x")[0]);
        int size = Integer.parseInt(layer.split("x")[1]);
        TiledOps ops = backend.tiled().orElseThrow();
        int side = ops.side(in, width, size, size, CHAIN);
        Layout input = in == 3 ? Layout.PLANES : Layout.PIXELS;
        tiled = ops.convolution(in, width, size, size, side, input);
        tiledChain = ops.chains(side, Layout.PIXELS);
        x = noise(images, in, size, size);
        w = noise(width, in, 3, 3);
        z = noise(images, width, size, size);
        dz = noise(images, width, size, size);
        dx = backend.zeros(images, in, size, size);
        dw = backend.zeros(width, in, 3, 3);
        prepared = backend.zeros(tiled.preparedSize());
        state = backend.zeros(tiled.stateSize(images));
        statistics = backend.zeros(ChainOps.STATISTICS, images * width);
        gamma = noise(width);
        beta = noise(width);
        dGamma = backend.zeros(width);
        dBeta = backend.zeros(width);
        y = noise(images, width, size / 2, size / 2);
        tiledX = x.as(input);
        tiledDx = dx.as(input);
        tiledZ = z.as(Layout.tiles(side));
        tiledDz = dz.as(Layout.tiles(side));
        tiledY = y.as(Layout.PIXELS);
        tiled.prepare(w, prepared);
        tiled.forward(tiledX, prepared, state, tiledZ);
    }

    private Tensor noise(int... shape) {
        Tensor tensor = backend.zeros(shape);
        SplittableRandom random = new SplittableRandom(1);
        double[] values = new double[(int) tensor.size()];
        java.util.Arrays.setAll(values, i -> random.nextDouble() - 0.5);
        tensor.set(values);
        return tensor;
    }

    /** Transforming the weights. */
    @Benchmark
    public void prepareTiled() {
        tiled.prepare(w, prepared);
    }

    /** ND4J's forward pass, or that of the unfolded images. */
    @Benchmark
    public void forwardDirect() {
        backend.convolutions().forward(SHAPE, x, w, z);
    }

    /** The tiled forward pass. */
    @Benchmark
    public void forwardTiled() {
        tiled.forward(tiledX, prepared, state, tiledZ);
    }

    /** ND4J's adjoints. */
    @Benchmark
    public void backwardDirect() {
        backend.convolutions().gradients(SHAPE, x, w, dz, dx, dw);
    }

    /** The tiled adjoints. */
    @Benchmark
    public void backwardTiled() {
        tiled.backward(prepared, tiledDz, state, tiledDx, dw);
    }

    /** The chain over planes. */
    @Benchmark
    public void chainForwardPlanes() {
        backend.chains().forward(CHAIN, z, gamma, beta, statistics, y);
    }

    /** The chain over tiles. */
    @Benchmark
    public void chainForwardTiled() {
        tiledChain.forward(CHAIN, tiledZ, gamma, beta, statistics, tiledY);
    }

    /** The chain's adjoint over planes. */
    @Benchmark
    public void chainBackwardPlanes() {
        backend.chains().backward(CHAIN, z, gamma, beta, statistics, y, dz, dGamma, dBeta);
    }

    /** The chain's adjoint over tiles. */
    @Benchmark
    public void chainBackwardTiled() {
        tiledChain.backward(CHAIN, tiledZ, gamma, beta, statistics, tiledY, tiledDz, dGamma, dBeta);
    }
}
