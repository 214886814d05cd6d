package io.mdc.run;

import io.mdc.data.SourceFile;
import java.util.List;
import java.util.Optional;

/**
 * Under which circumstances a run was made, for those who read its manifest.
 *
 * @param program version of this program
 * @param backend what it computed with
 * @param cpu the processor
 * @param java the Java runtime
 * @param threads worker threads
 * @param data the files, or generators, that the images came from; copied
 * @param classes names, in the order of the labels; copied
 * @param started when it was first started, ISO 8601, UTC
 * @param ended when it was last finished or interrupted; empty while it runs
 * @param phase how far it is, by its own word
 * @param resumed how often it was resumed
 * @param seconds wall time of condensation
 * @param warnings signs that it diverged; copied
 * @param made from what, of a run whose images were not condensed in it
 */
public record Circumstances(
        String program,
        String backend,
        String cpu,
        String java,
        int threads,
        List<SourceFile> data,
        List<String> classes,
        String started,
        Optional<String> ended,
        Phase phase,
        int resumed,
        double seconds,
        List<String> warnings,
        Optional<Made> made) {
    /** How far a run says it is. */
    public enum Phase {
        /** Under way, or its process was killed. */
        RUNNING,
        /** Ended before its time. */
        INTERRUPTED,
        /** At its end. */
        FINISHED
    }

    /**
     * How images of others became those of a run.
     *
     * @param how in words
     * @param from absolute paths of the others; copied
     */
    public record Made(How how, List<String> from) {
        /** Copies the list. */
        public Made {
            from = List.copyOf(from);
        }
    }

    /** Ways to make a run of others. */
    public enum How {
        /** Another's, in another order by LBPE. */
        ORDERED_BY_LBPE,
        /** Another's, in another order by EL2N. */
        ORDERED_BY_EL2N,
        /** Another's, in a random order. */
        ORDERED_BY_RANDOM,
        /** Those of several runs together. */
        JOINED,
        /** The classes of several shards together. */
        MERGED,
        /** Only some classes, as a shard of a run. */
        SHARD
    }

    /** Copies the lists. */
    public Circumstances {
        data = List.copyOf(data);
        classes = List.copyOf(classes);
        warnings = List.copyOf(warnings);
    }

    static Circumstances of(Manifest manifest) {
        return new Circumstances(
                manifest.version(),
                manifest.backend(),
                manifest.cpu(),
                manifest.java(),
                manifest.threads(),
                manifest.data(),
                manifest.classes(),
                manifest.started(),
                Optional.ofNullable(manifest.ended()),
                switch (manifest.status()) {
                    case RUNNING -> Phase.RUNNING;
                    case INTERRUPTED -> Phase.INTERRUPTED;
                    case FINISHED -> Phase.FINISHED;
                },
                manifest.resumed(),
                manifest.condenseSeconds(),
                manifest.warnings(),
                made(manifest));
    }

    private static Optional<Made> made(Manifest manifest) {
        if (manifest.order() != null) {
            How how =
                    switch (manifest.order().by()) {
                        case "lbpe" -> How.ORDERED_BY_LBPE;
                        case "el2n" -> How.ORDERED_BY_EL2N;
                        default -> How.ORDERED_BY_RANDOM;
                    };
            return Optional.of(new Made(how, List.of(manifest.order().run())));
        } else if (manifest.joined() != null) {
            return Optional.of(new Made(How.JOINED, runs(manifest.joined())));
        } else if (manifest.merged() != null) {
            return Optional.of(new Made(How.MERGED, runs(manifest.merged())));
        }
        return manifest.shard() == null ? Optional.empty() : Optional.of(new Made(How.SHARD, List.of()));
    }

    private static List<String> runs(List<Manifest.Part> parts) {
        return parts.stream().map(Manifest.Part::run).toList();
    }
}
