package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.config.RunConfig;
import io.mdc.directory.CoursePoint;
import io.mdc.directory.CourseSummary;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.CondensedSet;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.Statistic;
import io.mdc.family.Family;
import io.mdc.report.Progress;
import io.mdc.run.Ending;
import io.mdc.run.Stop;
import io.mdc.run.TinySettings;
import io.mdc.testing.Folders;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Evaluations during runs on a few images. */
class AccuracyCourseTest {
    /**
     * How often a run of {@link #SETTINGS} asks whether to stop: 5 · 2 inner loops, 3 points of 4 trials of 2 epochs.
     */
    private static final int ASKS = 34;

    /** In loops, before, in and after points, the last time of all. */
    private static final List<Integer> MOMENTS = List.of(3, 4, 6, 12, 13, 22, 26, 34);

    private static final String[] SETTINGS = {
        "outer", "5", "period", "2", "lr-img", "0.5", "net-lr", "0.2", "evaluate-every", "2", "threads", "2"
    };

    @TempDir
    private Path folder;

    private static RunConfig config(String... changes) {
        List<String> all = new ArrayList<>(List.of(SETTINGS));
        all.addAll(List.of(changes));
        return TinySettings.with(all.toArray(String[]::new));
    }

    private static Ending<CondenseJob.Result> condense(RunConfig config, Path out, boolean resume, Stop stop)
            throws IOException {
        return new CondenseJob(config, Optional.of(out), resume).run(Progress.silent(), stop);
    }

    private Path condensed(String name, String... changes) throws IOException {
        Path out = folder.resolve(name);
        assertInstanceOf(Ending.Finished.class, condense(config(changes), out, false, () -> false));
        return out;
    }

    private static Evaluation evaluated(Path run, String... changes) throws IOException {
        Ending<EvaluateJob.Result> ending =
                new EvaluateJob(RunDirectory.open(run), config(changes)).run(Progress.silent(), () -> false);
        return ((Ending.Finished<EvaluateJob.Result>) ending).result().evaluation();
    }

    private static List<CoursePoint> points(Path run) throws IOException {
        return CoursePoint.readAll(run.resolve("course.jsonl"));
    }

    private static List<Statistic> accuracies(Path run, int outer) throws IOException {
        return points(run).stream()
                .filter(point -> point.outer() == outer)
                .map(CoursePoint::last)
                .toList();
    }

    private static List<Statistic> accuracies(Evaluation evaluation) {
        return evaluation.results().stream().map(result -> result.last()).toList();
    }

    /** What must be the same whenever a run was interrupted: the course without its seconds, and sets. */
    private static Map<String, Object> given(Path run) throws IOException {
        Map<String, Object> given = new HashMap<>();
        for (Path file : Folders.files(run)) {
            String name = run.relativize(file).toString();
            if (name.endsWith(".npz") && !name.startsWith("checkpoint")) {
                given.put(name, CondensedSet.read(file).sha256());
            }
        }
        given.put("mls", Files.readString(run.resolve("mls.jsonl")));
        given.put(
                "course",
                Files.readString(run.resolve("course.jsonl")).replaceAll("\"seconds\":[-+.0-9E]+", "seconds"));
        given.put("trials", Files.exists(run.resolve("course.trials.jsonl")));
        return given;
    }

    @Test
    void pointsAreWhatRunsCondensedThatFarAreEvaluatedTo() throws IOException {
        String[] longer = {"epochs", "12", "repeats", "6", "net-lr", "0.05"};
        Path run = condensed("run", longer);
        assertEquals(
                List.of("2 4 1", "2 4 2", "4 8 1", "4 8 2", "5 10 1", "5 10 2"),
                points(run).stream()
                        .map(point -> point.outer() + " " + point.innerLoops() + " " + point.size())
                        .toList());
        assertEquals(accuracies(evaluated(run, longer)), accuracies(run, 5));
        Path shorter = condensed("shorter", "outer", "2", "evaluate-every", "0", "net-lr", "0.05");
        assertEquals(accuracies(evaluated(shorter, longer)), accuracies(run, 2));
        assertEquals(
                CondensedSet.read(shorter.resolve("synthetic.npz")).sha256(),
                points(run).get(0).set());
        assertFalse(Files.exists(shorter.resolve("course.jsonl")));
    }

    @Test
    void imagesAreThoseOfARunThatIsNotEvaluated() throws IOException {
        Path with = condensed("with");
        Path without = condensed("without", "evaluate-every", "0");
        for (String file : List.of("synthetic.npz", "mls.jsonl")) {
            assertEquals(-1, Files.mismatch(with.resolve(file), without.resolve(file)), file);
        }
    }

    @Test
    void theFinishedImagesAreEvaluatedOnlyOnce() throws IOException {
        Path out = condensed("run", "evaluate", "true");
        assertEquals(accuracies(evaluated(out)), accuracies(out, 5));
        assertEquals(
                1 + 4,
                Files.readAllLines(out.resolve("evaluation.trials.jsonl")).size());
        assertEquals(1, evaluated(out).protocols().size());
        AtomicInteger asked = new AtomicInteger();
        condense(config("evaluate", "true"), folder.resolve("other"), false, () -> asked.incrementAndGet() < 0);
        assertEquals(ASKS, asked.get());
    }

    @Test
    void secondsAreThoseOfTheInnerLoopsAlsoOfARunThatWasResumed() throws IOException {
        Path out = folder.resolve("run");
        condense(config(), out, false, stopAt(9));
        condense(config(), out, true, () -> false);
        List<Double> loops = Files.readAllLines(out.resolve("metrics.jsonl")).stream()
                .map(line -> Double.valueOf(line.replaceAll(".*\"seconds\":([-+.0-9E]+).*", "$1")))
                .toList();
        for (CoursePoint point : points(out)) {
            double sum = loops.stream()
                    .limit(point.innerLoops())
                    .mapToDouble(seconds -> seconds)
                    .sum();
            assertEquals(sum, point.seconds(), 1e-9 * sum);
        }
    }

    private static Stop stopAt(int times) {
        AtomicInteger asked = new AtomicInteger();
        return () -> asked.incrementAndGet() >= times;
    }

    @Test
    void aRunThatWasStoppedAnywhereGoesOnToTheSameCourse() throws IOException {
        Map<String, Object> whole = given(condensed("whole"));
        for (int times : MOMENTS) {
            Path out = folder.resolve("stopped");
            assertInstanceOf(Ending.Interrupted.class, condense(config(), out, false, stopAt(times)));
            condense(config(), out, true, () -> false);
            assertEquals(whole, given(out), "stopped at " + times);
            Folders.delete(out);
        }
    }

    @Test
    void aRunThatWasKilledAnywhereGoesOnToTheSameCourse() throws IOException {
        Map<String, Object> whole = given(condensed("whole"));
        for (int times : MOMENTS) {
            Path out = folder.resolve("killed");
            Stop killed = killedAt(times);
            assertThrows(IllegalStateException.class, () -> condense(config(), out, false, killed));
            // The state before the last: a point that was finished is made again, others of its files are there.
            Path last = out.resolve("checkpoint/state.npz");
            if (times % 2 == 0 && Files.exists(out.resolve("checkpoint/state.previous.npz"))) {
                Files.delete(last);
            }
            condense(config(), out, true, () -> false);
            assertEquals(whole, given(out), "killed at " + times);
            Folders.delete(out);
        }
    }

    private static Stop killedAt(int times) {
        AtomicInteger asked = new AtomicInteger();
        return () -> {
            if (asked.incrementAndGet() >= times) {
                throw new IllegalStateException("as if killed");
            }
            return false;
        };
    }

    @Test
    void trialsOfAPointThatWasInterruptedAreNotMadeAgain() throws IOException {
        Path out = folder.resolve("run");
        RunConfig config = config("threads", "1");
        // Four inner loops, then two trials of two epochs and one epoch.
        condense(config, out, false, stopAt(4 + 2 * 2 + 1));
        assertTrue(Files.exists(out.resolve("course.trials.jsonl")));
        AtomicInteger asked = new AtomicInteger();
        condense(config, out, true, () -> asked.incrementAndGet() < 0);
        assertEquals(ASKS - 4 - 2 * 2, asked.get());
    }

    @Test
    void theBestAreTheHighestAndOfEqualsTheFirst() throws IOException {
        Path out = condensed("run", "evaluate-every", "1");
        CourseSummary summary = CourseSummary.of(RunDirectory.open(out));
        assertEquals(2, summary.rows().size());
        for (CourseSummary.Row row : summary.rows()) {
            CoursePoint highest = null;
            for (CoursePoint point : points(out)) {
                if (point.size() == row.size()) {
                    boolean higher = highest == null
                            || point.last().mean() > highest.last().mean();
                    assertEquals(higher, point.best());
                    highest = higher ? point : highest;
                }
            }
            assertEquals(Optional.of(highest), row.best());
            assertEquals(5, row.last().orElseThrow().outer());
            assertEquals(
                    highest.set(),
                    CondensedSet.read(out.resolve("best/size-" + row.size() + ".npz"))
                            .sha256());
        }
    }

    @Test
    void aMemberOfAFamilyHasTheCourseItHasAlone() throws IOException {
        Map<String, RunConfig> members = new LinkedHashMap<>();
        members.put("mdc", config());
        members.put("idc", config("method", "idc", "evaluate-every", "1"));
        members.put("none", config("seed", "3", "evaluate-every", "0"));
        Path out = folder.resolve("family");
        Family family = new Family(members);
        for (int times : List.of(1000, 5, 12, 20)) {
            new FamilyJob(family, out, false).run(Progress.silent(), stopAt(times));
            new FamilyJob(Family.at(out), out, true).run(Progress.silent(), () -> false);
            for (String member : List.of("mdc", "idc")) {
                Path alone = folder.resolve("alone-" + member);
                if (!Files.exists(alone)) {
                    condense(members.get(member), alone, false, () -> false);
                }
                assertEquals(given(alone), given(out.resolve(member)), member + " stopped at " + times);
            }
            assertFalse(Files.exists(out.resolve("none/course.jsonl")));
            Folders.delete(out);
        }
    }

    @Test
    void bestImagesThatAreLostAreNamedAndTheNextTakeTheirPlace() throws IOException {
        Path out = folder.resolve("run");
        // In the second point, after the first was saved.
        condense(config(), out, false, stopAt(18));
        Path lost = out.resolve("best/size-1.npz");
        Path damaged = out.resolve("best/size-2.npz");
        Files.delete(lost);
        Files.write(damaged, new byte[] {1, 2, 3});
        StringWriter said = new StringWriter();
        try (Progress progress = Progress.on(new PrintWriter(said), false)) {
            new CondenseJob(config(), Optional.of(out), true).run(progress, () -> false);
        }
        assertTrue(
                said.toString()
                        .contains(lost + ": missing or damaged; the best images of size 1, those after outer loop 2, "
                                + "are lost, and the best from now on take their place"),
                said::toString);
        assertTrue(said.toString().contains(damaged + ": missing"), said::toString);
        assertTrue(Files.exists(out.resolve("best/size-2.npz.damaged")));
        for (CourseSummary.Row row : CourseSummary.of(RunDirectory.open(out)).rows()) {
            assertTrue(row.best().orElseThrow().outer() > 2, row::toString);
        }
        Path whole = condensed("whole");
        assertEquals(-1, Files.mismatch(whole.resolve("synthetic.npz"), out.resolve("synthetic.npz")));
        assertEquals(accuracies(whole, 4), accuracies(out, 4));
    }

    @Test
    void aRunMayBeginOrEndItsCourseWhenItIsResumed() throws IOException {
        Path out = folder.resolve("run");
        condense(config("evaluate-every", "0"), out, false, stopAt(5));
        assertFalse(Files.exists(out.resolve("course.jsonl")));
        condense(config(), out, true, stopAt(18));
        condense(config("evaluate-every", "0"), out, true, () -> false);
        assertEquals(List.of(4, 4), points(out).stream().map(CoursePoint::outer).toList());
        CourseSummary.Row row = CourseSummary.of(RunDirectory.open(out)).rows().get(0);
        assertEquals(Optional.empty(), row.last());
        assertEquals(4, row.best().orElseThrow().outer());
    }

    @Test
    void aFinishedRunIsMeasuredAtItsEndWhenThatIsAskedForLater() throws IOException {
        Path whole = condensed("whole");
        Path out = condensed("run", "evaluate-every", "0");
        assertInstanceOf(Ending.Interrupted.class, condense(config(), out, true, stopAt(2)));
        condense(config(), out, true, () -> false);
        assertEquals(List.of(5, 5), points(out).stream().map(CoursePoint::outer).toList());
        assertEquals(accuracies(whole, 5), accuracies(out, 5));
        assertEquals(-1, Files.mismatch(whole.resolve("synthetic.npz"), out.resolve("synthetic.npz")));
        assertTrue(RunDirectory.open(out).isFinished());
        byte[] course = Files.readAllBytes(out.resolve("course.jsonl"));
        condense(config(), out, true, () -> false);
        assertArrayEquals(course, Files.readAllBytes(out.resolve("course.jsonl")));
    }

    @Test
    void soIsAFinishedFamily() throws IOException {
        Path out = folder.resolve("family");
        Map<String, RunConfig> before = Map.of("a", config("evaluate-every", "0"));
        new FamilyJob(new Family(before), out, false).run(Progress.silent(), () -> false);
        new FamilyJob(new Family(Map.of("a", config())), out, true).run(Progress.silent(), () -> false);
        assertEquals(
                List.of(5, 5),
                points(out.resolve("a")).stream().map(CoursePoint::outer).toList());
        byte[] manifest = Files.readAllBytes(out.resolve("a/manifest.json"));
        new FamilyJob(new Family(Map.of("a", config())), out, true).run(Progress.silent(), () -> false);
        assertArrayEquals(manifest, Files.readAllBytes(out.resolve("a/manifest.json")));
    }

    @Test
    void firstImagesThatAreKeptAreMeasured() throws IOException {
        Path out = condensed("run", "outer", "0");
        assertEquals(
                List.of("0 0 1", "0 0 2"),
                points(out).stream()
                        .map(point -> point.outer() + " " + point.innerLoops() + " " + point.size())
                        .toList());
        assertEquals(accuracies(evaluated(out, "outer", "0")), accuracies(out, 0));
    }

    @Test
    void networksThatCannotBeTrainedAreRefusedBeforeAnythingIsWritten() {
        RunConfig impossible = config("networks", folder.resolve("none.zip").toString());
        Path out = folder.resolve("run");
        assertThrows(RuntimeException.class, () -> condense(impossible, out, false, () -> false));
        Map<String, RunConfig> members = new LinkedHashMap<>();
        members.put("a", config());
        members.put(
                "b",
                config("method", "idc", "networks", folder.resolve("none.zip").toString()));
        FamilyJob job = new FamilyJob(new Family(members), out, false);
        assertThrows(RuntimeException.class, () -> job.run(Progress.silent(), () -> false));
        assertFalse(Files.exists(out));
    }
}
