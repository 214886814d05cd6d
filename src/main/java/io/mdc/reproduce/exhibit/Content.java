package io.mdc.reproduce.exhibit;

import io.mdc.report.chart.Picture;
import io.mdc.report.chart.Theme;
import io.mdc.report.sheet.Sheet;
import io.mdc.reproduce.plan.Findings;
import io.mdc.reproduce.plan.Need;
import io.mdc.reproduce.plan.Setup;
import java.io.IOException;
import java.util.List;
import java.util.Optional;

/** What a table or figure is made of. */
public interface Content {
    /** What has to be there for it. */
    List<Need> needs(Setup setup);

    /** Its numbers: the paper's, what was measured here, and the difference. */
    List<Sheet> sheets(Setup setup, Findings findings) throws IOException;

    /** Whether its runs have seeds that the paper's are like, however many are asked for. */
    default boolean hasOwnSeeds() {
        return true;
    }

    /** Its picture, if it is one and something was measured. */
    default Optional<Picture> picture(Setup setup, Findings findings, Theme theme) throws IOException {
        return Optional.empty();
    }
}
