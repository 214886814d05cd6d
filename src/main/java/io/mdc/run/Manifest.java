package io.mdc.run;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.mdc.base.DataException;
import io.mdc.base.Json;
import io.mdc.data.Normalization;
import io.mdc.data.SourceFile;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * The content of {@code manifest.json}: under which circumstances a run was made.
 *
 * @param version of this program
 * @param backend ND4J's backend and build, and the path through this program
 * @param cpu the processor
 * @param java the Java runtime
 * @param threads worker threads
 * @param seed of all random choices
 * @param data the files, or generators, that the images came from
 * @param classes names, in the order of the labels
 * @param normalization channel statistics that networks are trained with
 * @param skippedImages files of the data set that were left out because they cannot be read
 * @param started when the run was first started, ISO 8601, UTC
 * @param ended when it was last finished or interrupted, null while it runs
 * @param status {@code running}, {@code interrupted} or {@code finished}
 * @param resumed how often it was resumed
 * @param condenseSeconds wall time of condensation, all parts together
 */
record Manifest(
        String version,
        String backend,
        String cpu,
        String java,
        int threads,
        long seed,
        List<SourceFile> data,
        List<String> classes,
        Normalization normalization,
        @JsonProperty("skipped_images") int skippedImages,
        String started,
        String ended,
        String status,
        int resumed,
        @JsonProperty("condense_seconds") double condenseSeconds) {

    /** Reads what an earlier part of a run wrote. */
    static Manifest read(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return Json.read(in, Manifest.class);
        } catch (JsonProcessingException e) {
            throw new DataException(file + ": not a readable manifest; remove it to go on without", e);
        }
    }

    Manifest with(String newStatus, String newEnded, double seconds) {
        return new Manifest(
                version,
                backend,
                cpu,
                java,
                threads,
                seed,
                data,
                classes,
                normalization,
                skippedImages,
                started,
                newEnded,
                newStatus,
                resumed,
                seconds);
    }
}
