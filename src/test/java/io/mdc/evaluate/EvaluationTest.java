package io.mdc.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EvaluationTest {
    private static PrefixResult result(String network, int size, double last, double best) {
        return new PrefixResult(network, size, 10 * size, 5, Statistic.of(List.of(last)), Statistic.of(List.of(best)));
    }

    private static Evaluation evaluation(List<PrefixResult> results) {
        return new Evaluation("run", new Evaluation.Protocol(5, 1, 100, Map.of("a", 2), 3, 0), results);
    }

    @Test
    void averagesAreOverThePrefixesOfANetwork() {
        Evaluation evaluation = evaluation(List.of(
                result("b", 1, 10, 20), result("b", 2, 30, 60), result("a", 1, 80, 81), result("a", 2, 90, 91)));
        assertEquals(List.of("b", "a"), evaluation.networks());
        assertEquals(20, evaluation.average("b"));
        assertEquals(40, evaluation.averageBestOfFour("b"));
        assertEquals(85, evaluation.average("a"));
    }

    @Test
    void collectionsAreCopiedInTheirOrder() {
        List<PrefixResult> results = new ArrayList<>(List.of(result("a", 1, 1, 1)));
        Map<String, Integer> widths = new LinkedHashMap<>();
        List.of("z", "b", "m", "a").forEach(name -> widths.put(name, 1));
        Evaluation evaluation = new Evaluation("run", new Evaluation.Protocol(5, 1, 100, widths, 3, 0), results);
        results.clear();
        widths.clear();
        assertEquals(1, evaluation.results().size());
        assertEquals(
                List.of("z", "b", "m", "a"),
                List.copyOf(evaluation.protocol().widths().keySet()));
    }
}
