package io.mdc.condense;

import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.tensor.Backend;

/**
 * What is condensed, how, and with what.
 *
 * @param config settings
 * @param data real images
 * @param runner runs the network
 */
public record CondenseTask(CondenseConfig config, Dataset data, ChunkedGraph runner) {

    /** Where all arrays live. */
    Backend backend() {
        return runner.graph().backend();
    }
}
