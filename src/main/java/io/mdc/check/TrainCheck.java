package io.mdc.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.mdc.base.Workers;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Sgd;
import io.mdc.engine.step.ParameterSet;
import io.mdc.numpy.NumpyArray;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.io.IOException;
import java.util.Arrays;

/** Several training steps of a network by SGD with momentum and weight decay. */
final class TrainCheck implements Check {

    @Override
    public double relativeError(ReferenceCase reference, Backend backend) throws IOException {
        JsonNode settings = reference.settings();
        ReferenceNetwork network = ReferenceNetwork.of(reference, "inputs", backend);
        NumpyArray inputs = reference.array("inputs");
        double[] labels = reference.values("labels");
        int[] shape = inputs.shape();
        int steps = settings.required("losses").size();
        // The arrays hold one batch per step: [steps, n, C, H, W].
        int[] batch = Arrays.copyOfRange(shape, 1, shape.length);
        Tensor images = backend.of(inputs.toDoubles(), shape);
        RelativeError error = new RelativeError(0);
        try (Workers workers = new Workers(2)) {
            NetworkTrainer trainer = new NetworkTrainer(
                    new ChunkedGraph(network.graph(), workers, 4),
                    new Sgd(
                            settings.required("momentum").asDouble(),
                            settings.required("weight_decay").asDouble()));
            ParameterSet start = network.read(reference, "param");
            backend.vectors().copy(start.flat(), trainer.weights().flat());
            for (int step = 0; step < steps; step++) {
                double[] own = Arrays.copyOfRange(labels, step * batch[0], (step + 1) * batch[0]);
                double loss = trainer.step(
                                images.rows(step, step + 1).reshape(batch),
                                Labels.oneHot(
                                        backend, own, batch[0], network.graph().classes()),
                                settings.required("lr").asDouble())
                        .first();
                error.add(loss, settings.required("losses").get(step).asDouble());
            }
            network.compare(reference, "after", trainer.weights(), error);
        }
        return error.largest();
    }
}
