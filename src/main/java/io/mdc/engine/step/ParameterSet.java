package io.mdc.engine.step;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Slices;
import io.mdc.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * An array for every parameter of a network: its weights, a gradient, a velocity or a direction; or several such sets,
 * one for each of some groups of samples.
 *
 * <p>All arrays of a set are views of one row of a matrix, so that arithmetic on whole sets is one primitive.
 */
public final class ParameterSet {
    private final List<Parameter> parameters;
    private final Tensor sets;
    private final Tensor flat;
    private final List<Slices> arrays = new ArrayList<>();
    private final Tensor[] prepared;

    /** A set of zeros for the given parameters. */
    public ParameterSet(Backend backend, List<Parameter> parameters) {
        this(backend, parameters, 1);
    }

    /** Sets of zeros for the given parameters. */
    public ParameterSet(Backend backend, List<Parameter> parameters, int count) {
        this(
                parameters,
                backend.zeros(
                        count,
                        Math.max(
                                1, parameters.stream().mapToInt(Parameter::size).sum())));
    }

    private ParameterSet(List<Parameter> parameters, Tensor sets) {
        this.parameters = List.copyOf(parameters);
        this.sets = sets;
        flat = sets.reshape(Math.toIntExact(sets.size()));
        prepared = new Tensor[parameters.size()];
        int start = 0;
        for (Parameter parameter : parameters) {
            arrays.add(new Slices(sets, start, parameter.extents()));
            start += parameter.size();
        }
    }

    /** The number of sets. */
    public int count() {
        return sets.dim(0);
    }

    /** Some of the sets, as views. */
    public ParameterSet sets(int from, int to) {
        return from == 0 && to == count() ? this : new ParameterSet(parameters, sets.rows(from, to));
    }

    /** All sets, each a row {@code [count, Σ sizes]}, sharing memory with the arrays. */
    public Tensor rows() {
        return sets;
    }

    /** What a step has prepared from its parameters, the first of which has number {@code i}. */
    Tensor prepared(int i) {
        return prepared[i];
    }

    /** Room for {@code size} prepared elements, made once. */
    public void prepareRoom(Backend backend, int i, int size) {
        if (prepared[i] == null) {
            prepared[i] = backend.zeros(size);
        }
    }

    /** What the arrays are, in order. */
    public List<Parameter> parameters() {
        return parameters;
    }

    /** All arrays end to end, {@code [Σ sizes]} for one set, sharing memory with them. */
    public Tensor flat() {
        return flat;
    }

    /** Whether all numbers are finite. */
    public boolean isFinite() {
        for (float value : flat.toFloats()) {
            if (!Float.isFinite(value)) {
                return false;
            }
        }
        return true;
    }

    /** The arrays of parameter number {@code i}, one in each set. */
    public Slices slices(int i) {
        return arrays.get(i);
    }

    /**
     * The array of parameter number {@code i}.
     *
     * @throws IllegalStateException if there are several sets
     */
    public Tensor get(int i) {
        if (count() > 1) {
            throw new IllegalStateException("one of " + count() + " sets of parameters");
        }
        return arrays.get(i).of(0);
    }

    /**
     * The array of the parameter with DL4J's name, e.g. {@code conv0_W}.
     *
     * @throws NoSuchElementException if there is none
     */
    public Tensor get(String name) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(name)) {
                return get(i);
            }
        }
        throw new NoSuchElementException("no parameter " + name);
    }
}
