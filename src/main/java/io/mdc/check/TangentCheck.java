package io.mdc.check;

import io.mdc.base.Workers;
import io.mdc.engine.Chunk;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Recording;
import io.mdc.engine.Samples;
import io.mdc.engine.step.ParameterSet;
import io.mdc.numpy.NumpyArray;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** Hessian-vector products: derivatives of all gradients in a direction of weight space. */
final class TangentCheck implements Check {
    private static final int CHUNK = 3;

    @Override
    public double relativeError(ReferenceCase reference, Backend backend) throws IOException {
        ReferenceNetwork network = ReferenceNetwork.of(reference, "input", backend);
        ParameterSet weights = network.read(reference, "param");
        ParameterSet direction = network.read(reference, "direction");
        NumpyArray input = reference.array("input");
        int n = input.shape()[0];
        Tensor images = backend.of(input.toDoubles(), input.shape());
        Tensor targets = Labels.oneHot(
                backend, reference.values("labels"), n, network.graph().classes());
        Tensor imagesDot = backend.zeros(input.shape());
        ParameterSet gradient = network.graph().newParameters();
        ParameterSet gradientDot = network.graph().newParameters();
        try (Workers workers = new Workers(2)) {
            ChunkedGraph runner = new ChunkedGraph(network.graph(), workers, CHUNK);
            List<Chunk> chunks = Samples.mean(images, targets).cut(0, n, CHUNK, 0, true);
            try (Recording recording = runner.gradients(weights, chunks, gradient)) {
                recording.tangents(new ParameterSet[] {direction}, rows(imagesDot, chunks), gradientDot);
            }
        }
        RelativeError error = new RelativeError(network.scale(reference, "tangent"));
        network.compare(reference, "tangent", gradientDot, error);
        RelativeError ofImages = new RelativeError(0);
        ofImages.add(imagesDot.toDoubles(), reference.values("tangent_input"));
        return Math.max(error.largest(), ofImages.largest());
    }

    private static List<Tensor> rows(Tensor batch, List<Chunk> chunks) {
        List<Tensor> rows = new ArrayList<>();
        int start = 0;
        for (Chunk chunk : chunks) {
            rows.add(batch.rows(start, start + chunk.size()));
            start += chunk.size();
        }
        return rows;
    }
}
