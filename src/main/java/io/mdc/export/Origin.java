package io.mdc.export;

import io.mdc.data.DatasetCard;
import io.mdc.data.DatasetSource;
import io.mdc.data.SourceFile;
import io.mdc.evaluate.Evaluation;
import java.util.List;
import java.util.Optional;

/**
 * Where a condensed set came from and what was measured of it.
 *
 * @param source of the real images
 * @param files its files, or what generated it; copied
 * @param making how it was made
 * @param commands command lines that make such a run, and what else is to be said of them, in Markdown
 * @param version of the program that exports
 * @param set {@link io.mdc.evaluate.CondensedSet#sha256}
 * @param evaluation all that was measured, if anything was
 */
public record Origin(
        DatasetSource source,
        List<SourceFile> files,
        Making making,
        String commands,
        String version,
        String set,
        Optional<Evaluation> evaluation) {
    /** Copies the list. */
    public Origin {
        files = List.copyOf(files);
    }

    /** What is known of the data set. */
    DatasetCard dataset() {
        return source.card();
    }
}
