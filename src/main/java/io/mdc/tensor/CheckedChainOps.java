package io.mdc.tensor;

import static io.mdc.tensor.Operands.elements;
import static io.mdc.tensor.Operands.images;
import static io.mdc.tensor.Operands.like;
import static io.mdc.tensor.Operands.matrix;

/**
 * {@link ChainOps} that refuses operands that do not fit together.
 *
 * @param before the layout of z
 * @param behind the layout of y
 */
record CheckedChainOps(ChainOps ops, Layout before, Layout behind) implements ChainOps {

    private void check(Chain chain, Tensor z, Tensor gamma, Tensor beta, Tensor statistics, String name, Tensor y) {
        images("z", z, before);
        int n = z.dim(0);
        int channels = z.dim(1);
        elements("gamma", gamma, channels);
        elements("beta", beta, channels);
        matrix("statistics", statistics, STATISTICS, n * channels);
        images(name, y, behind, n, channels, z.dim(2) / chain.pool(), z.dim(3) / chain.pool());
    }

    private static void optional(String name, Tensor x, int size) {
        if (x != null) {
            elements(name, x, size);
        }
    }

    @Override
    public void forward(Chain chain, Tensor z, Tensor gamma, Tensor beta, Tensor statistics, Tensor y) {
        check(chain, z, gamma, beta, statistics, "y", y);
        ops.forward(chain, z, gamma, beta, statistics, y);
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
        check(chain, z, gamma, beta, statistics, "dy", dy);
        like("dz", dz, z);
        elements("dGamma", dGamma, z.dim(1));
        elements("dBeta", dBeta, z.dim(1));
        ops.backward(chain, z, gamma, beta, statistics, dy, dz, dGamma, dBeta);
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
        check(chain, z, gamma, beta, statistics, "yDot", yDot);
        like("zDot", zDot, z);
        elements("gammaDot", gammaDot, z.dim(1));
        elements("betaDot", betaDot, z.dim(1));
        ops.tangent(chain, z, gamma, beta, statistics, zDot, gammaDot, betaDot, yDot);
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
        check(chain, z, gamma, beta, statistics, "dy", dy);
        like("zDot", zDot, z);
        elements("gammaDot", gammaDot, z.dim(1));
        like("dyDot", dyDot, dy);
        if (dzDot != null) {
            like("dzDot", dzDot, z);
        }
        optional("dGammaDot", dGammaDot, z.dim(1));
        optional("dBetaDot", dBetaDot, z.dim(1));
        ops.backwardTangent(chain, z, gamma, beta, statistics, zDot, gammaDot, dy, dyDot, dzDot, dGammaDot, dBetaDot);
    }

    private static void checkGroups(Groups groups, Tensor z, String name, Slices slices) {
        if (slices != null) {
            Operands.groups(groups, z.dim(0));
            Operands.slices(name, slices, groups, z.dim(1));
        }
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
        check(chain, z, gamma, beta, statistics, "dy", dy);
        like("dz", dz, z);
        checkGroups(groups, z, "dGamma", dGamma);
        checkGroups(groups, z, "dBeta", dBeta);
        ops.backward(chain, z, gamma, beta, statistics, dy, dz, groups, dGamma, dBeta);
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
        check(chain, z, gamma, beta, statistics, "yDot", yDot);
        like("zDot", zDot, z);
        checkGroups(groups, z, "gammaDot", gammaDot);
        checkGroups(groups, z, "betaDot", betaDot);
        ops.tangent(chain, z, gamma, beta, statistics, zDot, groups, gammaDot, betaDot, yDot);
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
        check(chain, z, gamma, beta, statistics, "dy", dy);
        like("zDot", zDot, z);
        like("dyDot", dyDot, dy);
        if (dzDot != null) {
            like("dzDot", dzDot, z);
        }
        checkGroups(groups, z, "gammaDot", gammaDot);
        checkGroups(groups, z, "dGammaDot", dGammaDot);
        checkGroups(groups, z, "dBetaDot", dBetaDot);
        ops.backwardTangent(
                chain, z, gamma, beta, statistics, zDot, groups, gammaDot, dy, dyDot, dzDot, dGammaDot, dBetaDot);
    }
}
