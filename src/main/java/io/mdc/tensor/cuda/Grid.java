package io.mdc.tensor.cuda;

/**
 * How many threads a kernel is given.
 *
 * @param x blocks along the first axis
 * @param y blocks along the second
 * @param z blocks along the third
 * @param threads of a block
 */
record Grid(int x, int y, int z, int threads) {
    private static final int THREADS = 256;
    private static final int FEWEST = 32;
    private static final int MOST_BLOCKS = 1 << 16;

    /** Elements that a thread does, one after the other. */
    private static final int EACH = 4;

    /** Side of the tiles of a product that is not wider; narrower ones have tiles as wide as the product. */
    private static final int SIDE = 64;

    /** Side of the tiles of wider products. */
    private static final int LARGE_SIDE = 128;

    /** Threads that together do {@code size} elements, each some in turn if they are many. */
    static Grid each(long size) {
        return new Grid((int) Math.min(MOST_BLOCKS, parts(size, (long) THREADS * EACH)), 1, 1, THREADS);
    }

    /** A block for each of {@code blocks} things of {@code size} elements; a power of two of threads, for sums. */
    static Grid blocks(int blocks, long size) {
        int threads = FEWEST;
        while (threads < THREADS && threads < size) {
            threads *= 2;
        }
        return new Grid(blocks, 1, 1, threads);
    }

    /** A block for each tile of a product, {@code parts} times; {@code product.h} has the same rule. */
    static Grid product(int rows, int columns, int parts) {
        int side = columns > SIDE ? LARGE_SIDE : SIDE;
        return new Grid((int) parts(rows, side), (int) parts(columns, side), parts, THREADS);
    }

    /**
     * A block of as many threads as there can be for each of {@code blocks} sums, whose order does not depend on their
     * length.
     */
    static Grid full(int blocks) {
        return new Grid(blocks, 1, 1, THREADS);
    }

    /** As many times as there are groups, along the second axis, and {@code third} times along the third. */
    Grid times(int second, int third) {
        return new Grid(x, second, third, threads);
    }

    /** How many parts of {@code most} elements cover {@code size}. */
    static long parts(long size, long most) {
        return (size + most - 1) / most;
    }
}
