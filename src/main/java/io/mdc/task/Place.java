package io.mdc.task;

/**
 * Where in the loops of Algorithm 1 something happens.
 *
 * @param outer outer loop t, from 1
 * @param inner inner loop e, from 1
 */
public record Place(int outer, int inner) {

    /** How many inner loops came before, if an outer loop has {@code innerLoops} of them. */
    public long before(int innerLoops) {
        return (long) (outer - 1) * innerLoops + inner - 1;
    }

    /** Whether the next {@code innerLoops} begin with it, if an outer loop is divided so. */
    public boolean begins(int innerLoops) {
        return (inner - 1) % innerLoops == 0;
    }
}
