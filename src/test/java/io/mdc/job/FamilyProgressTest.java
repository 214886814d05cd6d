package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.condense.Condensation;
import io.mdc.condense.CondenseState;
import io.mdc.directory.Checkpoint;
import io.mdc.directory.Checkpoints;
import io.mdc.directory.RunDirectory;
import io.mdc.family.Family;
import io.mdc.numpy.NumpyArray;
import io.mdc.report.Progress;
import io.mdc.run.TinySettings;
import io.mdc.testing.Told;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What is told of the loops of runs that are condensed together. */
class FamilyProgressTest extends TinyFamilies {
    @Test
    void everyLoopOfEveryRunIsOneMore() throws IOException {
        Told told = new Told();
        new FamilyJob(new Family(TinySettings.family()), out(), false).run(told, () -> false);
        long loops = TinySettings.family().get("one").loop().steps();
        assertEquals(List.of(List.of(3 * loops), List.of(loops)), told.totals());
        for (int group = 0; group < 2; group++) {
            assertEquals(
                    LongStream.rangeClosed(0, told.totals().get(group).get(0))
                            .boxed()
                            .toList(),
                    told.done().get(group).stream().distinct().toList());
        }
        told.status()
                .forEach(text -> assertTrue(text.matches("(3 runs, (one|mdc|idc)|1 run, other-seed): outer .*"), text));
    }

    @Test
    void thoseThatAreFurtherWaitAndAreNotCounted() throws IOException {
        condense(false, stopAt(1));
        for (String name : List.of("one", "idc")) {
            AtomicInteger asked = new AtomicInteger();
            new CondenseJob(TinySettings.family().get(name), Optional.of(out().resolve(name)), true)
                    .run(Progress.silent(), () -> asked.incrementAndGet() == 2);
        }
        Told told = new Told();
        new FamilyJob(Family.at(out()), out(), true).run(told, () -> false);
        assertEquals(List.of(12L), told.totals().get(0));
        assertEquals(
                LongStream.rangeClosed(7, 12).boxed().toList(),
                told.done().get(0).stream().distinct().toList());
        assertTrue(told.status().get(0).startsWith("1 of 3 runs, mdc: outer 1/2, inner 2/2"), told.status()::toString);
        assertTrue(
                told.status().stream().anyMatch(text -> text.startsWith("3 runs, idc: outer 2/2, inner 2/2")),
                told.status()::toString);
    }

    @Test
    void theLoopsThatARunWillNotDoAreDropped() throws IOException {
        condense(false, stopAt(1));
        Checkpoints checkpoints = RunDirectory.open(out().resolve("mdc")).checkpoints();
        checkpoints.write(broken(checkpoints.read(note -> {}).orElseThrow()));
        Told told = new Told();
        new FamilyJob(Family.at(out()), out(), true).run(told, () -> false);
        assertEquals(List.of(12L, 9L), told.totals().get(0));
        assertEquals(
                LongStream.rangeClosed(3, 9).boxed().toList(),
                told.done().get(0).stream().distinct().toList());
        assertTrue(
                told.status().stream().anyMatch(text -> text.startsWith("2 of 3 runs, idc: outer 2/2, inner 2/2")),
                told.status()::toString);
    }

    /** The same with images that are no numbers. */
    private static Checkpoint broken(Checkpoint checkpoint) {
        CondenseState state = checkpoint.state();
        NumpyArray images = state.images().images();
        float[] values = images.toFloats();
        Arrays.fill(values, Float.NaN);
        Condensation.State nan = new Condensation.State(
                NumpyArray.of(values, images.shape()),
                state.images().velocity(),
                state.images().subsets(),
                state.images().selections(),
                state.images().chosen(),
                state.images().learned());
        return new Checkpoint(
                checkpoint.begun(),
                new CondenseState(state.outer(), state.inner(), nan, state.network()),
                checkpoint.metrics(),
                checkpoint.selections(),
                checkpoint.course());
    }
}
