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
 * @param sharing what it has in common with other tasks of the same data and runner
 * @param networks where networks that are trained before the run come from
 */
public record CondenseTask(
        CondenseConfig config, Dataset data, ChunkedGraph runner, Sharing sharing, NetworkCache networks) {

    /** A task without networks that were trained before. */
    public CondenseTask(CondenseConfig config, Dataset data, ChunkedGraph runner, Sharing sharing) {
        this(config, data, runner, sharing, NetworkCache.untrained());
    }

    /** A task that shares nothing with others. */
    public CondenseTask(CondenseConfig config, Dataset data, ChunkedGraph runner) {
        this(config, data, runner, new Sharing());
    }

    /** Where all arrays live. */
    Backend backend() {
        return runner.graph().backend();
    }
}
