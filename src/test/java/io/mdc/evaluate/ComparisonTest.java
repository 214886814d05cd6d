package io.mdc.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    private static final Protocol SHORT = protocol("1", "0", "set");
    private static final Protocol LONG = protocol("9", "0", "set");

    private static Protocol protocol(String epochs, String seed, String set) {
        return new Protocol(Map.of("epochs", epochs, "seed", seed), 100, "data", set);
    }

    /** A result after one run, the best of four 10 above the last. */
    private static PrefixResult result(String network, int protocol, int size, double last) {
        Cell cell = new Cell(TinyEvaluation.CONVNET, OptionalInt.of(2), size, size, 1);
        PrefixResult result =
                PrefixResult.of(cell, protocol, List.of(new Accuracies(List.of(last + 10, 0.0, 0.0, last))));
        return new PrefixResult(network, result.width(), size, size, 1, protocol, result.last(), result.bestOfFour());
    }

    private static Evaluation run(String name, Protocol protocol, PrefixResult... results) {
        return new Evaluation(name, List.of(protocol), List.of(results));
    }

    private static List<String> described(List<Comparison> comparisons) {
        return comparisons.stream()
                .map(comparison -> comparison.protocol().settings().get("epochs") + " " + comparison.network() + " "
                        + comparison.sizes() + " "
                        + comparison.rows().stream().map(Comparison.Row::run).toList())
                .toList();
    }

    @Test
    void thereIsOneForEveryProtocolAndNetworkOfTheRunsThatHaveIt() {
        Evaluation first = new Evaluation(
                "a", List.of(LONG, SHORT), List.of(result("x", 0, 1, 1), result("x", 1, 2, 1), result("y", 1, 1, 1)));
        assertEquals(
                List.of("9 x [1] [a]", "1 x [1, 2] [a, b]", "1 y [1] [a]"),
                described(Comparison.of(List.of(first, run("b", SHORT, result("x", 0, 1, 1))))));
    }

    @Test
    void runsOfOtherSetsAndSeedsAreComparedAndOfOtherDataAreNot() {
        Evaluation other = run("b", protocol("1", "7", "other"), result("x", 0, 1, 1));
        Evaluation otherData = run("c", new Protocol(Map.of("epochs", "1"), 100, "other", "set"), result("x", 0, 3, 1));
        assertEquals(
                List.of("1 x [1, 2] [a, b]", "1 x [3] [c]"),
                described(Comparison.of(List.of(run("a", SHORT, result("x", 0, 2, 1)), other, otherData))));
    }

    @Test
    void ofTwoSetsOfOneRunTheLaterCounts() {
        Evaluation twice = new Evaluation(
                "a", List.of(SHORT, protocol("1", "0", "new")), List.of(result("x", 0, 1, 1), result("x", 1, 2, 5)));
        Comparison comparison = Comparison.of(List.of(twice)).get(0);
        assertEquals(List.of(2), comparison.sizes());
        assertEquals(5, comparison.rows().get(0).average(PrefixResult::last));
    }

    @Test
    void differencesAreOverTheSizesThatBothHave() {
        Comparison comparison = Comparison.of(Stream.of(
                                run("a", SHORT, result("x", 0, 1, 10), result("x", 0, 2, 20)),
                                run("b", SHORT, result("x", 0, 2, 23), result("x", 0, 3, 60)),
                                run("c", SHORT, result("x", 0, 5, 60)))
                        .toList())
                .get(0);
        Comparison.Row b = comparison.rows().get(1);
        assertEquals(List.of(1, 2, 3, 5), comparison.sizes());
        assertTrue(b.of(1).isEmpty());
        assertEquals(41.5, b.average(PrefixResult::last));
        assertEquals(51.5, b.average(PrefixResult::bestOfFour));
        assertEquals(OptionalDouble.of(3), comparison.difference(b, PrefixResult::last));
        assertEquals(
                OptionalDouble.of(0), comparison.difference(comparison.rows().get(0), PrefixResult::last));
        assertEquals(
                OptionalDouble.empty(), comparison.difference(comparison.rows().get(2), PrefixResult::last));
    }
}
