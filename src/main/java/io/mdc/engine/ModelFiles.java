package io.mdc.engine;

import io.mdc.base.AtomicFiles;
import io.mdc.engine.step.Parameter;
import io.mdc.engine.step.ParameterSet;
import io.mdc.tensor.nd4j.Nd4jArrays;
import java.io.IOException;
import java.nio.file.Path;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.util.ModelSerializer;

/** Writes trained networks as DL4J model files, which {@code ComputationGraph.load} opens. */
public final class ModelFiles {
    private ModelFiles() {}

    /**
     * Writes a network; the file appears complete or not at all.
     *
     * @param configuration what the engine ran
     * @param weights its learned parameters, read only
     * @param running its running statistics, read only
     * @param file ending in {@code .zip}; its folder exists
     * @throws IOException if it cannot be written
     */
    public static void write(
            ComputationGraphConfiguration configuration, ParameterSet weights, ParameterSet running, Path file)
            throws IOException {
        ComputationGraph graph = new ComputationGraph(configuration.clone());
        graph.init();
        copy(weights, graph);
        copy(running, graph);
        AtomicFiles.write(file, out -> ModelSerializer.writeModel(graph, out, false));
    }

    private static void copy(ParameterSet from, ComputationGraph graph) {
        for (Parameter parameter : from.parameters()) {
            Nd4jArrays.copy(from.get(parameter.name()), graph.getParam(parameter.name()));
        }
    }
}
