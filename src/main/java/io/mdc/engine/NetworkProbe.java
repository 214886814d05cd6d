package io.mdc.engine;

import io.mdc.engine.step.ParameterSet;
import io.mdc.tensor.Tensor;

/**
 * Everything a graph computes for one batch in one piece, for checks and tests.
 *
 * @param logits {@code [n, classes]}
 * @param loss mean cross-entropy
 * @param gradients of the mean loss with respect to the parameters
 * @param inputGradient of the mean loss with respect to the images, {@code [n, C, H, W]}
 */
public record NetworkProbe(Tensor logits, double loss, ParameterSet gradients, Tensor inputGradient) {

    /** Runs the graph forward and backward on {@code images [n, C, H, W]} with {@code targets [n, classes]}. */
    public static NetworkProbe run(DifferentiableGraph graph, ParameterSet weights, Tensor images, Tensor targets) {
        int n = images.dim(0);
        Frame frame = graph.newFrame(n);
        frame.wantImageGradient(true);
        graph.backend().vectors().copy(images, frame.value(0));
        graph.prepare(weights);
        graph.forward(frame, weights, Site.LOGITS);
        ParameterSet gradients = graph.newParameters();
        Tensor probabilities = graph.backend().zeros(n, graph.classes());
        double loss = graph.backward(frame, weights, new CrossEntropy(targets, 1.0 / n, probabilities), gradients)
                .first();
        return new NetworkProbe(graph.logits(frame), loss, gradients, frame.gradient(0));
    }
}
