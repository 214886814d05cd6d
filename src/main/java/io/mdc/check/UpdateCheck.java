package io.mdc.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.mdc.base.Workers;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.ParameterKind;
import io.mdc.engine.ParameterSet;
import io.mdc.engine.Sgd;
import io.mdc.matching.Distance;
import io.mdc.matching.GradientDistance;
import io.mdc.matching.GradientMatcher;
import io.mdc.numpy.NumpyArray;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.io.IOException;
import java.util.List;

/** Several updates of the images by SGD with momentum against a fixed network. */
final class UpdateCheck implements Check {

    @Override
    public double relativeError(ReferenceCase reference, Backend backend) throws IOException {
        JsonNode settings = reference.settings();
        ReferenceNetwork network = ReferenceNetwork.of(reference, "real", backend);
        ParameterSet weights = network.read(reference, "param");
        NumpyArray before = reference.array("syn_before");
        NumpyArray real = reference.array("real");
        Sgd sgd = new Sgd(settings.get("momentum").asDouble(), 0);
        RelativeError error = new RelativeError(0);
        try (Workers workers = new Workers(2)) {
            GradientMatcher matcher = new GradientMatcher(
                    new ChunkedGraph(network.graph(), workers, 4),
                    GradientDistance.of(Distance.MSE),
                    List.of(ParameterKind.CONV),
                    real.shape()[0],
                    before.shape()[0]);
            matcher.real().set(real.toDoubles());
            matcher.synthetic().set(before.toDoubles());
            Tensor velocity = backend.zeros(before.shape());
            for (JsonNode loss : settings.get("losses")) {
                error.add(
                        matcher.step(weights, settings.get("label").asInt(), 0, 0)
                                .total(),
                        loss.asDouble());
                sgd.step(
                        backend.vectors(),
                        matcher.synthetic(),
                        matcher.gradient(),
                        velocity,
                        settings.get("lr").asDouble());
            }
            error.add(matcher.synthetic().toDoubles(), reference.values("syn_after"));
        }
        return error.largest();
    }
}
