package io.mdc.tensor.blas;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Products of row-major float matrices anywhere in native memory, by the OpenBLAS that ND4J brings along.
 *
 * <p>One such call costs about a microsecond; the same product by way of an ND4J operation some fifty.
 */
public final class Blas {
    private static final int ROW_MAJOR = 101;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;

    /**
     * Multiplications that OpenBLAS makes, where the processor has AVX-512, without first copying its operands, half as
     * fast again (OpenBLAS 0.3.19, {@code interface/gemm.c} and
     * {@code kernel/x86_64/sgemm_small_kernel_permit_skylakex.c}).
     */
    private static final int PIECE = 1_000_000;

    private static final int STEP = 16;

    private static final ThreadLocal<Blas> OWN = ThreadLocal.withInitial(Blas::new);

    private final Address a = new Address();
    private final Address b = new Address();
    private final Address c = new Address();

    private Blas() {}

    /** That of the calling thread. */
    public static Blas get() {
        return OWN.get();
    }

    /**
     * {@code c [m, n] = op(a) · b + beta · c}, a few rows of c at a time; addresses in bytes.
     *
     * @param transposeA whether a is {@code [k, m]} and op the transpose
     * @param m rows of c
     * @param n columns of b and c
     * @param k columns of op(a), rows of b
     */
    public void multiply(boolean transposeA, int m, int n, int k, long aAt, long bAt, float beta, long cAt) {
        multiplyPieces(0, pieces(m, n, k), transposeA, m, n, k, aAt, bAt, beta, cAt);
    }

    /** How many pieces {@link #multiply} makes of c. */
    public static int pieces(int m, int n, int k) {
        int rows = rowsOfPiece(m, n, k);
        return (m + rows - 1) / rows;
    }

    private static int rowsOfPiece(int m, int n, int k) {
        int most = Math.max(STEP, PIECE / n / k / STEP * STEP);
        int pieces = (m + most - 1) / most;
        int rows = (m + pieces - 1) / pieces;
        return Math.min(most, (rows + STEP - 1) / STEP * STEP);
    }

    /** {@link #multiply} of some pieces of c, from one number (inclusive) to another (exclusive). */
    public void multiplyPieces(
            int first, int end, boolean transposeA, int m, int n, int k, long aAt, long bAt, float beta, long cAt) {
        int rows = rowsOfPiece(m, n, k);
        for (int from = first * rows; from < Math.min(m, end * rows); from += rows) {
            sgemm(
                    transposeA,
                    transposeA ? m : k,
                    false,
                    Math.min(rows, m - from),
                    n,
                    k,
                    aAt + Float.BYTES * (transposeA ? (long) from : (long) from * k),
                    bAt,
                    beta,
                    cAt + (long) Float.BYTES * from * n);
        }
    }

    /** {@code c [m, n] = op(a) · op(b) + beta · c} at once, op being the transpose where asked; addresses in bytes. */
    public void multiplyAtOnce(
            boolean transposeA, boolean transposeB, int m, int n, int k, long aAt, long bAt, float beta, long cAt) {
        sgemm(transposeA, transposeA ? m : k, transposeB, m, n, k, aAt, bAt, beta, cAt);
    }

    private void sgemm(
            boolean transposeA,
            int rowOfA,
            boolean transposeB,
            int m,
            int n,
            int k,
            long aAt,
            long bAt,
            float beta,
            long cAt) {
        openblas.cblas_sgemm(
                ROW_MAJOR,
                transposeA ? TRANSPOSED : PLAIN,
                transposeB ? TRANSPOSED : PLAIN,
                m,
                n,
                k,
                1,
                a.at(aAt),
                rowOfA,
                b.at(bAt),
                transposeB ? k : n,
                beta,
                c.at(cAt),
                n);
    }

    /** A pointer that is moved instead of made anew. */
    private static final class Address extends FloatPointer {
        Address() {
            super((org.bytedeco.javacpp.Pointer) null);
        }

        Address at(long bytes) {
            address = bytes;
            return this;
        }
    }
}
