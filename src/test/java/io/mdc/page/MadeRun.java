package io.mdc.page;

import io.mdc.base.Json;
import io.mdc.condense.LoopMetrics;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.directory.CoursePoint;
import io.mdc.directory.NewRun;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.CondensedSet;
import io.mdc.evaluate.Evaluation;
import io.mdc.evaluate.PrefixResult;
import io.mdc.evaluate.Protocol;
import io.mdc.evaluate.Statistic;
import io.mdc.robust.Figures;
import io.mdc.robust.RobustEvaluation;
import io.mdc.robust.RobustResult;
import io.mdc.setting.Layer;
import io.mdc.task.MlsEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Directories of runs that were never made, on CIFAR-10 with 10 images per class. */
record MadeRun(RunDirectory directory) {
    static final int OUTER = 4;
    private static final int INNER = 2;
    private static final int IPC = 10;

    static RunConfig config(String... changes) {
        Map<String, String> values = new HashMap<>(
                Map.of("dataset", "cifar10", "data-dir", "/data/it's here", "width", "32", "outer", "4", "inner", "2"));
        for (int i = 0; i < changes.length; i += 2) {
            values.put(changes[i], changes[i + 1]);
        }
        return ConfigReader.read(Layer.options(values));
    }

    /** A run with as many outer loops logged. */
    static MadeRun begun(Path path, String status, int loops, String... changes) throws IOException {
        MadeRun run = new MadeRun(NewRun.create(path, config(changes)));
        run.write("manifest.json", """
                {"version": "0.1.0", "backend": "cpu", "cpu": "AMD <&\\" EPYC", "java": "17", "threads": 2, "seed": 0,
                 "data": [], "classes": ["one", "two"], "normalization": {"mean": [0.5], "std": [0.2]},
                 "skipped_images": 0, "left_out_files": 0, "started": "2026-11-28T21:56:51Z", "ended": null,
                 "status": "%s", "resumed": 1, "warnings": ["more than half of the pixels <saturated>"],
                 "condense_seconds": 12.5}
                """.formatted(status));
        StringBuilder metrics = new StringBuilder();
        StringBuilder selections = new StringBuilder();
        for (int outer = 1; outer <= loops; outer++) {
            for (int inner = 1; inner <= INNER; inner++) {
                metrics.append(Json.line(new LoopMetrics(outer, inner, 3.0 / outer, 2, 1, 2.3, 0.5)))
                        .append('\n');
            }
            List<Double> distances = List.of(9.0, 8.0, 7.0, 6.0, 5.0, 4.0, 3.0, 2.0, 1.0);
            selections
                    .append(Json.line(new MlsEvent(outer, null, outer, outer - 1, distances, null)))
                    .append('\n');
        }
        run.write("metrics.jsonl", metrics.toString());
        run.write("mls.jsonl", selections.toString());
        return run;
    }

    /** A run at its end, evaluated during it and after it. */
    static MadeRun finished(Path path, String... changes) throws IOException {
        MadeRun run = begun(path, "finished", OUTER, changes);
        CondensedSet set = new CondensedSet(new float[2 * IPC * 3 * 4 * 4], new int[] {2 * IPC, 3, 4, 4}, 2, 2);
        set.write(run.directory.synthetic());
        Protocol protocol = new Protocol(Map.of("epochs", "200"), 10_000, "d".repeat(64), set.sha256());
        run.write(
                "evaluation.json",
                Json.text(new Evaluation("elsewhere", List.of(protocol), List.of(result(1, 60), result(10, 70)))
                        .checked()));
        StringBuilder course = new StringBuilder();
        for (int outer = 1; outer <= OUTER; outer++) {
            Statistic last = Statistic.of(List.of(40.0 + outer));
            course.append(Json.line(new CoursePoint(
                            outer, 2L * outer, 1.5 * outer, "convnet", 10, 20, last, last, true, "f".repeat(64))))
                    .append('\n');
        }
        run.write("course.jsonl", course.toString());
        return run;
    }

    /** The same, compared with real images. */
    static MadeRun compared(Path path) throws IOException {
        MadeRun run = finished(path);
        Protocol protocol = new Protocol(
                Map.of("epochs", "200"),
                10_000,
                "d".repeat(64),
                CondensedSet.read(run.directory.synthetic()).sha256());
        Statistic set = Statistic.of(List.of(50.0, 52.0));
        Figures figures = new Figures(80, set, set, set, set, set, set, set, set);
        RobustResult result = new RobustResult("convnet", 32, 10, 400, 200, figures, figures);
        run.write(
                "robust.json",
                Json.text(new RobustEvaluation("elsewhere", protocol, 2, 100, List.of(result), null).checked()));
        return run;
    }

    private static PrefixResult result(int size, double accuracy) {
        Statistic statistic = Statistic.of(List.of(accuracy - 1, accuracy + 1));
        return new PrefixResult("convnet", 32, size, 40 * size, 200, 0, statistic, statistic);
    }

    Path file(String name) {
        return directory.path().resolve(name);
    }

    void write(String name, String text) throws IOException {
        Files.writeString(file(name), text);
    }

    Page page() throws IOException {
        return PageReader.read(List.of(directory));
    }

    RunView view() throws IOException {
        return page().runs().get(0);
    }
}
