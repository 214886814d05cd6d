package io.mdc.check;

import io.mdc.engine.NetworkProbe;
import io.mdc.engine.step.ParameterSet;
import io.mdc.numpy.NumpyArray;
import io.mdc.tensor.Backend;
import java.io.IOException;

/** Logits, loss and all gradients of a network. */
final class NetworkCheck implements Check {

    @Override
    public double relativeError(ReferenceCase reference, Backend backend) throws IOException {
        ReferenceNetwork network = ReferenceNetwork.of(reference, "input", backend);
        ParameterSet weights = network.read(reference, "param");
        NumpyArray input = reference.array("input");
        NetworkProbe probe = NetworkProbe.run(
                network.graph(),
                weights,
                backend.of(input.toDoubles(), input.shape()),
                Labels.oneHot(
                        backend,
                        reference.values("labels"),
                        input.shape()[0],
                        network.graph().classes()));
        RelativeError error = new RelativeError(network.scale(reference, "grad"));
        network.compare(reference, "grad", probe.gradients(), error);
        RelativeError outputs = new RelativeError(0);
        outputs.add(probe.logits().toDoubles(), reference.values("logits"));
        outputs.add(probe.loss(), reference.settings().required("loss").asDouble());
        outputs.add(probe.inputGradient().toDoubles(), reference.values("grad_input"));
        return Math.max(error.largest(), outputs.largest());
    }
}
