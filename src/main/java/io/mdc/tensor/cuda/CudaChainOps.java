package io.mdc.tensor.cuda;

import io.mdc.tensor.Allocator;
import io.mdc.tensor.Chain;
import io.mdc.tensor.ChainOps;
import io.mdc.tensor.Groups;
import io.mdc.tensor.Room;
import io.mdc.tensor.Slices;
import io.mdc.tensor.Tensor;

/** {@link ChainOps} by kernels, a block of threads for each plane. */
final class CudaChainOps implements ChainOps {
    private final Device device;
    private final ThreadLocal<Room> sums;

    CudaChainOps(Device device, Allocator memory) {
        this.device = device;
        sums = ThreadLocal.withInitial(() -> new Room(memory));
    }

    @Override
    public void forward(Chain chain, Tensor z, Tensor gamma, Tensor beta, Tensor statistics, Tensor y) {
        launch(Kernel.CHAIN_FORWARD, chain, z, z, gamma, beta, statistics, y, chain.epsilon());
    }

    @Override
    public void backward(
            Chain chain,
            Tensor z,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor dy,
            Tensor dz,
            Tensor dGamma,
            Tensor dBeta) {
        Tensor perPlane = backward(chain, z, gamma, beta, statistics, dy, dz);
        addUp(z, perPlane, Batch.whole(z.dim(0)), dBeta, dGamma, 0);
    }

    @Override
    public void backward(
            Chain chain,
            Tensor z,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor dy,
            Tensor dz,
            Groups groups,
            Slices dGamma,
            Slices dBeta) {
        Tensor perPlane = backward(chain, z, gamma, beta, statistics, dy, dz);
        addUp(z, perPlane, Batch.of(device, groups), Batch.first(dBeta), Batch.first(dGamma), Batch.stride(dGamma));
    }

    private Tensor backward(Chain chain, Tensor z, Tensor gamma, Tensor beta, Tensor statistics, Tensor dy, Tensor dz) {
        Tensor perPlane = sums.get().of(2, planes(z));
        launch(Kernel.CHAIN_BACKWARD, chain, z, z, gamma, beta, statistics, dy, dz, perPlane);
        return perPlane;
    }

    @Override
    public void tangent(
            Chain chain,
            Tensor z,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor zDot,
            Tensor gammaDot,
            Tensor betaDot,
            Tensor yDot) {
        launch(Kernel.CHAIN_TANGENT, chain, z, z, gamma, beta, statistics, zDot, gammaDot, betaDot, 0L, null, yDot);
    }

    @Override
    public void tangent(
            Chain chain,
            Tensor z,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor zDot,
            Groups groups,
            Slices gammaDot,
            Slices betaDot,
            Tensor yDot) {
        launch(
                Kernel.CHAIN_TANGENT,
                chain,
                z,
                z,
                gamma,
                beta,
                statistics,
                zDot,
                Batch.first(gammaDot),
                Batch.first(betaDot),
                Batch.stride(gammaDot),
                Batch.of(device, groups).ends(),
                yDot);
    }

    @Override
    public void backwardTangent(
            Chain chain,
            Tensor z,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor zDot,
            Tensor gammaDot,
            Tensor dy,
            Tensor dyDot,
            Tensor dzDot,
            Tensor dGammaDot,
            Tensor dBetaDot) {
        Tensor perPlane = backwardTangent(chain, z, gamma, beta, statistics, zDot, gammaDot, 0, null, dy, dyDot, dzDot);
        addUp(z, perPlane, Batch.whole(z.dim(0)), dBetaDot, dGammaDot, 0);
    }

    @Override
    public void backwardTangent(
            Chain chain,
            Tensor z,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor zDot,
            Groups groups,
            Slices gammaDot,
            Tensor dy,
            Tensor dyDot,
            Tensor dzDot,
            Slices dGammaDot,
            Slices dBetaDot) {
        Batch batch = Batch.of(device, groups);
        Tensor perPlane = backwardTangent(
                chain,
                z,
                gamma,
                beta,
                statistics,
                zDot,
                Batch.first(gammaDot),
                Batch.stride(gammaDot),
                batch.ends(),
                dy,
                dyDot,
                dzDot);
        addUp(z, perPlane, batch, Batch.first(dBetaDot), Batch.first(dGammaDot), Batch.stride(dGammaDot));
    }

    private Tensor backwardTangent(
            Chain chain,
            Tensor z,
            Tensor gamma,
            Tensor beta,
            Tensor statistics,
            Tensor zDot,
            Tensor gammaDot,
            long stride,
            Long ends,
            Tensor dy,
            Tensor dyDot,
            Tensor dzDot) {
        Tensor perPlane = sums.get().of(2, planes(z));
        launch(
                Kernel.CHAIN_BACKWARD_TANGENT,
                chain,
                z,
                z,
                gamma,
                beta,
                statistics,
                zDot,
                gammaDot,
                stride,
                ends,
                dy,
                dyDot,
                dzDot,
                perPlane);
        return perPlane;
    }

    /** Sums over the samples of each group, for each channel; each null if not wanted. */
    private void addUp(Tensor z, Tensor perPlane, Batch batch, Tensor first, Tensor second, long stride) {
        if (first == null && second == null) {
            return;
        }
        device.lane()
                .launch(
                        Kernel.CHANNEL_SUMS,
                        Grid.full(z.dim(1)).times(batch.count(), 2),
                        perPlane,
                        first,
                        second,
                        stride,
                        batch.ends(),
                        z.dim(0),
                        z.dim(1));
    }

    /** A block for each plane of z, of which kernels get the sizes behind arguments of their own. */
    private void launch(Kernel kernel, Chain chain, Tensor z, Object... own) {
        device.lane()
                .launch(
                        kernel,
                        Grid.blocks(planes(z), (long) z.dim(2) * z.dim(3)),
                        Lane.joined(own, chain.relu(), chain.pool(), planes(z), z.dim(1), z.dim(2), z.dim(3)));
    }

    private static int planes(Tensor z) {
        return z.dim(0) * z.dim(1);
    }
}
