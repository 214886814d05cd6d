package io.mdc.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.mdc.base.Workers;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Sgd;
import io.mdc.engine.step.ParameterKind;
import io.mdc.engine.step.ParameterSet;
import io.mdc.matching.Distance;
import io.mdc.objective.Batches;
import io.mdc.objective.GradientMatching;
import io.mdc.objective.LabelledImages;
import io.mdc.objective.Objective;
import io.mdc.objective.Outcome;
import io.mdc.objective.Prefixes;
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
        int label = settings.required("label").asInt();
        int classes = network.graph().classes();
        LabelledImages synthetic = ObjectiveCheck.images(reference, "syn_before", backend, label, classes);
        Batches batches = new Batches(ObjectiveCheck.images(reference, "real", backend, label, classes), synthetic);
        Sgd sgd = new Sgd(settings.required("momentum").asDouble(), 0);
        Tensor velocity = backend.zeros(synthetic.images().shape());
        RelativeError error = new RelativeError(0);
        try (Workers workers = new Workers(2)) {
            Objective objective = new GradientMatching(
                    new ChunkedGraph(network.graph(), workers, 4), Distance.MSE.measure(), List.of(ParameterKind.CONV));
            for (JsonNode loss : settings.required("losses")) {
                Outcome outcome = objective.evaluate(weights, batches, Prefixes.NONE);
                error.add(outcome.losses().total(), loss.asDouble());
                sgd.step(
                        backend.vectors(),
                        synthetic.images(),
                        outcome.gradient(),
                        velocity,
                        settings.required("lr").asDouble());
            }
            error.add(synthetic.images().toDoubles(), reference.values("syn_after"));
        }
        return error.largest();
    }
}
