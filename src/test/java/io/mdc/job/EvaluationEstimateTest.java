package io.mdc.job;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.backend.Compute;
import io.mdc.base.Workers;
import io.mdc.bench.EvaluationEstimate;
import io.mdc.bench.EvaluationEstimator;
import io.mdc.config.RunConfig;
import io.mdc.directory.RunDirectory;
import io.mdc.report.Progress;
import io.mdc.run.TinySettings;
import io.mdc.testing.DeviceLike;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Evaluations that are foretold are those that are made. */
class EvaluationEstimateTest {
    @TempDir
    private Path folder;

    private static EvaluationEstimate estimate(EvaluationEstimator estimator, RunConfig config) {
        try (Compute compute = Compute.start(config.compute())) {
            return estimator.of(config, TinySettings.dataset(), compute);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "false, 0, all, resnet10:2, 0, 0",
        "true, 0, all, convnet, 0, 4",
        "true, 0, 2, 'convnet,resnet10:2', 0, 4",
        "false, 1, all, convnet, 20, 20",
        "false, 2, all, convnet, 12, 12",
        "true, 2, 1, convnet, 6, 6",
        "true, 9, all, convnet, 4, 4"
    })
    void countsNetworksOnTheWayAndAtTheEnd(
            boolean atEnd, int every, String sizes, String networks, long onTheWay, long whole) {
        RunConfig config = TinySettings.with(
                "outer",
                "5",
                "evaluate",
                Boolean.toString(atEnd),
                "evaluate-every",
                Integer.toString(every),
                "sizes",
                sizes,
                "networks",
                networks);
        assertEquals(onTheWay, estimate(EvaluationEstimator.onTheWay(), config).networks());
        EvaluationEstimate all = estimate(EvaluationEstimator.ofWholeRuns(), config);
        assertEquals(whole, all.networks());
        assertEquals(whole > 0, all.seconds() > 0, all::line);
    }

    @Test
    void asManyNetworksAreTrainedAsWereForetold() throws IOException {
        RunConfig config = TinySettings.with("outer", "5", "evaluate", "true", "evaluate-every", "2");
        Path out = folder.resolve("run");
        new CondenseJob(config, Optional.of(out), false).run(Progress.silent(), () -> false);
        long lines = Files.readAllLines(RunDirectory.open(out).course()).size();
        assertEquals(
                estimate(EvaluationEstimator.ofWholeRuns(), config).networks(),
                lines * config.evaluation().repeats());
    }

    @Test
    void longerTrainingTakesLonger() {
        EvaluationEstimator estimator = EvaluationEstimator.ofWholeRuns();
        EvaluationEstimate two = estimate(estimator, TinySettings.with("evaluate", "true"));
        EvaluationEstimate many = estimate(estimator, TinySettings.with("evaluate", "true", "epochs", "2000"));
        assertTrue(many.seconds() > 2 * two.seconds(), many.line() + ", " + two.line());
    }

    @Test
    void aDeviceTrainsOneAfterTheOther() {
        RunConfig config = TinySettings.with("evaluate", "true", "sizes", "2", "repeats", "3");
        try (Compute compute = new Compute(new DeviceLike(1L << 40).backend(), new Workers(8), 4)) {
            EvaluationEstimate estimate = EvaluationEstimator.ofWholeRuns().of(config, TinySettings.dataset(), compute);
            assertEquals(3 * estimate.longest(), estimate.seconds(), 1e-9 * estimate.seconds());
        }
    }
}
