package io.mdc.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.mdc.base.Workers;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.step.ParameterSet;
import io.mdc.objective.LabelledImages;
import io.mdc.objective.StudentSteps;
import io.mdc.objective.TrajectoryMatching;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.io.IOException;

/** Trajectory matching: the student at its end, the loss, and the gradients of the images and of the learning rate. */
final class TrajectoryCheck implements Check {
    /** Small enough that a minibatch is cut into several chunks. */
    private static final int CHUNK = 3;

    @Override
    public double relativeError(ReferenceCase reference, Backend backend) throws IOException {
        JsonNode settings = reference.settings();
        ReferenceNetwork network = ReferenceNetwork.of(reference, "syn", backend);
        Minibatches steps = new Minibatches(reference, backend, network.graph().classes());
        try (Workers workers = new Workers(2)) {
            TrajectoryMatching matching = new TrajectoryMatching(new ChunkedGraph(network.graph(), workers, CHUNK));
            TrajectoryMatching.Result result = matching.evaluate(
                    network.read(reference, "param"),
                    network.read(reference, "target"),
                    settings.required("rate").asDouble(),
                    steps);
            RelativeError error = new RelativeError(0);
            error.add(result.loss(), settings.required("loss").asDouble());
            error.add(result.rateGradient(), settings.required("grad_rate").asDouble());
            error.add(steps.sum, reference.values("grad_syn"));
            ParameterSet after = network.graph().newParameters();
            backend.vectors().copy(matching.student(steps.count()), after.flat());
            network.compare(reference, "after", after, error);
            return error.largest();
        }
    }

    /** The images of every step, whose numbers are in {@code order [steps, n]}. */
    private static final class Minibatches implements StudentSteps {
        private final Backend backend;
        private final int[] shape;
        private final double[] images;
        private final double[] labels;
        private final double[] order;
        private final int classes;
        private final double[] sum;

        Minibatches(ReferenceCase reference, Backend backend, int classes) throws IOException {
            this.backend = backend;
            this.classes = classes;
            images = reference.values("syn");
            labels = reference.values("labels");
            order = reference.values("order");
            shape = reference.array("syn").shape();
            shape[0] = reference.array("order").shape()[1];
            sum = new double[images.length];
        }

        @Override
        public int count() {
            return order.length / shape[0];
        }

        private int number(int step, int i) {
            return (int) order[step * shape[0] + i];
        }

        private int pixels() {
            return images.length / labels.length;
        }

        @Override
        public LabelledImages batch(int step) {
            double[] chosen = new double[shape[0] * pixels()];
            double[] own = new double[shape[0]];
            for (int i = 0; i < own.length; i++) {
                System.arraycopy(images, number(step, i) * pixels(), chosen, i * pixels(), pixels());
                own[i] = labels[number(step, i)];
            }
            return new LabelledImages(backend.of(chosen, shape), Labels.oneHot(backend, own, own.length, classes));
        }

        @Override
        public void gradient(int step, Tensor gradient) {
            double[] values = gradient.toDoubles();
            for (int k = 0; k < values.length; k++) {
                sum[number(step, k / pixels()) * pixels() + k % pixels()] += values[k];
            }
        }
    }
}
