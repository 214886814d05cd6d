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
        backward(
                chain,
                z,
                gamma,
                beta,
                statistics,
                dy,
                dz,
                Groups.whole(z.dim(0)),
                Slices.alone(dGamma),
                Slices.alone(dBeta));
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
        Tensor perPlane = sums.get().of(2, planes(z));
        launch(Kernel.CHAIN_BACKWARD, chain, z, z, gamma, beta, statistics, dy, dz, perPlane);
        addUp(z, perPlane, groups, dBeta, dGamma);
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
        Slices gammas = Slices.alone(gammaDot);
        Slices betas = Slices.alone(betaDot);
        tangent(chain, z, gamma, beta, statistics, zDot, Groups.whole(z.dim(0)), gammas, betas, yDot);
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
        backwardTangent(
                chain,
                z,
                gamma,
                beta,
                statistics,
                zDot,
                Groups.whole(z.dim(0)),
                Slices.alone(gammaDot),
                dy,
                dyDot,
                dzDot,
                Slices.alone(dGammaDot),
                Slices.alone(dBetaDot));
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
                Batch.first(gammaDot),
                Batch.stride(gammaDot),
                Batch.of(device, groups).ends(),
                dy,
                dyDot,
                dzDot,
                perPlane);
        addUp(z, perPlane, groups, dBetaDot, dGammaDot);
    }

    /** Sums over the samples of each group, for each channel; each null if not wanted. */
    private void addUp(Tensor z, Tensor perPlane, Groups groups, Slices first, Slices second) {
        if (first == null && second == null) {
            return;
        }
        Batch batch = Batch.of(device, groups);
        device.lane()
                .launch(
                        Kernel.CHANNEL_SUMS,
                        Grid.full(z.dim(1)).times(batch.count(), 2),
                        perPlane,
                        Batch.first(first),
                        Batch.first(second),
                        Batch.stride(first == null ? second : first),
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
