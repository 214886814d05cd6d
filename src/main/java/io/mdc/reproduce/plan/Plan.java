package io.mdc.reproduce.plan;

import io.mdc.setting.ConfigException;
import io.mdc.setting.Share;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * All runs that something is made of, each once.
 *
 * @param cells parts of a run before it; copied
 */
public record Plan(List<Cell> cells) {
    /** Copies the list. */
    public Plan {
        cells = List.copyOf(cells);
    }

    /** The plan of what is needed. */
    public static Plan of(Collection<Need> needs) {
        Map<PlannedRun, Cell> cells = new LinkedHashMap<>();
        for (Need need : needs) {
            need.run().parts().forEach(part -> cells.putIfAbsent(part, new Cell(part, List.of(), List.of())));
            Cell cell = new Cell(
                    need.run(),
                    need.network().stream().toList(),
                    need.network().isPresent() ? need.sizes() : List.of());
            cells.merge(need.run(), cell, Cell::and);
        }
        return new Plan(List.copyOf(cells.values()));
    }

    /** The cells that are condensed. */
    public List<Cell> condensed() {
        return cells.stream().filter(cell -> cell.run().parts().isEmpty()).toList();
    }

    /** Those that are joined of others. */
    public List<Cell> joined() {
        return cells.stream().filter(cell -> !cell.run().parts().isEmpty()).toList();
    }

    /** Those that are evaluated at their end. */
    public List<Cell> evaluated() {
        return cells.stream().filter(cell -> !cell.networks().isEmpty()).toList();
    }

    /**
     * A share of the plan: what belongs together is in one, and all have about as much to do.
     *
     * @throws ConfigException if there are fewer cells than shares
     */
    public Plan share(Share share) {
        List<List<Cell>> units = units();
        if (share.of() > Math.max(1, units.size())) {
            throw new ConfigException("--cells " + share + ": there are only " + units.size()
                    + " cells to share; ask for at most as many shares");
        }
        List<List<Cell>> shares = new ArrayList<>();
        long[] work = new long[share.of()];
        for (int i = 0; i < share.of(); i++) {
            shares.add(new ArrayList<>());
        }
        units.stream().sorted(Comparator.comparingLong(Plan::work).reversed()).forEach(unit -> {
            int least = 0;
            for (int i = 1; i < work.length; i++) {
                least = work[i] < work[least] ? i : least;
            }
            work[least] += work(unit);
            shares.get(least).addAll(unit);
        });
        return new Plan(shares.get(share.number() - 1));
    }

    /** Cells that need each other: a joined run and its parts. */
    private List<List<Cell>> units() {
        Map<PlannedRun, List<Cell>> units = new LinkedHashMap<>();
        Set<PlannedRun> placed = new HashSet<>();
        for (Cell joined : joined()) {
            List<Cell> unit = new ArrayList<>();
            for (PlannedRun part : joined.run().parts()) {
                if (placed.add(part)) {
                    unit.add(of(part).orElseThrow());
                }
            }
            unit.add(joined);
            placed.add(joined.run());
            units.put(joined.run(), unit);
        }
        cells.stream()
                .filter(cell -> !placed.contains(cell.run()))
                .forEach(cell -> units.put(cell.run(), List.of(cell)));
        return List.copyOf(units.values());
    }

    private Optional<Cell> of(PlannedRun run) {
        return cells.stream().filter(cell -> cell.run().equals(run)).findFirst();
    }

    private static long work(List<Cell> unit) {
        return unit.stream().mapToLong(Cell::work).sum();
    }
}
