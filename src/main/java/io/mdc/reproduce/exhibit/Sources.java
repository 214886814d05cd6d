package io.mdc.reproduce.exhibit;

import io.mdc.network.NetworkChoice;
import io.mdc.reproduce.plan.Findings;
import io.mdc.reproduce.plan.Need;
import io.mdc.reproduce.plan.PlannedRun;
import io.mdc.reproduce.plan.Recipe;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.IntStream;

/** The kinds of {@link Source} that the paper's tables have. */
final class Sources {
    /** The paper's outer loops. */
    private static final int PAPERS_LOOPS = 2000;
    /** Every so many of them its Tables 10 and 11 have a row. */
    private static final int PAPERS_STEP = 100;

    private Sources() {}

    /**
     * The prefixes of one run.
     *
     * @param network the paper's name of what is trained on them; empty for the network condensed with
     */
    record Prefixes(Recipe recipe, String network) implements Source {
        /** With the network condensed with. */
        Prefixes(Recipe recipe) {
            this(recipe, "");
        }

        @Override
        public List<Need> needs(Place place) {
            PlannedRun run = place.run(recipe);
            return List.of(new Need(run, Optional.of(choice(place, run, network)), place.sizes()));
        }

        @Override
        public List<Double> figures(Place place, int size, Findings findings) throws IOException {
            PlannedRun run = place.run(recipe);
            return findings.accuracies(run, choice(place, run, network), size);
        }
    }

    /** A run for every size (Baseline A). */
    record Apart(Recipe recipe, String network) implements Source {
        @Override
        public List<Need> needs(Place place) {
            List<Need> needs = new ArrayList<>();
            for (int size : place.sizes()) {
                PlannedRun run = run(place, size);
                needs.add(new Need(run, Optional.of(choice(place, run, network)), List.of(size)));
            }
            return needs;
        }

        @Override
        public List<Double> figures(Place place, int size, Findings findings) throws IOException {
            PlannedRun run = run(place, size);
            return findings.accuracies(run, choice(place, run, network), size);
        }

        private PlannedRun run(Place place, int size) {
            return place.run(size == place.block().ipc() ? recipe : recipe.with("ipc", size));
        }
    }

    /** As many runs of one image each, from different images, joined (Baseline B). */
    record Joined(Recipe recipe, String network) implements Source {
        @Override
        public List<Need> needs(Place place) {
            PlannedRun run = run(place);
            return List.of(new Need(run, Optional.of(choice(place, run, network)), place.sizes()));
        }

        @Override
        public List<Double> figures(Place place, int size, Findings findings) throws IOException {
            PlannedRun run = run(place);
            return findings.accuracies(run, choice(place, run, network), size);
        }

        private PlannedRun run(Place place) {
            return place.setup().joined(place.block(), recipe, place.seed());
        }
    }

    /** The prefixes of a run on its way, after a share of its outer loops; the paper's are 2000. */
    record During(Recipe recipe, int loop) implements Source {
        /** The outer loops at which the paper measures. */
        static final List<Integer> LOOPS = IntStream.rangeClosed(1, PAPERS_LOOPS / PAPERS_STEP)
                .mapToObj(step -> step * PAPERS_STEP)
                .toList();

        /** The last of them. */
        static final int LAST = PAPERS_LOOPS;

        @Override
        public List<Need> needs(Place place) {
            return List.of(new Need(run(place), Optional.empty(), place.sizes()));
        }

        @Override
        public List<Double> figures(Place place, int size, Findings findings) throws IOException {
            PlannedRun run = run(place);
            return findings.course(run, outer(run), size);
        }

        @Override
        public String remark(Place place) {
            int outer = run(place).config().loop().outer();
            return outer == PAPERS_LOOPS
                    ? ""
                    : "the runs here have " + outer + " outer loops for the paper's " + PAPERS_LOOPS;
        }

        /** Seconds of condensing until then, if it was measured. */
        OptionalDouble seconds(Place place, Findings findings) throws IOException {
            PlannedRun run = run(place);
            return findings.seconds(run, outer(run));
        }

        private int outer(PlannedRun run) {
            return run.config().loop().outer() * loop / PAPERS_LOOPS;
        }

        /** With outer loops that can be cut like the paper's, and as many inner loops as before together. */
        private PlannedRun run(Place place) {
            int points = PAPERS_LOOPS / PAPERS_STEP;
            int outer = place.run(recipe).config().loop().outer();
            int inner = place.run(recipe).config().loop().inner();
            Recipe cut = recipe;
            if (outer % points != 0) {
                cut = recipe.with("outer", points).with("inner", Math.max(1, outer * inner / points));
                outer = points;
            }
            return place.run(cut.with("evaluate-every", outer / points));
        }
    }

    /**
     * Feature distances of prefixes at the first outer loop and at a later one, without a loss on them, summed over the
     * inner loops (Table 7).
     */
    record Distances(Recipe recipe, Quantity quantity) implements Source {
        /** What is told of them. */
        enum Quantity {
            FIRST,
            LATER,
            DIFFERENCE,
            RATE;

            double of(double first, double later, int loop) {
                return switch (this) {
                    case FIRST -> first;
                    case LATER -> later;
                    case DIFFERENCE -> first - later;
                    case RATE -> Math.abs(first - later) / loop;
                };
            }
        }

        /** The paper looks again after so many of its loops. */
        private static final int PAPERS_LATER = 50;

        @Override
        public List<Need> needs(Place place) {
            return List.of(new Need(run(place), Optional.empty(), List.of()));
        }

        @Override
        public List<Double> figures(Place place, int size, Findings findings) throws IOException {
            PlannedRun run = run(place);
            int later = run.config().subset().period();
            Map<Integer, List<Double>> distances = findings.distances(run);
            if (!distances.containsKey(1) || !distances.containsKey(later)) {
                return List.of();
            }
            int inner = run.config().loop().inner();
            return List.of(quantity.of(
                    inner * distances.get(1).get(size - 1),
                    inner * distances.get(later).get(size - 1),
                    later));
        }

        @Override
        public boolean isOfAccuracies() {
            return false;
        }

        @Override
        public String remark(Place place) {
            if (quantity == Quantity.RATE) {
                return "the rate is that of the difference without its sign (Eq. 8)";
            }
            int later = run(place).config().subset().period();
            return later == PAPERS_LATER ? "" : PAPERS_LATER + " is outer loop " + later + " here";
        }

        private PlannedRun run(Place place) {
            int outer = place.run(recipe).config().loop().outer();
            int later = Math.max(2, outer * PAPERS_LATER / PAPERS_LOOPS);
            return place.run(recipe.with("outer", later).with("period", later));
        }
    }

    /** What nobody can measure: a method whose program was not published. */
    record Unpublished(String missing) implements Source {
        @Override
        public List<Need> needs(Place place) {
            return List.of();
        }

        @Override
        public List<Double> figures(Place place, int size, Findings findings) {
            return List.of();
        }
    }

    private static NetworkChoice choice(Place place, PlannedRun run, String network) {
        return network.isEmpty()
                ? run.config().network().network()
                : place.setup().scale().network(network);
    }
}
