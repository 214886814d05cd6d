package io.mdc.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.mdc.numpy.NumpyArray;
import io.mdc.synthetic.MultiFormation;
import io.mdc.synthetic.Tile;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import java.io.IOException;
import java.util.List;

/** Multi-formation and its adjoint. */
final class DecodeCheck implements Check {

    @Override
    public double relativeError(ReferenceCase reference, Backend backend) throws IOException {
        JsonNode settings = reference.settings();
        NumpyArray images = reference.array("images");
        int[] shape = images.shape();
        MultiFormation formation =
                new MultiFormation(settings.required("factor").asInt(), shape[2], shape[3]);
        List<Tile> all = formation.full(shape[0]);
        NumpyArray expected = reference.array("decoded");
        Tensor stored = backend.of(images.toDoubles(), shape);
        Tensor decoded = backend.zeros(expected.shape());
        formation.decode(backend.images(), stored, all, decoded);
        Tensor gradient = backend.of(reference.values("grad_decoded"), expected.shape());
        Tensor adjoint = backend.zeros(shape);
        formation.adjoint(backend.images(), gradient, all, adjoint);
        RelativeError error = new RelativeError(0);
        error.add(decoded.toDoubles(), expected.toDoubles());
        error.add(adjoint.toDoubles(), reference.values("grad_images"));
        return error.largest();
    }
}
