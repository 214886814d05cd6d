package io.mdc.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.mdc.backend.Compute;
import io.mdc.base.DataException;
import io.mdc.base.Json;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.data.Normalization;
import io.mdc.data.SourceFile;
import io.mdc.setting.Share;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The content of {@code manifest.json}: under which circumstances a run was made.
 *
 * @param version of this program
 * @param backend ND4J's backend and build, and the path through this program
 * @param cpu the processor
 * @param java the Java runtime
 * @param threads worker threads
 * @param chunk images computed at a time; null in manifests of earlier versions
 * @param seed of all random choices
 * @param data the files, or generators, that the images came from; copied
 * @param classes names, in the order of the labels; copied
 * @param normalization channel statistics that networks are trained with
 * @param skippedImages files of the data set that were left out because they cannot be read
 * @param leftOutFiles other files among those of the data set that were left out because they are not images
 * @param started when the run was first started, ISO 8601, UTC
 * @param ended when it was last finished or interrupted, null while it runs
 * @param status how far the run is
 * @param resumed how often it was resumed
 * @param warnings signs that the run diverged, one line each; copied
 * @param condenseSeconds wall time of condensation, all parts together that have an end; of one of several runs under
 *     the same θ, its own loops and an equal share of all else
 * @param loopsBefore lines of {@code metrics.jsonl} when the part that runs began; null if none does
 * @param order where the images came from and in which order they are, of a run that was made by ordering another's;
 *     else null
 * @param shard the classes that were condensed, of a run of which that is not all; else null
 * @param merged the shards whose classes are together in it, of a run that was made of them; else null; copied
 * @param joined the runs whose images are together in it, of a run that was made of several; else null; copied
 * @param imported the file its images are from, of a run that was imported; else null
 */
public record Manifest(
        String version,
        String backend,
        String cpu,
        String java,
        int threads,
        @JsonInclude(JsonInclude.Include.NON_NULL) Integer chunk,
        long seed,
        List<SourceFile> data,
        List<String> classes,
        Normalization normalization,
        @JsonProperty("skipped_images") int skippedImages,
        @JsonProperty("left_out_files") int leftOutFiles,
        String started,
        String ended,
        Status status,
        int resumed,
        List<String> warnings,
        @JsonProperty("condense_seconds") double condenseSeconds,

        @JsonInclude(JsonInclude.Include.NON_NULL) @JsonProperty("loops_before")
        Long loopsBefore,

        @JsonInclude(JsonInclude.Include.NON_NULL) Reordering order,
        @JsonInclude(JsonInclude.Include.NON_NULL) Share shard,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<ImageOrigin.Part> merged,
        @JsonInclude(JsonInclude.Include.NON_NULL) List<ImageOrigin.Part> joined,
        @JsonInclude(JsonInclude.Include.NON_NULL) ImageOrigin.Source imported) {
    /** How far a run is. */
    public enum Status {
        @JsonProperty("running")
        RUNNING,
        @JsonProperty("interrupted")
        INTERRUPTED,
        @JsonProperty("finished")
        FINISHED
    }

    /**
     * Copies the lists.
     *
     * @throws NullPointerException if normalization, start or status are missing
     * @throws IllegalArgumentException if the seconds are not a finite number, or the lines are less than none
     */
    public Manifest {
        Objects.requireNonNull(normalization, "normalization");
        Objects.requireNonNull(started, "started");
        Objects.requireNonNull(status, "status");
        if (!Double.isFinite(condenseSeconds)) {
            throw new IllegalArgumentException("condense_seconds: " + condenseSeconds);
        } else if (loopsBefore != null && loopsBefore < 0) {
            throw new IllegalArgumentException("loops_before: " + loopsBefore);
        }
        data = List.copyOf(data);
        classes = List.copyOf(classes);
        warnings = warnings == null ? List.of() : List.copyOf(warnings);
        merged = merged == null ? null : List.copyOf(merged);
        joined = joined == null ? null : List.copyOf(joined);
    }

    /** That of a run which begins now. */
    public static Manifest begun(RunConfig config, Dataset data, Compute compute) {
        return running(config, data, compute, now(), 0, List.of(), 0, 0);
    }

    /**
     * That of this run, continued now on what may be another machine.
     *
     * @param seconds that its earlier parts took: {@link SpentTime#seconds}
     * @param loops lines of its log that are kept
     */
    public Manifest resumedBy(RunConfig config, Dataset dataset, Compute compute, double seconds, long loops) {
        return running(config, dataset, compute, started, resumed + 1, warnings, seconds, loops);
    }

    private static Manifest running(
            RunConfig config,
            Dataset data,
            Compute compute,
            String started,
            int resumed,
            List<String> warnings,
            double condenseSeconds,
            long loopsBefore) {
        return new Manifest(
                Machine.version(),
                Machine.backend(compute.backend()),
                Machine.cpu(),
                Machine.java(),
                compute.workers().threads(),
                compute.chunk(),
                config.seed(),
                data.sources(),
                data.classNames(),
                data.normalization(),
                data.leftOut().badImages(),
                data.leftOut().others(),
                started,
                null,
                Status.RUNNING,
                resumed,
                warnings,
                condenseSeconds,
                loopsBefore,
                null,
                null,
                null,
                null,
                null);
    }

    /** That of this run, finished or interrupted now, {@code seconds} after this part of it began. */
    public Manifest ended(boolean finished, List<String> newWarnings, double seconds) {
        List<String> all = Stream.concat(warnings.stream(), newWarnings.stream())
                .distinct()
                .toList();
        return with(now(), finished ? Status.FINISHED : Status.INTERRUPTED, all, condenseSeconds + seconds, origin());
    }

    /** That of this run while its files, of which the log tells the seconds, are still written. */
    Manifest unfinished() {
        return with(null, Status.RUNNING, warnings, 0, origin());
    }

    /** Whether the run has come to its end. */
    public boolean finished() {
        return status == Status.FINISHED;
    }

    /** That of this run, whose images come from elsewhere. */
    public Manifest from(ImageOrigin origin) {
        return with(ended, status, warnings, condenseSeconds, origin);
    }

    /** Where its images come from. */
    public ImageOrigin origin() {
        return new ImageOrigin(
                Optional.ofNullable(order),
                Optional.ofNullable(shard),
                merged == null ? List.of() : merged,
                joined == null ? List.of() : joined,
                Optional.ofNullable(imported));
    }

    private Manifest with(
            String newEnded, Status newStatus, List<String> newWarnings, double newSeconds, ImageOrigin origin) {
        return new Manifest(
                version,
                backend,
                cpu,
                java,
                threads,
                chunk,
                seed,
                data,
                classes,
                normalization,
                skippedImages,
                leftOutFiles,
                started,
                newEnded,
                newStatus,
                resumed,
                newWarnings,
                newSeconds,
                newStatus == Status.RUNNING ? loopsBefore : null,
                origin.order().orElse(null),
                origin.shard().orElse(null),
                origin.merged().isEmpty() ? null : origin.merged(),
                origin.joined().isEmpty() ? null : origin.joined(),
                origin.imported().orElse(null));
    }

    private static String now() {
        return Instant.now().truncatedTo(ChronoUnit.SECONDS).toString();
    }

    /**
     * Reads what an earlier part of a run wrote.
     *
     * @throws DataException if it is missing or damaged
     */
    public static Manifest read(Path file) {
        try {
            return Json.read(RunDirectory.text(file), Manifest.class);
        } catch (JsonProcessingException e) {
            throw new DataException(file + ": not a readable manifest", e);
        }
    }

    /** What an earlier part of a run wrote, if it is there and not damaged. */
    public static Optional<Manifest> ifReadable(Path file) {
        try {
            return Files.exists(file) ? Optional.of(read(file)) : Optional.empty();
        } catch (DataException e) {
            return Optional.empty();
        }
    }
}
