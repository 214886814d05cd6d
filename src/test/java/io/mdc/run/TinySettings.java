package io.mdc.run;

import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.engine.Graphs;
import io.mdc.report.Progress;
import io.mdc.setting.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Settings of runs on eight images of two classes, which take no time. */
public final class TinySettings {
    /** Where the images are. */
    public static final String DATA = "src/test/resources/io/mdc/dataset/npz";

    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("dataset", "npz"),
            Map.entry("data-dir", DATA),
            Map.entry("ipc", "2"),
            Map.entry("factor", "1"),
            Map.entry("depth", "1"),
            Map.entry("width", "2"),
            Map.entry("outer", "2"),
            Map.entry("inner", "2"),
            Map.entry("period", "1"),
            Map.entry("batch-real", "2"),
            Map.entry("n-data", "4"),
            Map.entry("batch-train", "4"),
            Map.entry("epochs", "2"),
            Map.entry("repeats", "2"),
            Map.entry("threads", "1"),
            Map.entry("evaluate", "false"));

    private TinySettings() {}

    /** The settings, with changes as key, value, key, value, … */
    public static RunConfig with(String... changes) {
        Map<String, String> values = new HashMap<>(SETTINGS);
        for (int i = 0; i < changes.length; i += 2) {
            values.put(changes[i], changes[i + 1]);
        }
        return ConfigReader.read(Layer.options(values));
    }

    /** Runs with such settings by name: three that can share θ, and one. */
    public static Map<String, RunConfig> family() {
        Map<String, RunConfig> members = new LinkedHashMap<>();
        members.put("one", with("ipc", "1", "start-index", "1"));
        members.put("mdc", with());
        members.put("idc", with("method", "idc"));
        members.put("other-seed", with("seed", "3"));
        return members;
    }

    /** The images that they name. */
    public static Dataset dataset() {
        return RunData.load(with(), Progress.silent());
    }

    /** The file of a network for them of dense layers without bounds, one at least, before its output. */
    public static Path dense(Path folder, int layers) throws IOException {
        BaseLayer[] all = new BaseLayer[layers + 1];
        Arrays.setAll(
                all,
                i -> i < layers
                        ? new DenseLayer.Builder()
                                .nOut(5)
                                .activation(Activation.IDENTITY)
                                .build()
                        : new OutputLayer.Builder(LossFunction.MCXENT)
                                .nOut(dataset().classes())
                                .activation(Activation.SOFTMAX)
                                .build());
        return Files.writeString(
                folder.resolve("dense.json"), Graphs.chain(3, 12, all).toJson());
    }
}
