package io.mdc.evaluate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * Runs beside each other: how well their prefixes train one network under one protocol.
 *
 * @param protocol how it was trained, whatever the seed and the condensed set
 * @param network its name
 * @param rows the runs that have results of it, in the order they were given; copied
 */
public record Comparison(Protocol protocol, String network, List<Row> rows) {
    /** Copies the list. */
    public Comparison {
        rows = List.copyOf(rows);
    }

    /**
     * What is known of one run.
     *
     * @param run its directory, as it was given
     * @param results by ascending size, at least one; copied
     */
    public record Row(String run, List<PrefixResult> results) {
        /** Copies the list. */
        public Row {
            results = List.copyOf(results);
        }

        /** The result of a size, if there is one. */
        public Optional<PrefixResult> of(int size) {
            return results.stream().filter(result -> result.size() == size).findFirst();
        }

        /** The mean of a figure over the sizes of the run. */
        public double average(Function<PrefixResult, Statistic> figure) {
            return results.stream()
                    .mapToDouble(result -> figure.apply(result).mean())
                    .average()
                    .orElse(Double.NaN);
        }
    }

    /** All comparisons that several runs allow: by protocol in the order of first use, then by name of network. */
    public static List<Comparison> of(List<Evaluation> evaluations) {
        Set<Protocol> protocols = new LinkedHashSet<>();
        evaluations.forEach(
                evaluation -> evaluation.protocols().forEach(protocol -> protocols.add(protocol.comparable())));
        List<Comparison> comparisons = new ArrayList<>();
        for (Protocol protocol : protocols) {
            Set<String> networks = new TreeSet<>();
            evaluations.forEach(evaluation ->
                    places(evaluation, protocol).forEach(place -> networks.addAll(evaluation.networks(place))));
            for (String network : networks) {
                List<Row> rows = evaluations.stream()
                        .flatMap(evaluation -> row(evaluation, protocol, network).stream())
                        .toList();
                comparisons.add(new Comparison(protocol, network, rows));
            }
        }
        return comparisons;
    }

    /** Results of different condensed sets or seeds of one run are not mixed: those begun last count. */
    private static Optional<Row> row(Evaluation evaluation, Protocol protocol, String network) {
        return places(evaluation, protocol)
                .map(place -> evaluation.results(place).stream()
                        .filter(result -> result.network().equals(network))
                        .toList())
                .filter(results -> !results.isEmpty())
                .reduce((earlier, later) -> later)
                .map(results -> new Row(evaluation.run(), results));
    }

    /** Where an evaluation has the protocol. */
    private static Stream<Integer> places(Evaluation evaluation, Protocol protocol) {
        return Stream.iterate(0, place -> place < evaluation.protocols().size(), place -> place + 1)
                .filter(place -> evaluation.protocols().get(place).comparable().equals(protocol));
    }

    /** All sizes that a run has results of, ascending. */
    public List<Integer> sizes() {
        return rows.stream()
                .flatMap(row -> row.results().stream())
                .map(PrefixResult::size)
                .sorted()
                .distinct()
                .toList();
    }

    /** By how much a run is better than the first, on average over the sizes that both have; empty if there is none. */
    public OptionalDouble difference(Row row, Function<PrefixResult, Statistic> figure) {
        return row.results().stream()
                .flatMap(result -> rows.get(0).of(result.size()).stream()
                        .map(first -> figure.apply(result).mean()
                                - figure.apply(first).mean()))
                .mapToDouble(Double::doubleValue)
                .average();
    }
}
