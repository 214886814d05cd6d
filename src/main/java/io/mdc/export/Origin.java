package io.mdc.export;

import io.mdc.data.DatasetCard;
import io.mdc.data.SourceFile;
import io.mdc.evaluate.Evaluation;
import java.util.List;
import java.util.Optional;

/**
 * Where a condensed set came from and what was measured of it.
 *
 * @param dataset what is known of the data set
 * @param files its files, or what generated it; copied
 * @param commands command lines that make such a run, and what else is to be said of them, in Markdown
 * @param version of the program that exports
 * @param set {@link io.mdc.evaluate.CondensedSet#sha256}
 * @param evaluation all that was measured, if anything was
 */
public record Origin(
        DatasetCard dataset,
        List<SourceFile> files,
        String commands,
        String version,
        String set,
        Optional<Evaluation> evaluation) {
    /** Copies the list. */
    public Origin {
        files = List.copyOf(files);
    }
}
