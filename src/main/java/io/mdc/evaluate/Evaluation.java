package io.mdc.evaluate;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mdc.base.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The content of {@code evaluation.json}: everything that was ever measured of a run.
 *
 * @param run the run directory, as it was given
 * @param protocols how networks were trained, in the order they were first used; copied
 * @param results copied; one per protocol, network and prefix, in this order, networks in alphabetical order and
 *     prefixes in ascending size
 * @param check a checksum of all the others, by which a file shows that it is as it was written; null for one made of
 *     other values
 */
public record Evaluation(
        String run,
        List<Protocol> protocols,
        List<PrefixResult> results,
        @JsonInclude(JsonInclude.Include.NON_NULL) String check) {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if a result has a protocol that is not there
     */
    public Evaluation {
        Objects.requireNonNull(run);
        protocols = List.copyOf(protocols);
        results = List.copyOf(results);
        for (PrefixResult result : results) {
            if (result.protocol() < 0 || result.protocol() >= protocols.size()) {
                throw new IllegalArgumentException("protocol " + result.protocol() + " of " + protocols.size());
            }
        }
    }

    /** These results, without a checksum. */
    public Evaluation(String run, List<Protocol> protocols, List<PrefixResult> results) {
        this(run, protocols, results, null);
    }

    /** These results with their checksum. */
    public Evaluation checked() {
        return new Evaluation(run, protocols, results, Json.checksum(new Evaluation(run, protocols, results)));
    }

    /** Whether the checksum is that of the results. */
    public boolean whole() {
        return checked().check().equals(check);
    }

    /**
     * The results of finished trials.
     *
     * @param trials by protocol; of a cell, those count that have all repeats before them
     */
    public static Evaluation of(String run, Map<Protocol, Map<Trial, Accuracies>> trials) {
        List<PrefixResult> results = new ArrayList<>();
        List<Protocol> protocols = List.copyOf(trials.keySet());
        for (int p = 0; p < protocols.size(); p++) {
            Map<String, Map<Integer, PrefixResult>> byNetwork = new TreeMap<>();
            Map<Trial, Accuracies> known = trials.get(protocols.get(p));
            for (Cell cell : known.keySet().stream().map(Trial::cell).distinct().toList()) {
                List<Accuracies> runs = repeats(cell, known);
                if (!runs.isEmpty()) {
                    byNetwork
                            .computeIfAbsent(cell.network().toString(), network -> new TreeMap<>())
                            .put(cell.size(), PrefixResult.of(cell, p, runs));
                }
            }
            byNetwork.values().forEach(bySize -> results.addAll(bySize.values()));
        }
        return new Evaluation(run, protocols, results);
    }

    private static List<Accuracies> repeats(Cell cell, Map<Trial, Accuracies> known) {
        return IntStream.iterate(0, repeat -> known.containsKey(new Trial(cell, repeat)), repeat -> repeat + 1)
                .mapToObj(repeat -> known.get(new Trial(cell, repeat)))
                .toList();
    }

    /** How many trials the results tell of. */
    public int trials() {
        return results.stream().mapToInt(result -> result.last().runs().size()).sum();
    }

    /** These results and those of an earlier evaluation; where both tell of a cell, what tells of more trials. */
    public Evaluation and(Evaluation earlier) {
        List<Protocol> all = new ArrayList<>(protocols);
        earlier.protocols().stream()
                .filter(protocol -> !protocols.contains(protocol))
                .forEach(all::add);
        SortedMap<PrefixResult, PrefixResult> merged = new TreeMap<>(PrefixResult.BY_CELL);
        results.forEach(result -> merged.put(result, result));
        for (PrefixResult result : earlier.results()) {
            PrefixResult moved = result.under(all.indexOf(earlier.protocols().get(result.protocol())));
            PrefixResult known = merged.get(moved);
            if (known == null
                    || known.last().runs().size() < moved.last().runs().size()) {
                merged.put(moved, moved);
            }
        }
        return new Evaluation(run, all, List.copyOf(merged.values()));
    }

    /**
     * The results of one condensed set, without a checksum.
     *
     * @param set {@link CondensedSet#sha256} of it
     */
    public Evaluation ofSet(String set) {
        List<Protocol> own = protocols.stream()
                .filter(protocol -> protocol.set().equals(set))
                .toList();
        List<PrefixResult> kept = results.stream()
                .filter(result -> own.contains(protocols.get(result.protocol())))
                .map(result -> result.under(own.indexOf(protocols.get(result.protocol()))))
                .toList();
        return new Evaluation(run, own, kept);
    }

    /** The results under one of the protocols. */
    public List<PrefixResult> results(int protocol) {
        return results.stream().filter(result -> result.protocol() == protocol).toList();
    }

    /** The names of the networks, in alphabetical order, that were measured under one of the protocols. */
    public List<String> networks(int protocol) {
        return results(protocol).stream().map(PrefixResult::network).distinct().toList();
    }

    /**
     * The results under the protocol that was begun last.
     *
     * @param network of this one if it was measured, else of the first
     */
    public List<PrefixResult> newest(String network) {
        int last = protocols.size() - 1;
        List<String> networks = networks(last);
        String one = networks.isEmpty() || networks.contains(network) ? network : networks.get(0);
        return results(last).stream()
                .filter(result -> result.network().equals(one))
                .toList();
    }

    /** The mean over all prefixes of a network's accuracy after the last epoch. */
    public double average(int protocol, String network) {
        return mean(protocol, network, PrefixResult::last);
    }

    /** The mean over all prefixes of a network's best of four accuracies. */
    public double averageBestOfFour(int protocol, String network) {
        return mean(protocol, network, PrefixResult::bestOfFour);
    }

    private double mean(int protocol, String network, Function<PrefixResult, Statistic> figure) {
        return results(protocol).stream()
                .filter(result -> result.network().equals(network))
                .mapToDouble(result -> figure.apply(result).mean())
                .average()
                .orElse(Double.NaN);
    }
}
