package io.mdc.run;

import io.mdc.data.Dataset;
import io.mdc.data.SourceFile;
import io.mdc.directory.ImageOrigin;
import io.mdc.directory.Manifest;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.CondensedSet;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What a run is made of that consists of several finished ones.
 *
 * @param sets of the parts; copied
 * @param sources where they are; copied
 * @param warnings of all; copied
 * @param seconds that each took to condense; copied
 */
public record SetParts(
        List<CondensedSet> sets, List<ImageOrigin.Part> sources, List<String> warnings, List<Double> seconds) {
    /** Copies the lists. */
    public SetParts {
        sets = List.copyOf(sets);
        sources = List.copyOf(sources);
        warnings = List.copyOf(warnings);
        seconds = List.copyOf(seconds);
    }

    /** Reads the set of a part. */
    @FunctionalInterface
    public interface Reader {
        /** Reads it, making sure that it goes with the data. */
        CondensedSet read(RunDirectory part, Dataset data);
    }

    /**
     * Reads them.
     *
     * @throws io.mdc.base.DataException if a set is missing, damaged or not of the data
     */
    public static SetParts of(List<RunDirectory> parts, Dataset data, Reader reader) throws IOException {
        List<CondensedSet> sets = new ArrayList<>();
        List<ImageOrigin.Part> sources = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        List<Double> seconds = new ArrayList<>();
        for (RunDirectory part : parts) {
            sets.add(reader.read(part, data));
            sources.add(new ImageOrigin.Part(
                    part.path().toAbsolutePath().normalize().toString(),
                    SourceFile.of(part.synthetic()).sha256()));
            warnings.addAll(part.warnings());
            seconds.add(Manifest.ifReadable(part.manifest())
                    .map(Manifest::condenseSeconds)
                    .orElse(0.0));
        }
        return new SetParts(sets, sources, warnings, seconds);
    }
}
