package io.mdc.check;

import com.fasterxml.jackson.databind.JsonNode;
import io.mdc.numpy.NumpyArray;
import io.mdc.order.EpochRecord;
import io.mdc.order.Scores;
import io.mdc.tensor.Backend;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The score that images are ordered by, from the logged probabilities of their epochs, and the order it gives. */
final class ScoreCheck implements Check {

    @Override
    public double relativeError(ReferenceCase reference, Backend backend) throws IOException {
        NumpyArray probabilities = reference.array("probabilities");
        int epochs = probabilities.shape()[0];
        // As in training, probabilities come from a tensor.
        double[] values =
                backend.of(probabilities.toDoubles(), probabilities.shape()).toDoubles();
        double[] accuracy = reference.values("accuracy");
        int[] labels = Arrays.stream(reference.values("labels"))
                .mapToInt(label -> (int) label)
                .toArray();
        int perEpoch = values.length / epochs;
        List<EpochRecord> records = new ArrayList<>();
        for (int epoch = 0; epoch < epochs; epoch++) {
            double[] own = Arrays.copyOfRange(values, epoch * perEpoch, (epoch + 1) * perEpoch);
            records.add(EpochRecord.of(own, labels, accuracy[epoch]));
        }
        List<Integer> chosen = Scores.mostAccurate(
                records, reference.settings().required("best").asInt());
        JsonNode chosenEpochs = reference.settings().required("chosen_epochs");
        double[] scores = Scores.sum(chosen.stream().map(records::get).toList());
        RelativeError error = new RelativeError(0);
        double[] wanted = new double[chosen.size()];
        Arrays.setAll(wanted, i -> chosenEpochs.path(i).asDouble());
        error.add(doubles(chosen), wanted);
        error.add(scores, reference.values("score"));
        error.add(doubles(Scores.ascending(scores, 0, labels.length)), reference.values("order"));
        return error.largest();
    }

    private static double[] doubles(List<Integer> numbers) {
        return numbers.stream().mapToDouble(Integer::doubleValue).toArray();
    }
}
