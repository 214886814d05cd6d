package io.mdc.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.mdc.augment.Augmentation;
import io.mdc.augment.Transform;
import io.mdc.numpy.NumpyArray;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Rectangle;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Warp;
import java.io.IOException;

/** One differentiable augmentation and its adjoint, with the random numbers of the case. */
final class AugmentCheck implements Check {

    @Override
    public double relativeError(ReferenceCase reference, Backend backend) throws IOException {
        NumpyArray input = reference.array("input");
        int[] shape = input.shape();
        String kind = reference.name().substring(reference.name().indexOf('-') + 1);
        Transform transform = transform(kind, reference.settings(), shape[2]);
        Tensor images = backend.of(input.toDoubles(), shape);
        transform.apply(backend.images(), images);
        Tensor gradient = backend.of(reference.values("grad_output"), shape);
        transform.adjoint(backend.images(), gradient);
        RelativeError error = new RelativeError(0);
        error.add(images.toDoubles(), reference.values("output"));
        error.add(gradient.toDoubles(), reference.values("grad_input"));
        return error.largest();
    }

    private static Transform transform(String kind, JsonNode settings, int size) {
        double u = settings.path("u").asDouble();
        return switch (kind) {
            case "brightness" -> new Transform.Brightness(new double[] {u - 0.5});
            case "saturation" -> new Transform.Saturation(new double[] {2 * u});
            case "contrast" -> new Transform.Contrast(new double[] {u + 0.5});
            case "flip" -> geometric(Warp.flip(size, size));
            case "crop" ->
                geometric(Warp.shift(
                        size,
                        size,
                        settings.required("shift_rows").asInt(),
                        settings.required("shift_cols").asInt()));
            case "scale" ->
                geometric(Warp.linear(
                        size,
                        size,
                        settings.required("sx").asDouble(),
                        0,
                        0,
                        settings.required("sy").asDouble()));
            case "rotate" ->
                geometric(
                        Augmentation.rotation(size, settings.required("degrees").asDouble()));
            case "cutout" ->
                new Transform.Cutout(new Rectangle[] {
                    new Rectangle(
                            settings.required("rows").get(0).asInt(),
                            settings.required("rows").get(1).asInt(),
                            settings.required("cols").get(0).asInt(),
                            settings.required("cols").get(1).asInt())
                });
            default -> throw new SkippedException("no such augmentation yet");
        };
    }

    private static Transform geometric(Warp warp) {
        return new Transform.Geometric(new Warp[] {warp});
    }
}
