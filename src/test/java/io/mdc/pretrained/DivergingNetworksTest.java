package io.mdc.pretrained;

import static io.mdc.pretrained.TinyExperts.BATCHES;
import static io.mdc.pretrained.TinyExperts.making;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DivergedException;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.engine.Sgd;
import io.mdc.numpy.NumpyArchive;
import io.mdc.setting.Layer;
import io.mdc.testing.Folders;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Training that comes to nothing, and who is told. */
class DivergingNetworksTest {
    private final TinyExperts tiny = new TinyExperts();

    @TempDir
    private Path cache;

    @AfterEach
    void close() {
        tiny.close();
    }

    /** Decay at a rate of 100 makes weights a hundred times as large with every step. */
    private TrainedNetworks diverging(int states, long batches) {
        RunConfig config = ConfigReader.read(Layer.options(Map.of("width", "2")));
        TrainingPlan plan = new TrainingPlan(
                TrainingPlan.Kind.EXPERTS,
                2,
                states,
                batches,
                5,
                100,
                new Sgd(0, 1),
                config.experts().augmentExpert(),
                0,
                0);
        return tiny.of(plan, config.network(), cache);
    }

    @Test
    void aStateThatIsNotFiniteIsNotKept() {
        TrainedNetworks experts = diverging(20, BATCHES);
        long all = experts.steps();
        List<PoorNetwork> poor = new ArrayList<>();
        String message = assertThrows(
                        DivergedException.class, () -> experts.make(making(done -> {}, poor::add, () -> false)))
                .getMessage();
        assertTrue(
                message.matches(
                        "training of network 0 \\(experts\\) came to numbers that are not finite before its state"
                                + " \\d+; --lr-expert 100.0 may be too large"),
                message);
        assertTrue(experts.steps() > all / 2, "the second was not begun");
        assertEquals(1, poor.size(), "told once");
        String warning = poor.get(0).toString();
        assertTrue(warning.startsWith("training of network 0 (experts) diverging before its state "), warning);
        assertTrue(warning.endsWith("that of guessing is 0.693; --lr-expert 100.0 may be too large"), warning);
        long left = experts.steps();
        assertThrows(DivergedException.class, () -> experts.make(making(done -> {}, network -> {}, () -> false)));
        assertEquals(left, experts.steps(), "it goes on from the last state that is finite");
    }

    @Test
    void aTrainingThatCannotComeToAnythingEndsWithinAHundredSteps() {
        AtomicInteger steps = new AtomicInteger();
        TrainedNetworks experts = diverging(1, 1000);
        assertThrows(
                DivergedException.class,
                () -> experts.make(making(done -> steps.set((int) done), network -> {}, () -> false)));
        assertTrue(steps.get() < 200, () -> steps + " of 1000 steps");
    }

    @Test
    void aTrainingThatIsNoUseIsKeptAndToldOnce() {
        List<PoorNetwork> poor = new ArrayList<>();
        TrainedNetworks experts = tiny.experts(cache, "lr-expert", "100");
        assertTrue(experts.make(making(done -> {}, poor::add, () -> false)));
        assertEquals(1, poor.size());
        String warning = poor.get(0).toString();
        assertTrue(warning.startsWith("training of network 0 (experts) diverging before its state "), warning);
        assertTrue(warning.endsWith("that of guessing is 0.693; --lr-expert 100.0 may be too large"), warning);
    }

    @Test
    void aNetworkThatIsNoUseIsToldWhoeverTrainedIt() throws IOException {
        List<String> poor = new ArrayList<>();
        for (int run = 0; run < 2; run++) {
            assertTrue(tiny.experts(cache, "lr-expert", "100")
                    .make(making(done -> {}, network -> poor.add(network.toString()), () -> false)));
        }
        assertEquals(2, poor.size());
        assertEquals(poor.get(0), poor.get(1));
        TrainedNetworks experts = tiny.experts(cache, "lr-expert", "100");
        for (Path file : Folders.files(experts.folder())) {
            if (file.toString().endsWith(".npz")) { // as earlier versions wrote it
                new NumpyArchive()
                        .put("parameters", NumpyArchive.read(file).get("parameters"))
                        .write(file);
            }
        }
        assertTrue(experts.make(making(done -> {}, network -> poor.add(network.toString()), () -> false)));
        assertEquals(2, poor.size(), "nobody knows");
    }

    @Test
    void trainingThatGoesWellIsNotRemarked() {
        List<PoorNetwork> poor = new ArrayList<>();
        assertTrue(tiny.experts(cache).make(making(done -> {}, poor::add, () -> false)));
        assertEquals(List.of(), poor);
    }
}
