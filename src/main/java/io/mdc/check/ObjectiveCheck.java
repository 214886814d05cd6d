package io.mdc.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.mdc.augment.Augmentations;
import io.mdc.base.Workers;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.step.ParameterKind;
import io.mdc.engine.step.ParameterSet;
import io.mdc.matching.Distance;
import io.mdc.matching.MatchingConfig;
import io.mdc.matching.PixelSpace;
import io.mdc.matching.RateScale;
import io.mdc.method.ClassMethod;
import io.mdc.objective.Batches;
import io.mdc.objective.LabelledImages;
import io.mdc.objective.Outcome;
import io.mdc.objective.Prefixes;
import io.mdc.setting.TextForm;
import io.mdc.subset.FeatureDistance;
import io.mdc.tensor.Backend;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** The objective of a base method, its image gradient, and the feature distance of every prefix. */
final class ObjectiveCheck implements Check {
    /** Small enough that the cases' batches are cut into several chunks. */
    private static final int CHUNK = 3;

    private final ClassMethod method;

    ObjectiveCheck(ClassMethod method) {
        this.method = method;
    }

    @Override
    public double relativeError(ReferenceCase reference, Backend backend) throws IOException {
        JsonNode settings = reference.settings();
        ReferenceNetwork network = ReferenceNetwork.of(reference, "real", backend);
        ParameterSet weights = network.read(reference, "param");
        int classes = network.graph().classes();
        int label = settings.path("label").asInt();
        Batches batches = new Batches(
                images(reference, "real", backend, label, classes), images(reference, "syn", backend, label, classes));
        try (Workers workers = new Workers(2)) {
            Outcome outcome = method.objective(matching(settings), new ChunkedGraph(network.graph(), workers, CHUNK))
                    .evaluate(weights, batches, prefixes(settings));
            RelativeError error = new RelativeError(0);
            error.add(outcome.losses().base(), settings.required("base_loss").asDouble());
            error.add(outcome.losses().total(), settings.required("total_loss").asDouble());
            error.add(outcome.gradient().toDoubles(), reference.values("grad_syn"));
            if (settings.has("feature_distance_of_prefix")) {
                error.add(features(backend, outcome), numbers(settings.required("feature_distance_of_prefix")));
            }
            if (settings.hasNonNull("prefix_losses")) {
                error.add(outcome.distances(), numbers(settings.required("prefix_losses")));
            }
            return error.largest();
        }
    }

    /** One prefix, or weights of the first 1, 2, … images, whose losses are then to be measured. */
    private static Prefixes prefixes(JsonNode settings) {
        int frozen = settings.required("frozen").asInt();
        if (!settings.hasNonNull("prefix_weights")) {
            return new Prefixes(settings.required("subset").asInt(), frozen);
        }
        double[] weights = numbers(settings.required("prefix_weights"));
        int[] sizes = IntStream.rangeClosed(1, weights.length).toArray();
        return new Prefixes(
                Arrays.stream(sizes).boxed().collect(Collectors.toMap(n -> n, n -> weights[n - 1])), frozen, sizes);
    }

    static LabelledImages images(ReferenceCase reference, String array, Backend backend, int label, int classes)
            throws IOException {
        int[] shape = reference.array(array).shape();
        double[] labels = new double[shape[0]];
        Arrays.fill(labels, label);
        return new LabelledImages(
                backend.of(reference.values(array), shape), Labels.oneHot(backend, labels, shape[0], classes));
    }

    private static MatchingConfig matching(JsonNode settings) {
        return new MatchingConfig(
                1,
                OptionalInt.empty(),
                1,
                RateScale.SIZE,
                PixelSpace.LIMITED,
                0,
                distance(settings),
                matched(settings),
                Augmentations.parse("none"),
                0);
    }

    /** The first word of the description, e.g. "mse summed over …"; with weights of the classifier, weights only. */
    private static Distance distance(JsonNode settings) {
        String word = settings.path("metric").asText("mse").split(" ", 2)[0];
        Distance distance = TextForm.parseConstant("metric", Distance.class, word);
        return distance == Distance.COSINE && matched(settings).contains(ParameterKind.CLASSIFIER)
                ? Distance.WEIGHT_COSINE
                : distance;
    }

    private static List<ParameterKind> matched(JsonNode settings) {
        return settings.path("parameters").asText().contains("classifier")
                ? List.of(ParameterKind.CONV, ParameterKind.CLASSIFIER)
                : List.of(ParameterKind.CONV);
    }

    private static double[] features(Backend backend, Outcome outcome) {
        int[] ends = IntStream.rangeClosed(1, outcome.gradient().dim(0)).toArray();
        return new FeatureDistance(backend).measure(outcome, ends).get();
    }

    private static double[] numbers(JsonNode list) {
        double[] values = new double[list.size()];
        Arrays.setAll(values, i -> list.get(i).asDouble());
        return values;
    }
}
