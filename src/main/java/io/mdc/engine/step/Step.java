package io.mdc.engine.step;

import io.mdc.tensor.Groups;
import io.mdc.tensor.Layout;
import io.mdc.tensor.Slices;
import io.mdc.tensor.Tensor;
import java.util.List;

/**
 * One compiled step of a graph: an operation from input slots to an output slot, with its adjoint and both tangents.
 *
 * <p>A step holds no data: activations come in a frame, weights in a {@link ParameterSet}. Parameters are addressed by
 * their number in the graph. Weights are one set; gradients and directions have a set for each group of samples, of
 * which there are several only on a backend that takes them. Every method overwrites its outputs.
 */
public interface Step {

    /** The parameters of this step, in the order in which the graph numbers them. */
    List<Parameter> parameters();

    /** Whether its output depends on a parameter, by its number in {@link #parameters}. */
    default boolean hasEffect(int parameter) {
        return true;
    }

    /** Running statistics of this step, which are observed instead of learned. */
    default List<Parameter> statistics() {
        return List.of();
    }

    /** Whether a sample's output depends on the other samples of the batch. */
    default boolean couplesSamples() {
        return false;
    }

    /** Multiplications of a forward pass of one sample; 0 for steps that are not products. */
    default long operations() {
        return 0;
    }

    /** The shape of one sample's output, e.g. {@code [C, H, W]}. */
    int[] outputShape();

    /** The order of the output's elements in memory. */
    default Layout outputLayout() {
        return Layout.PLANES;
    }

    /** The shape of state kept from forward to backward for {@code samples} samples; empty for none. */
    default int[] stateShape(int samples) {
        return new int[0];
    }

    /** Elements of what is prepared from this step's parameters; 0 for nothing. */
    default int preparedSize() {
        return 0;
    }

    /** Computes whatever depends on the parameters alone into {@link ParameterSet#prepared}. */
    default void prepare(ParameterSet set, int firstParameter) {}

    /** {@code out = f(in)}, as in training. */
    void forward(View view, ParameterSet weights);

    /** {@code out = f(in)} at test time, by running statistics where there are some. */
    default void infer(View view, ParameterSet weights, ParameterSet statistics) {
        forward(view, weights);
    }

    /** Takes the batch of the last {@link #forward} into the running statistics. */
    default void observe(View view, ParameterSet statistics) {}

    /**
     * Gradients of the inputs and of the parameters, given the gradient of the output; those of the weights of
     * products, which cost as much as those of the inputs, only where the view wants them.
     */
    void backward(View view, ParameterSet weights, ParameterSet gradients);

    /** The tangent of the output, given those of the inputs and the direction of the weights. */
    void tangent(View view, ParameterSet weights, ParameterSet direction);

    /** The tangents of the inputs' gradients and, unless {@code gradientsDot} is null, of the parameters' gradients. */
    void backwardTangent(View view, ParameterSet weights, ParameterSet direction, ParameterSet gradientsDot);

    /** The arrays a step works on, for one chunk of samples. */
    interface View {
        /** Number of the step's first parameter in the graph. */
        int firstParameter();

        /** The step's parameter number {@code i} in a set of weights, gradients or directions; null of null. */
        default Tensor parameter(int i, ParameterSet set) {
            return set == null ? null : set.get(firstParameter() + i);
        }

        /** The step's parameter number {@code i} in each of several sets; null of null. */
        default Slices slices(int i, ParameterSet sets) {
            return sets == null ? null : sets.slices(firstParameter() + i);
        }

        /** What {@link #prepare} made of the step's parameters in a set. */
        default Tensor prepared(ParameterSet set) {
            return set.prepared(firstParameter());
        }

        /** The groups of samples, as many as gradients and directions have sets. */
        Groups groups();

        /** Number of the step's first running statistic in the graph. */
        int firstStatistic();

        /** Input i, {@code [n, …]}. */
        Tensor in(int i);

        /** The output, {@code [n, …]}. */
        Tensor out();

        /** Whether a backward pass is to compute the gradients of the weights of products. */
        boolean wantsWeightGradients();

        /** Where the gradient of input i goes, or null where it is not wanted (images in training). */
        Tensor inGradient(int i);

        /** The gradient of the output. */
        Tensor outGradient();

        /** The tangent of input i, or null where it is 0 (the images do not move). */
        Tensor inTangent(int i);

        /** The tangent of the output. */
        Tensor outTangent();

        /** Where the tangent of the gradient of input i goes. */
        Tensor inGradientTangent(int i);

        /** The tangent of the gradient of the output. */
        Tensor outGradientTangent();

        /** What the step keeps from pass to pass; null if nothing. */
        Tensor state();
    }
}
