package io.mdc.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.mdc.base.Workers;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.ParameterKind;
import io.mdc.engine.ParameterSet;
import io.mdc.matching.Distance;
import io.mdc.matching.GradientDistance;
import io.mdc.matching.GradientMatcher;
import io.mdc.numpy.NumpyArray;
import io.mdc.subset.FeatureDistance;
import io.mdc.tensor.Backend;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;

/** The matching loss, its image gradient and the feature distance of every prefix. */
final class MatchingCheck implements Check {
    /** Small enough that the cases' batches are cut into several chunks. */
    private static final int CHUNK = 3;

    @Override
    public double relativeError(ReferenceCase reference, Backend backend) throws IOException {
        JsonNode settings = reference.settings();
        ReferenceNetwork network = ReferenceNetwork.of(reference, "real", backend);
        ParameterSet weights = network.read(reference, "param");
        NumpyArray synthetic = reference.array("syn");
        NumpyArray real = reference.array("real");
        try (Workers workers = new Workers(2)) {
            GradientMatcher matcher = new GradientMatcher(
                    new ChunkedGraph(network.graph(), workers, CHUNK),
                    GradientDistance.of(distance(settings)),
                    List.of(ParameterKind.CONV),
                    real.shape()[0],
                    synthetic.shape()[0]);
            matcher.real().set(real.toDoubles());
            matcher.synthetic().set(synthetic.toDoubles());
            GradientMatcher.Losses losses = matcher.step(
                    weights,
                    settings.get("label").asInt(),
                    settings.get("subset").asInt(),
                    settings.get("frozen").asInt());
            RelativeError error = new RelativeError(0);
            error.add(losses.baseLoss(), settings.get("base_loss").asDouble());
            error.add(losses.total(), settings.get("total_loss").asDouble());
            error.add(matcher.gradient().toDoubles(), reference.values("grad_syn"));
            if (settings.has("feature_distance_of_prefix")) {
                error.add(features(backend, matcher, real.shape()[0], synthetic.shape()[0]), expected(settings));
            }
            return error.largest();
        }
    }

    private static double[] features(Backend backend, GradientMatcher matcher, int real, int synthetic) {
        int[] ends = IntStream.rangeClosed(1, synthetic).toArray();
        return new FeatureDistance().measure(backend, matcher.features(), real, ends);
    }

    private static double[] expected(JsonNode settings) {
        JsonNode distances = settings.get("feature_distance_of_prefix");
        double[] values = new double[distances.size()];
        Arrays.setAll(values, i -> distances.get(i).asDouble());
        return values;
    }

    /** The first word of the description, e.g. "mse summed over …". */
    private static Distance distance(JsonNode settings) {
        String word = settings.get("metric").asText().split(" ", 2)[0];
        return Distance.valueOf(word.toUpperCase(Locale.ROOT));
    }
}
