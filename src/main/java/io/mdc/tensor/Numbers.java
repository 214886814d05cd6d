package io.mdc.tensor;

import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Numbers that a primitive computed. On a device they may still be there: the first that is asked for brings over all
 * that are under way, so that whoever asks late waits once.
 */
public interface Numbers {

    /** The numbers, once they are known; the caller owns the copy. */
    double[] get();

    /** The first of them. */
    default double first() {
        return get()[0];
    }

    /** Numbers that are known. */
    static Numbers of(double... values) {
        return values::clone;
    }

    /** The sum of the firsts of several, in their order. */
    static double sum(List<Numbers> several) {
        double sum = 0;
        for (Numbers numbers : several) {
            sum += numbers.first();
        }
        return sum;
    }

    /** What a function makes of them, when they are asked for. */
    default Numbers then(UnaryOperator<double[]> function) {
        return () -> function.apply(get());
    }
}
