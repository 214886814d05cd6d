package io.mdc.base;

import java.io.IOException;
import java.nio.file.FileStore;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** A file could not be written because its disk, or the user's share of it, is full. */
public final class DiskFull extends IOException {
    private static final long serialVersionUID = 1;
    private static final double MEGABYTE = 1e6;

    private final String state;

    private DiskFull(Path place, String state, IOException cause) {
        super(place + state, cause);
        this.state = state;
    }

    /**
     * The failure of a write with the name of the file and the room it needs, if a full disk was the reason; else the
     * failure as it was.
     *
     * @param file what was to be written
     * @param bytes its size, if that is known; asked for if the disk is full
     */
    public static IOException explain(Path file, Supplier<OptionalLong> bytes, IOException failure) {
        if (failure instanceof DiskFull || !isReasonOf(failure)) {
            return failure;
        }
        OptionalLong size = bytes.get();
        String needed = size.isPresent() ? megabytes(size.getAsLong()) + " are needed, " : "";
        return new DiskFull(file, ": the disk is full: " + needed + free(file) + "; make room and go on", failure);
    }

    /** The same failure, of what the file was to be part of. */
    DiskFull of(Path whole) {
        return new DiskFull(whole, state, this);
    }

    /**
     * Makes sure that there is room for what is to be written.
     *
     * @param place a directory that is or will be there
     * @throws DiskFull if there is not
     */
    public static void requireRoom(Path place, long bytes) throws IOException {
        requireRoom(Map.of(place, bytes));
    }

    /**
     * Makes sure that there is room for all that is to be written, some of which may go to the same disk.
     *
     * @param bytes by directory that is or will be there
     * @throws DiskFull if there is not, naming the directory that most is to be written to
     */
    public static void requireRoom(Map<Path, Long> bytes) throws IOException {
        Map<FileStore, List<Path>> disks = new LinkedHashMap<>();
        for (Path place : bytes.keySet()) {
            disks.computeIfAbsent(disk(place), any -> new ArrayList<>()).add(place);
        }
        for (Map.Entry<FileStore, List<Path>> disk : disks.entrySet()) {
            long needed = disk.getValue().stream().mapToLong(bytes::get).sum();
            long free = disk.getKey().getUsableSpace();
            if (free < needed) {
                Path largest = Collections.max(disk.getValue(), Comparator.comparing(bytes::get));
                throw new DiskFull(
                        largest,
                        ": the disk has not enough room: about " + megabytes(needed) + " are needed, " + megabytes(free)
                                + " are free; make room, or name another directory",
                        null);
            }
        }
    }

    private static FileStore disk(Path place) throws IOException {
        Path above = place.toAbsolutePath();
        while (!Files.exists(above)) {
            above = above.getParent();
        }
        return Files.getFileStore(above);
    }

    private static boolean isReasonOf(IOException failure) {
        String message = String.valueOf(failure.getMessage()).toLowerCase(Locale.ROOT);
        return Stream.of("no space left", "quota exceeded", "not enough space", "disk full")
                .anyMatch(message::contains);
    }

    private static String free(Path file) {
        try {
            FileStore store = Files.getFileStore(file.toAbsolutePath().getParent());
            return megabytes(store.getUsableSpace()) + " are free";
        } catch (IOException e) {
            return "how much is free is not known";
        }
    }

    private static String megabytes(long bytes) {
        return String.format(Locale.ROOT, bytes < MEGABYTE ? "%.3f MB" : "%.0f MB", bytes / MEGABYTE);
    }
}
