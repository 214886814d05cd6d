package io.mdc.tensor.cuda;

import io.mdc.tensor.Allocator;
import io.mdc.tensor.Chain;
import io.mdc.tensor.ChainOps;
import io.mdc.tensor.Room;
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
        Tensor perPlane = sums.get().of(2, planes(z));
        launch(Kernel.CHAIN_BACKWARD, chain, z, z, gamma, beta, statistics, dy, dz, perPlane);
        addUp(z, perPlane, dBeta, dGamma);
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
        launch(Kernel.CHAIN_TANGENT, chain, z, z, gamma, beta, statistics, zDot, gammaDot, betaDot, yDot);
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
                dy,
                dyDot,
                dzDot,
                perPlane);
        addUp(z, perPlane, dBetaDot, dGammaDot);
    }

    /** Sums over samples, for each channel; each null if not wanted. */
    private void addUp(Tensor z, Tensor perPlane, Tensor first, Tensor second) {
        Grid grid = Grid.blocks(z.dim(1), z.dim(0));
        if (first != null) {
            device.lane().launch(Kernel.CHANNEL_SUMS, grid, perPlane.rows(0, 1), first, z.dim(0), z.dim(1));
        }
        if (second != null) {
            device.lane().launch(Kernel.CHANNEL_SUMS, grid, perPlane.rows(1, 2), second, z.dim(0), z.dim(1));
        }
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
