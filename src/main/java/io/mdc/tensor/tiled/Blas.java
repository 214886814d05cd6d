package io.mdc.tensor.tiled;

import org.bytedeco.javacpp.FloatPointer;
import org.bytedeco.openblas.global.openblas;

/**
 * Products of row-major float matrices anywhere in native memory, by the OpenBLAS that ND4J brings along.
 *
 * <p>Products are cut into pieces of at most a million multiplications: those OpenBLAS computes, where the processor
 * has AVX-512, without first copying its operands, half as fast again (OpenBLAS 0.3.19, {@code interface/gemm.c} and
 * {@code kernel/x86_64/sgemm_small_kernel_permit_skylakex.c}).
 */
final class Blas {
    private static final int ROW_MAJOR = 101;
    private static final int PLAIN = 111;
    private static final int TRANSPOSED = 112;
    private static final int PIECE = 1_000_000;
    private static final int STEP = 16;

    private static final ThreadLocal<Blas> OWN = ThreadLocal.withInitial(Blas::new);

    private final Address a = new Address();
    private final Address b = new Address();
    private final Address c = new Address();

    private Blas() {}

    /** That of the calling thread. */
    static Blas get() {
        return OWN.get();
    }

    /**
     * {@code c = a · b + beta · c}, a being {@code [m, k]} or, transposed, {@code [k, m]}; addresses in bytes.
     *
     * @param m rows of c
     * @param n columns of b and c
     * @param k columns of a, rows of b
     */
    void multiply(boolean transposeA, int m, int n, int k, long aAt, long bAt, float beta, long cAt) {
        int most = Math.max(STEP, PIECE / n / k / STEP * STEP);
        int pieces = (m + most - 1) / most;
        int rows = (m + pieces - 1) / pieces;
        rows = Math.min(most, (rows + STEP - 1) / STEP * STEP);
        for (int from = 0; from < m; from += rows) {
            int count = Math.min(rows, m - from);
            long first = aAt + Float.BYTES * (transposeA ? (long) from : (long) from * k);
            openblas.cblas_sgemm(
                    ROW_MAJOR,
                    transposeA ? TRANSPOSED : PLAIN,
                    PLAIN,
                    count,
                    n,
                    k,
                    1,
                    a.at(first),
                    transposeA ? m : k,
                    b.at(bAt),
                    n,
                    beta,
                    c.at(cAt + (long) Float.BYTES * from * n),
                    n);
        }
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
