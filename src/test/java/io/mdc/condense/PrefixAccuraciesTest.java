package io.mdc.condense;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.augment.Augmentations;
import io.mdc.base.Seeds;
import io.mdc.base.Workers;
import io.mdc.batch.RealImages;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Samples;
import io.mdc.engine.Sgd;
import io.mdc.evaluate.CondensedSet;
import io.mdc.evaluate.TrainingRecipe;
import io.mdc.network.ConvNet;
import io.mdc.synthetic.SyntheticSet;
import io.mdc.task.MlsEvent;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Tensor;
import io.mdc.testing.DeviceLike;
import io.mdc.testing.TestBackends;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs whose subsets are selected by the accuracy of networks trained on them. */
class PrefixAccuraciesTest {
    private static final String[] ACCURACY = {
        "metric", "accuracy", "accuracy-width", "3", "accuracy-epochs", "6", "net-lr", "0.05"
    };

    private static TinyRun run(String... more) {
        return new TinyRun(Stream.of(ACCURACY, more).flatMap(Arrays::stream).toArray(String[]::new));
    }

    private static String selections(TinyRun run) {
        return run.selections.stream().flatMap(List::stream).toList().toString();
    }

    private static TinyRun finished(TinyRun run) {
        assertTrue(run.run());
        return run;
    }

    /** What a network answers that was trained on the first n images of every class, for all real images. */
    private static int[] answers(Dataset data, float[] stored, int n) {
        int ofClass = TinyRun.IPC * TinyRun.IMAGE;
        float[] prefix = new float[TinyRun.CLASSES * n * TinyRun.IMAGE];
        for (int label = 0; label < TinyRun.CLASSES; label++) {
            System.arraycopy(stored, label * ofClass, prefix, label * n * TinyRun.IMAGE, n * TinyRun.IMAGE);
        }
        int[] shape = {TinyRun.CLASSES * n, 3, TinyRun.SIZE, TinyRun.SIZE};
        CondensedSet set = new CondensedSet(prefix, shape, TinyRun.CLASSES, 2);
        DifferentiableGraph graph = DifferentiableGraph.compile(
                ConvNet.configuration(2, 3, 3, TinyRun.SIZE, TinyRun.CLASSES),
                3,
                TinyRun.SIZE,
                TinyRun.SIZE,
                TestBackends.HOST);
        try (Workers workers = new Workers(2)) {
            ChunkedGraph runner = new ChunkedGraph(graph, workers, 4);
            NetworkTrainer network = new TrainingRecipe(
                            0.05, new Sgd(0.9, 5e-4), Augmentations.parse("color,crop"), 0.5, 10)
                    .train(
                            runner,
                            set.trainingImages(TestBackends.HOST, data.normalization()),
                            data.normalization(),
                            6,
                            Seeds.derive(4, "accuracy", n),
                            (trained, done) -> {});
            RealImages real = new RealImages(TestBackends.HOST.images(), data.train(), data.normalization());
            Tensor images = TestBackends.HOST.zeros(real.size(), 3, TinyRun.SIZE, TinyRun.SIZE);
            real.load(IntStream.range(0, real.size()).toArray(), images);
            return runner.predict(
                    network.weights(),
                    network.statistics(),
                    new Samples(images, null, null, 0).cut(0, real.size(), 4, 0, false));
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void theMeasureOfAPrefixIsTheShareOfRealImagesThatANetworkTrainedOnItGetsWrong(boolean classWise) {
        List<float[]> stored = new ArrayList<>();
        TinyRun run = finished(run("outer", "1", "class-wise", "" + classWise)
                .afterReached(state -> stored.add(state.images().images().toFloats())));
        List<MlsEvent> events = run.selections.get(0);
        assertEquals(classWise ? TinyRun.CLASSES : 1, events.size());
        Dataset data = TinyRun.dataset();
        for (int n = 1; n < TinyRun.IPC; n++) {
            int[] answers = answers(data, stored.get(1), n);
            double sum = 0;
            for (int label = 0; label < TinyRun.CLASSES; label++) {
                int own = label;
                double share = Arrays.stream(data.train().indicesOfClass(label))
                        .map(image -> answers[image] == own ? 0 : 1)
                        .average()
                        .orElseThrow();
                sum += share;
                if (classWise) {
                    assertEquals(share, events.get(label).distance().get(n - 1), 1e-12);
                }
            }
            assertTrue(sum > 0 && sum < TinyRun.CLASSES, "a measure that cannot fail");
            if (!classWise) {
                assertEquals(sum / TinyRun.CLASSES, events.get(0).distance().get(n - 1), 1e-12);
            }
        }
    }

    @Test
    void asManyImagesOfEachClassAreMeasuredOn() {
        for (List<MlsEvent> events : finished(run("accuracy-images", "7", "class-wise", "true")).selections) {
            for (MlsEvent event : events) {
                event.distance()
                        .forEach(share -> assertEquals(Math.rint(3 * share), 3 * share, 1e-12, "3 of each class"));
            }
        }
    }

    @Test
    void measurementsOfTheSameImagesAreTheSame() {
        TinyRun still = finished(run("lr-img", "0", "accuracy-images", "9"));
        List<MlsEvent> events = still.selections.stream().flatMap(List::stream).toList();
        assertEquals(3, events.size());
        for (MlsEvent event : events) {
            assertEquals(events.get(0).distance(), event.distance());
        }
        assertEquals(List.of(0.0, 0.0), events.get(2).rate());
        assertNotEquals(
                events.get(0).distance(),
                finished(run()).selections.get(2).get(0).distance());
    }

    @ParameterizedTest
    @CsvSource({"adaptive,true", "all,false"})
    void anyNumberOfThreadsGivesTheSameBits(String subset, String classWise) {
        String[] settings = {"subset", subset, "subset-weights", "rate", "class-wise", classWise};
        TinyRun one = finished(run(settings).threads(1, 4));
        for (int threads : new int[] {2, 3}) {
            TinyRun several = finished(run(settings).threads(threads, 4));
            assertEquals(selections(one), selections(several));
            assertArrayEquals(one.images(), several.images());
        }
        TinyRun other = finished(
                new TinyRun("net-lr", "0.05", "subset", subset, "subset-weights", "rate", "class-wise", classWise));
        assertNotEquals(selections(other), selections(one), "the metric does not matter");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 4, 6})
    void aStoppedRunGoesOnWithTheSameBits(int innerLoops) {
        TinyRun whole = finished(run("selection", "distance"));
        TinyRun stopped = run("selection", "distance").stopAfter(innerLoops);
        assertFalse(stopped.run());
        TinyRun resumed = run("selection", "distance").threads(1, 4);
        assertTrue(resumed.resume(stopped.checkpoints.get(stopped.checkpoints.size() - 1)));
        assertArrayEquals(whole.images(), resumed.images());
        List<List<MlsEvent>> halves = new ArrayList<>(stopped.selections);
        halves.addAll(resumed.selections);
        assertEquals(whole.selections, halves);
    }

    @Test
    void theStateBeforeASelectionIsOfferedAndGoesOnWithTheSameBits() {
        TinyRun whole = finished(run("outer", "5", "inner", "1", "period", "2"));
        assertEquals(
                List.of("1.1", "2.1", "4.1"),
                whole.beforeLongWork.stream()
                        .map(state -> state.outer() + "." + state.inner())
                        .toList());
        for (CondenseState state : whole.beforeLongWork) {
            TinyRun resumed = run("outer", "5", "inner", "1", "period", "2");
            assertTrue(resumed.resume(state));
            assertArrayEquals(whole.images(), resumed.images());
        }
        assertEquals(List.of(), finished(new TinyRun()).beforeLongWork, "of other metrics there is no need");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void aSelectionThatIsStoppedBeginsAnewToTheSameBits(int selection) {
        TinyRun whole = finished(run());
        TinyRun stopped = run().stopInSelection(selection);
        assertFalse(stopped.run());
        assertEquals(selection - 1, stopped.selections.size());
        CondenseState state = stopped.checkpoints.get(stopped.checkpoints.size() - 1);
        assertEquals(selection + ".2", state.outer() + "." + state.inner());
        TinyRun resumed = run();
        assertTrue(resumed.resume(state));
        assertArrayEquals(whole.images(), resumed.images());
        assertEquals(
                selections(whole),
                Stream.of(stopped, resumed)
                        .flatMap(part -> part.selections.stream().flatMap(List::stream))
                        .toList()
                        .toString());
    }

    @Test
    void runsThatAreStoppedWhileOneOfThemSelectsGoOnToTheSameBits() {
        TinyRun whole = finished(run());
        TinyRun usual = finished(new TinyRun("net-lr", "0.05"));
        TinyRun first = new TinyRun("net-lr", "0.05");
        TinyRun second = run();
        assertFalse(first.runWith(List.of(second), () -> second.percents.size() > 5));
        assertEquals(List.of(1, 0), List.of(first.selections.size(), second.selections.size()));
        assertTrue(first.runWith(List.of(second), () -> false));
        assertArrayEquals(usual.images(), first.images());
        assertArrayEquals(whole.images(), second.images());
    }

    @Test
    void howMuchOfTheTrainingIsDoneIsTold() {
        TinyRun run = finished(run("outer", "1").threads(1, 4));
        // Six epochs on two images of a class, then six on one.
        assertEquals(List.of(0L, 11L, 22L, 33L, 44L, 55L, 66L, 72L, 77L, 83L, 88L, 94L, 100L), run.percents);
    }

    /** A sample is an epoch on one image a class for each of the networks that are trained at once, two of these. */
    @Test
    void aDeviceIsSharedByFewNetworksAtOnceToTheSameBits() {
        Backend device = new DeviceLike(1L << 40).backend();
        List<SyntheticSet> sets = new ArrayList<>();
        TinyRun one = finished(run("ipc", "5").on(device).threads(1, 4));
        TinyRun many = run("ipc", "5").on(device).threads(8, 4);
        many.afterInnerLoop(condenser -> sets.add(condenser.images(0)));
        assertArrayEquals(one.images(), finished(many).images());
        many.withTask(task ->
                assertEquals((1 + 2 + 3 + 4) * 6 / 2, PrefixAccuracies.of(task).samples(sets.get(0))));
    }

    @Test
    void testImagesHaveNoSayInIt() {
        Dataset data = TinyRun.dataset();
        ImageSet black =
                new ImageSet(new byte[TinyRun.IMAGE], new int[] {1}, TinyRun.CLASSES, 3, TinyRun.SIZE, TinyRun.SIZE);
        Dataset other =
                new Dataset(data.name(), data.classNames(), data.train(), black, data.normalization(), data.sources());
        TinyRun usual = finished(run());
        TinyRun without = finished(run().of(other));
        assertEquals(selections(usual), selections(without));
        assertArrayEquals(usual.images(), without.images());
    }
}
