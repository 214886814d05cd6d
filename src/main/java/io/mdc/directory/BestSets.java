package io.mdc.directory;

import io.mdc.base.DataException;
import io.mdc.evaluate.CondensedSet;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * The whole sets that were best for a size so far, in a folder: a file per size, which the line of {@code course.jsonl}
 * with its checksum tells of. A file without such a line is from a point that will be measured again.
 */
public final class BestSets {
    private final Path folder;
    private final Map<Integer, CoursePoint> known;

    private BestSets(Path folder, Map<Integer, CoursePoint> known) {
        this.folder = folder;
        this.known = known;
    }

    /** Those that are there and not damaged. */
    static BestSets read(Path folder, List<CoursePoint> points) {
        return read(folder, points, (file, point) -> {});
    }

    /**
     * Those that are there and not damaged; damaged ones are put aside.
     *
     * @param notes is told which are lost
     * @throws IOException if a damaged one cannot be put aside
     */
    public static BestSets open(Path folder, List<CoursePoint> points, Consumer<String> notes) throws IOException {
        return read(folder, points, (file, point) -> {
            notes.accept(file + ": missing or damaged; the best images of size " + point.size()
                    + ", those after outer loop " + point.outer() + ", are lost, and the best from now on take their"
                    + " place" + DamagedFile.keep(file));
            Files.deleteIfExists(file);
        });
    }

    /** Is told of a file that cannot be read, and of the point it should be of. */
    @FunctionalInterface
    private interface Loss<E extends Exception> {
        void of(Path file, CoursePoint point) throws E;
    }

    private static <E extends Exception> BestSets read(Path folder, List<CoursePoint> points, Loss<E> loss) throws E {
        Map<Integer, CoursePoint> latest = new TreeMap<>();
        points.stream().filter(CoursePoint::best).forEach(point -> latest.put(point.size(), point));
        Map<Integer, CoursePoint> known = new TreeMap<>();
        for (CoursePoint point : latest.values()) {
            Path file = file(folder, point.size());
            try {
                String set = CondensedSet.read(file).sha256();
                points.stream()
                        .filter(CoursePoint::best)
                        .filter(other ->
                                other.size() == point.size() && other.set().equals(set))
                        .findFirst()
                        .ifPresent(other -> known.put(other.size(), other));
            } catch (DataException e) {
                loss.of(file, point);
            }
        }
        return new BestSets(folder, known);
    }

    private static Path file(Path folder, int size) {
        return folder.resolve("size-" + size + ".npz");
    }

    /** Where the images were best for a size, as far as they are kept. */
    Optional<CoursePoint> of(int size) {
        return Optional.ofNullable(known.get(size));
    }

    /** Whether a mean accuracy is better than that of the images kept for a size, if there are any. */
    public boolean areBeatenBy(double mean, int size) {
        return of(size).map(best -> mean > best.last().mean()).orElse(true);
    }

    /**
     * Keeps the images of a point in place of those of its size.
     *
     * @throws IOException if they cannot be written
     */
    public void keep(CoursePoint point, CondensedSet set) throws IOException {
        Files.createDirectories(folder);
        set.write(file(folder, point.size()));
        known.put(point.size(), point);
    }
}
