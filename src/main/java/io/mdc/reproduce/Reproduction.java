package io.mdc.reproduce;

import io.mdc.report.Progress;
import io.mdc.report.sheet.Sheet;
import io.mdc.run.Ending;
import io.mdc.run.Stop;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** A table or figure of the paper, made again in a directory. */
public final class Reproduction {
    private final Exhibit exhibit;
    private final Setup setup;
    private final Workplace workplace;

    private Reproduction(Exhibit exhibit, Setup setup, Workplace workplace) {
        this.exhibit = exhibit;
        this.setup = setup;
        this.workplace = workplace;
    }

    /**
     * One in a directory; nothing is written yet.
     *
     * @param scale of the runs; empty for that of the directory, or {@link Scale#SMOKE}
     * @param seeds how many runs of each kind there are; empty for the scale's
     * @param options the user's settings of all runs; those the directory was begun with where it gives none
     * @throws ConfigException if settings do not go with each other
     */
    public static Reproduction in(
            Path directory, Exhibit exhibit, Optional<Scale> scale, OptionalInt seeds, Layer options) {
        Workplace workplace = new Workplace(directory);
        Scale chosen = scale.or(workplace::scale).orElse(Scale.SMOKE);
        Layer all = options.values().isEmpty() ? workplace.settings() : options;
        return new Reproduction(exhibit, new Setup(chosen, seeds.orElse(chosen.seeds()), all), workplace);
    }

    /**
     * Makes what is missing.
     *
     * @param share the part of it that this process takes
     * @param progress is told how far it is; not closed
     * @param stop asked after every inner loop and every epoch
     * @return why runs failed, by name
     * @throws ConfigException if settings do not go with the data, the directory is another's, or there is nothing for
     *     the share
     * @throws io.mdc.base.DataException if the data or a file of a run is missing or damaged
     */
    public Ending<Map<String, String>> run(Share share, Progress progress, Stop stop) throws IOException {
        Plan plan = Plan.of(exhibit.content().needs(setup)).share(share);
        workplace.take(setup);
        return new ReproduceJob(plan, workplace.runs(), progress, stop).run();
    }

    /**
     * The paper's numbers, what was measured here, and the difference.
     *
     * @param bestOfFour whether the best of four accuracies counts, as the authors report it, instead of the last
     */
    public List<Sheet> sheets(boolean bestOfFour) throws IOException {
        Findings findings =
                new Findings(workplace.runs(), bestOfFour ? Findings.Kind.BEST_OF_FOUR : Findings.Kind.LAST);
        return new PaperSheets((TableContent) exhibit.content(), setup, findings).sheets();
    }
}
