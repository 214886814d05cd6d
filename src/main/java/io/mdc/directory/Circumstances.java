package io.mdc.directory;

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
 * @param resumed how often it was resumed
 * @param seconds wall time of condensation
 * @param warnings signs that it diverged; copied
 * @param origin of its images
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
        int resumed,
        double seconds,
        List<String> warnings,
        ImageOrigin origin) {
    /** Copies the lists. */
    public Circumstances {
        data = List.copyOf(data);
        classes = List.copyOf(classes);
        warnings = List.copyOf(warnings);
    }

    /**
     * Those that a manifest tells of.
     *
     * @param seconds {@link SpentTime#seconds}
     */
    static Circumstances of(Manifest manifest, double seconds) {
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
                manifest.resumed(),
                seconds,
                manifest.warnings(),
                manifest.origin());
    }
}
