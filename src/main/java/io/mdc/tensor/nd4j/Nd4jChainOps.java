package io.mdc.tensor.nd4j;

import static io.mdc.tensor.nd4j.Nd4jArrays.array;
import static io.mdc.tensor.nd4j.Nd4jArrays.matrix;

import io.mdc.tensor.Chain;
import io.mdc.tensor.ChainOps;
import io.mdc.tensor.Tensor;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.ops.transforms.Transforms;

/** {@link ChainOps} by ND4J ops on {@code [planes, pixels]} matrices. */
final class Nd4jChainOps implements ChainOps {

    @Override
    public void forward(Chain chain, Tensor z, Tensor gamma, Tensor beta, Tensor statistics, Tensor y) {
        INDArray planes = planes(z);
        INDArray mean = planes.mean(true, 1);
        INDArray centred = planes.subColumnVector(mean);
        INDArray variance = centred.mul(centred).mean(true, 1);
        INDArray inverse = Transforms.pow(variance.addi(chain.epsilon()), -0.5, false);
        row(statistics, 0).assign(mean.reshape(1, mean.length()));
        row(statistics, 1).assign(inverse.reshape(1, inverse.length()));
        INDArray u = scaleShift(centred.muliColumnVector(inverse), gamma, beta, z);
        if (chain.relu()) {
            u = u.muli(positive(u));
        }
        array(y).assign(pool(chain, z, u).reshape('c', array(y).shape()));
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
        INDArray normed = normed(z, statistics);
        INDArray du = masked(chain, z, normed, gamma, beta, dy);
        array(dBeta).assign(perChannel(du.sum(1), z));
        array(dGamma).assign(perChannel(du.mul(normed).sum(1), z));
        INDArray a = du.muliColumnVector(perPlane(gamma, z));
        INDArray correlation = a.mul(normed).mean(true, 1);
        planes(dz)
                .assign(a.subColumnVector(a.mean(true, 1))
                        .subi(normed.mulColumnVector(correlation))
                        .muliColumnVector(column(statistics, 1)));
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
        INDArray normed = normed(z, statistics);
        INDArray direction = planes(zDot);
        INDArray mean = direction.mean(true, 1);
        INDArray correlation = normed.mul(direction).mean(true, 1);
        row(statistics, 2).assign(mean.reshape(1, mean.length()));
        row(statistics, 3).assign(correlation.reshape(1, correlation.length()));
        INDArray uDot = normedTangent(normed, zDot, statistics).muliColumnVector(perPlane(gamma, z));
        uDot.addi(scaleShift(normed.dup(), gammaDot, betaDot, z));
        if (chain.relu()) {
            uDot.muli(positive(scaleShift(normed.dup(), gamma, beta, z)));
        }
        array(yDot).assign(pool(chain, z, uDot).reshape('c', array(yDot).shape()));
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
        INDArray normed = normed(z, statistics);
        INDArray normedDot = normedTangent(normed, zDot, statistics);
        INDArray du = masked(chain, z, normed, gamma, beta, dy);
        INDArray duDot = masked(chain, z, normed, gamma, beta, dyDot);
        if (dBetaDot != null) {
            array(dBetaDot).assign(perChannel(duDot.sum(1), z));
        }
        if (dGammaDot != null) {
            INDArray moved = duDot.mul(normed).addi(du.mul(normedDot));
            array(dGammaDot).assign(perChannel(moved.sum(1), z));
        }
        if (dzDot == null) {
            return;
        }
        INDArray scale = perPlane(gamma, z);
        INDArray aDot = duDot.muliColumnVector(scale);
        aDot.addi(du.mulColumnVector(perPlane(gammaDot, z)));
        INDArray a = du.muliColumnVector(scale);
        INDArray correlation = a.mul(normed).mean(true, 1);
        INDArray correlationDot =
                aDot.mul(normed).mean(true, 1).addi(a.mul(normedDot).mean(true, 1));
        INDArray inverse = column(statistics, 1);
        INDArray dz = a.subColumnVector(a.mean(true, 1)).subi(normed.mulColumnVector(correlation));
        INDArray inverseDot = inverse.mul(column(statistics, 3)).muli(inverse).negi();
        INDArray moved = aDot.subColumnVector(aDot.mean(true, 1))
                .subi(normedDot.mulColumnVector(correlation))
                .subi(normed.mulColumnVector(correlationDot))
                .muliColumnVector(inverse);
        planes(dzDot).assign(moved.addi(dz.muliColumnVector(inverseDot)));
    }

    private static INDArray planes(Tensor z) {
        return matrix(z, (long) z.dim(0) * z.dim(1));
    }

    private static INDArray row(Tensor statistics, int i) {
        return array(statistics.rows(i, i + 1));
    }

    private static INDArray column(Tensor statistics, int i) {
        INDArray row = row(statistics, i).dup('c');
        return row.reshape('c', row.length(), 1);
    }

    private static INDArray perPlane(Tensor perChannel, Tensor z) {
        return Nd4j.tile(matrix(perChannel, 1), 1, z.dim(0)).reshape('c', (long) z.dim(0) * z.dim(1), 1);
    }

    private static INDArray perChannel(INDArray perPlane, Tensor z) {
        return perPlane.reshape('c', z.dim(0), z.dim(1)).sum(0);
    }

    private static INDArray scaleShift(INDArray normed, Tensor gamma, Tensor beta, Tensor z) {
        return normed.muliColumnVector(perPlane(gamma, z)).addiColumnVector(perPlane(beta, z));
    }

    private static INDArray positive(INDArray u) {
        return u.gt(0).castTo(u.dataType());
    }

    private static INDArray normed(Tensor z, Tensor statistics) {
        return planes(z).subColumnVector(column(statistics, 0)).muliColumnVector(column(statistics, 1));
    }

    /** {@code r(zDot − mean zDot − x̂ mean(x̂ zDot))}. */
    private static INDArray normedTangent(INDArray normed, Tensor zDot, Tensor statistics) {
        return planes(zDot)
                .subColumnVector(column(statistics, 2))
                .subi(normed.mulColumnVector(column(statistics, 3)))
                .muliColumnVector(column(statistics, 1));
    }

    /** {@code relu'(u) · poolᵀ(dy)}. */
    private static INDArray masked(Chain chain, Tensor z, INDArray normed, Tensor gamma, Tensor beta, Tensor dy) {
        INDArray du = unpool(chain, z, dy);
        return chain.relu() ? du.muli(positive(scaleShift(normed.dup(), gamma, beta, z))) : du;
    }

    private static INDArray pool(Chain chain, Tensor z, INDArray u) {
        int k = chain.pool();
        if (k == 1) {
            return u;
        }
        long planes = u.size(0);
        long height = z.dim(2) / k;
        long width = z.dim(3) / k;
        INDArray full = u.reshape('c', planes, z.dim(2), z.dim(3))
                .get(NDArrayIndex.all(), NDArrayIndex.interval(0, height * k), NDArrayIndex.interval(0, width * k))
                .dup('c');
        return full.reshape('c', planes, height, k, width, k).mean(2, 4);
    }

    private static INDArray unpool(Chain chain, Tensor z, Tensor dy) {
        int k = chain.pool();
        INDArray du = Nd4j.create(array(dy).dataType(), planes(z).shape(), 'c');
        if (k == 1) {
            return du.assign(planes(dy));
        }
        long planes = du.size(0);
        long height = dy.dim(2);
        long width = dy.dim(3);
        INDArray small = array(dy).mul(1.0 / (k * k)).reshape('c', planes, height, 1, width, 1);
        INDArray enlarged = Nd4j.tile(small, 1, 1, k, 1, k).reshape('c', planes, height * k, width * k);
        du.reshape('c', planes, z.dim(2), z.dim(3))
                .get(NDArrayIndex.all(), NDArrayIndex.interval(0, height * k), NDArrayIndex.interval(0, width * k))
                .assign(enlarged);
        return du;
    }
}
