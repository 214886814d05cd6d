package io.mdc.testing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import jdk.jfr.Recording;
import jdk.jfr.consumer.RecordedEvent;
import jdk.jfr.consumer.RecordingFile;

/** What was written to disk for good, as the JVM records it. */
public final class Forced {
    private static final String EVENT = "jdk.FileForce";

    private Forced() {}

    /** Something that writes. */
    @FunctionalInterface
    public interface Writing {
        /** Does it. */
        void write() throws IOException;
    }

    /** The files and folders below one that the disk was made to keep, in order. */
    public static List<Path> below(Path folder, Writing writing) throws IOException {
        Path file = Files.createTempFile("forced", ".jfr");
        try (Recording recording = new Recording()) {
            recording.enable(EVENT).withThreshold(Duration.ZERO);
            recording.start();
            writing.write();
            recording.stop();
            recording.dump(file);
            return RecordingFile.readAllEvents(file).stream()
                    .filter(event -> event.getEventType().getName().equals(EVENT))
                    .sorted(Comparator.comparing(RecordedEvent::getStartTime))
                    .map(event -> event.getString("path"))
                    .filter(Objects::nonNull)
                    .map(Path::of)
                    .filter(path -> path.startsWith(folder))
                    .toList();
        } finally {
            Files.delete(file);
        }
    }
}
