package io.mdc.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.evaluate.CondensedSet;
import io.mdc.evaluate.Statistic;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BestSetsTest {
    @TempDir
    private Path folder;

    private final List<String> notes = new ArrayList<>();

    /** A set of its own for every outer loop. */
    private static CondensedSet set(int outer) {
        return new CondensedSet(new float[] {outer / 100f, 0.5f}, new int[] {2, 1, 1, 1}, 2, 1);
    }

    private static CoursePoint point(int outer, int size, double mean) {
        Statistic accuracy = new Statistic(mean, 0, List.of(mean));
        return new CoursePoint(
                outer,
                outer,
                outer,
                "convnet",
                size,
                2,
                accuracy,
                accuracy,
                true,
                set(outer).sha256());
    }

    private BestSets open(CoursePoint... points) throws IOException {
        return BestSets.open(folder, List.of(points), notes::add);
    }

    @Test
    void aHigherAccuracyBeatsTheBestAndAnEqualDoesNot() throws IOException {
        BestSets best = open();
        assertTrue(best.areBeatenBy(0, 1));
        best.keep(point(3, 1, 50), set(3));
        assertFalse(best.areBeatenBy(50, 1));
        assertTrue(best.areBeatenBy(50.1, 1));
        assertTrue(best.areBeatenBy(0, 2));
    }

    @Test
    void theBestAreKnownAgainByTheirFiles() throws IOException {
        CoursePoint first = point(3, 1, 50);
        CoursePoint second = point(4, 1, 60);
        CoursePoint other = point(3, 2, 70);
        BestSets best = open();
        best.keep(first, set(3));
        best.keep(second, set(4));
        best.keep(other, set(3));
        BestSets again = open(first, other, second);
        assertEquals(Optional.of(second), again.of(1));
        assertEquals(Optional.of(other), again.of(2));
        // Its line was taken back with the checkpoint: the point will be measured again.
        assertEquals(Optional.empty(), open(first, other).of(1));
        assertEquals(List.of(), notes);
    }

    @Test
    void aLostFileIsToldAndAnythingBeatsIt() throws IOException {
        CoursePoint point = point(3, 1, 50);
        open().keep(point, set(3));
        Path file = folder.resolve("size-1.npz");
        Files.write(file, new byte[] {1, 2});
        assertTrue(open(point).areBeatenBy(0, 1));
        assertEquals(1, notes.size());
        assertTrue(notes.get(0).startsWith(file + ": missing or damaged; "), notes::toString);
        assertFalse(Files.exists(file));
        assertTrue(Files.exists(DamagedFile.of(file)));
    }
}
