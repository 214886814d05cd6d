package io.mdc.engine.step;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * An array for every parameter of a network: its weights, a gradient, a velocity or a direction.
 *
 * <p>All arrays are views of one flat tensor, so that arithmetic on whole sets is one primitive.
 */
public final class ParameterSet {
    private final List<Parameter> parameters;
    private final Tensor flat;
    private final List<Tensor> arrays = new ArrayList<>();
    private final Tensor[] prepared;

    /** A set of zeros for the given parameters. */
    public ParameterSet(Backend backend, List<Parameter> parameters) {
        this.parameters = List.copyOf(parameters);
        flat = backend.zeros(
                Math.max(1, parameters.stream().mapToInt(Parameter::size).sum()));
        prepared = new Tensor[parameters.size()];
        int start = 0;
        for (Parameter parameter : parameters) {
            arrays.add(flat.rows(start, start + parameter.size()).reshape(parameter.extents()));
            start += parameter.size();
        }
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

    /** All arrays end to end, {@code [Σ sizes]}, sharing memory with them. */
    public Tensor flat() {
        return flat;
    }

    /** The array of parameter number {@code i}. */
    public Tensor get(int i) {
        return arrays.get(i);
    }

    /**
     * The array of the parameter with DL4J's name, e.g. {@code conv0_W}.
     *
     * @throws NoSuchElementException if there is none
     */
    public Tensor get(String name) {
        for (int i = 0; i < parameters.size(); i++) {
            if (parameters.get(i).name().equals(name)) {
                return arrays.get(i);
            }
        }
        throw new NoSuchElementException("no parameter " + name);
    }
}
