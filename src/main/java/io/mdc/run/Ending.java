package io.mdc.run;

import java.util.function.Function;

/**
 * How work that can be interrupted has ended.
 *
 * @param <T> what it gives
 */
public sealed interface Ending<T> {
    /** That of an interrupted command which may be given again. */
    static <T> Interrupted<T> again() {
        return new Interrupted<>("interrupted; the same command goes on with what is left");
    }

    /** The same ending, with what finished work gave turned into something else. */
    <R> Ending<R> map(Function<T, R> function);

    /**
     * It reached its end.
     *
     * @param result what it gave
     */
    record Finished<T>(T result) implements Ending<T> {
        @Override
        public <R> Ending<R> map(Function<T, R> function) {
            return new Finished<>(function.apply(result));
        }
    }

    /**
     * It was asked to stop, and what it had reached is saved.
     *
     * @param advice one line: how to go on
     */
    record Interrupted<T>(String advice) implements Ending<T> {
        @Override
        public <R> Ending<R> map(Function<T, R> function) {
            return new Interrupted<>(advice);
        }
    }
}
