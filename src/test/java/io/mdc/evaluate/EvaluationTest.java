package io.mdc.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.Json;
import io.mdc.network.NetworkChoice;
import io.mdc.setting.Differences;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static final Protocol LONG = protocol("1000");
    private static final Protocol SHORT = protocol("10");

    private static Protocol protocol(String epochs) {
        return new Protocol(Map.of("epochs", epochs, "batch-eval", "64"), 100, "d".repeat(64), "5".repeat(64));
    }

    private static Trial trial(String network, int size, int repeat) {
        return new Trial(new Cell(NetworkChoice.parse(network), OptionalInt.of(8), size, 10 * size, 5), repeat);
    }

    private static Accuracies accuracies(double last, double best) {
        return new Accuracies(List.of(0.0, best, 0.0, last));
    }

    private static Evaluation evaluation() {
        Map<Protocol, Map<Trial, Accuracies>> trials = new LinkedHashMap<>();
        trials.put(
                LONG,
                Map.of(
                        trial("resnet10", 1, 0), accuracies(10, 20),
                        trial("resnet10", 2, 0), accuracies(30, 60),
                        trial("convnet", 2, 1), accuracies(90, 93),
                        trial("convnet", 2, 0), accuracies(88, 91),
                        trial("convnet", 1, 0), accuracies(81, 82),
                        trial("convnet", 3, 1), accuracies(99, 99)));
        trials.put(SHORT, Map.of(trial("convnet", 1, 0), accuracies(7, 8)));
        return Evaluation.of("run", trials);
    }

    private static String text(PrefixResult result) {
        return result.protocol() + " " + result.network() + " " + result.size() + " "
                + result.last().runs();
    }

    @Test
    void resultsAreByProtocolNetworkAndSizeAndCountRepeatsWithoutGaps() {
        assertEquals(
                List.of(
                        "0 convnet 1 [81.0]",
                        "0 convnet 2 [88.0, 90.0]",
                        "0 resnet10 1 [10.0]",
                        "0 resnet10 2 [30.0]",
                        "1 convnet 1 [7.0]"),
                evaluation().results().stream().map(EvaluationTest::text).toList());
    }

    @Test
    void averagesAreOverThePrefixesOfANetworkUnderOneProtocol() {
        Evaluation evaluation = evaluation();
        assertEquals(List.of("convnet", "resnet10"), evaluation.networks(0));
        assertEquals(20, evaluation.average(0, "resnet10"));
        assertEquals(40, evaluation.averageBestOfFour(0, "resnet10"));
        assertEquals(85, evaluation.average(0, "convnet"));
        assertEquals(7, evaluation.average(1, "convnet"));
    }

    @Test
    void anEarlierEvaluationKeepsWhatItAloneHas() {
        Evaluation earlier = Evaluation.of(
                "run",
                new LinkedHashMap<>(Map.of(
                        SHORT,
                        Map.of(trial("convnet", 9, 0), accuracies(1, 1)),
                        protocol("7"),
                        Map.of(trial("convnet", 4, 0), accuracies(44, 45)))));
        Evaluation all = evaluation().and(earlier);
        assertEquals(List.of(LONG, SHORT, protocol("7")), all.protocols());
        assertEquals("1 convnet 9 [1.0]", text(all.results().get(5)));
        assertEquals("2 convnet 4 [44.0]", text(all.results().get(6)));
        assertEquals(7, all.results().size());
    }

    @Test
    void ofTwoThatTellOfACellTheOneWithMoreTrialsIsKept() {
        Evaluation two = Evaluation.of(
                "run",
                Map.of(
                        SHORT,
                        Map.of(
                                trial("convnet", 3, 0), accuracies(1, 1),
                                trial("convnet", 3, 1), accuracies(2, 2),
                                trial("convnet", 5, 0), accuracies(5, 5))));
        Evaluation one = Evaluation.of("run", Map.of(SHORT, Map.of(trial("convnet", 3, 0), accuracies(1, 1))));
        assertEquals(two, one.and(two));
        assertEquals(two, two.and(one));
        assertEquals(3, two.trials());
    }

    @Test
    void aChangedEvaluationIsNotWhole() throws Exception {
        String text = Json.text(evaluation().checked());
        assertTrue(Json.read(text, Evaluation.class).whole());
        assertFalse(
                Json.read(text.replace("convnet", "convnat"), Evaluation.class).whole());
        assertFalse(evaluation().whole());
    }

    @Test
    void protocolsAreToldApartByWhatDiffers() {
        assertEquals(Set.of("epochs"), Differences.keys(List.of(SHORT.facts(), LONG.facts())));
        assertEquals(
                Set.of(), Differences.keys(List.of(SHORT.facts(), protocol("10").facts())));
        assertEquals(SHORT.key(), protocol("10").key());
        Protocol other = new Protocol(SHORT.settings(), 100, SHORT.data(), "6".repeat(64));
        assertEquals(Set.of("condensed set"), Differences.keys(List.of(SHORT.facts(), other.facts())));
        assertEquals("6".repeat(12), other.facts().get("condensed set"));
    }

    @Test
    void anEvaluationIsReadBackFromItsJson() throws Exception {
        assertEquals(evaluation(), Json.read(Json.text(evaluation()), Evaluation.class));
    }

    @Test
    void aResultNeedsItsProtocol() {
        List<PrefixResult> results = evaluation().results();
        assertThrows(IllegalArgumentException.class, () -> new Evaluation("run", List.of(LONG), results));
    }

    @Test
    void settingsAreCopied() {
        Map<String, String> settings = new HashMap<>(Map.of("epochs", "10", "batch-eval", "64"));
        Protocol copy = new Protocol(settings, 100, SHORT.data(), SHORT.set());
        settings.clear();
        assertEquals(SHORT, copy);
    }
}
