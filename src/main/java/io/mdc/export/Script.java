package io.mdc.export;

import io.mdc.base.Json;
import io.mdc.evaluate.EvaluationConfig;
import io.mdc.setting.TextForm;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The Python script that trains on an exported set as the evaluator does.
 *
 * @param training how
 * @param prefix what the file has
 * @param version of the program
 * @param test where the script finds test images unless told otherwise
 */
record Script(Training training, Prefix prefix, String version, Optional<Path> test) {
    /**
     * The script's text.
     *
     * @param name of the script
     * @param file beside the script; empty for the directory it is in
     */
    String text(String name, String file, ExportedImages images, Format format) {
        EvaluationConfig evaluation = training.settings().evaluation();
        Map<String, String> values = new HashMap<>();
        values.put("script", name.matches("[\\w.+-]+") ? name : "train.py");
        values.put("version", version);
        values.put("set", Json.line(file));
        values.put("test", test.map(path -> Json.line(path.toString())).orElse("None"));
        values.put("classes", Integer.toString(images.classNames().size()));
        values.put("shape", "(" + images.channels() + ", " + images.height() + ", " + images.width() + ")");
        values.put("ipc", Integer.toString(prefix.size()));
        values.put("factor", Integer.toString(prefix.factor()));
        values.put("decoded", prefix.isDecoded() ? "True" : "False");
        values.put("mean", numbers(training.normalization().mean()));
        values.put("std", numbers(training.normalization().std()));
        values.put("depth", Integer.toString(training.depth()));
        values.put("width", Integer.toString(training.width()));
        values.put("epochs", epochs());
        values.put("batch", Integer.toString(evaluation.batchEval()));
        values.put("rate", TextForm.format(training.settings().training().netLr()));
        values.put("momentum", TextForm.format(training.settings().training().netMomentum()));
        values.put("decay", TextForm.format(training.settings().training().netDecay()));
        values.put("augment", augmentation());
        values.put("augment_note", augmentationNote());
        values.put("cutmix", TextForm.format(evaluation.cutmixEval()));
        values.put("network_note", networkNote());
        values.put(
                "read",
                format.reader()
                        .with(Map.of("class_names", strings(images.classNames())))
                        .strip());
        return Template.resource("train.py").with(values);
    }

    private String epochs() {
        return training.epochs().steps().stream()
                .map(step -> "(" + (step.images() == Integer.MAX_VALUE ? "math.inf" : step.images()) + ", "
                        + step.epochs() + ")")
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private String augmentation() {
        return training.scriptAugmentation().stream()
                .map(step -> strings(step.stream().map(TextForm::kebab).toList()))
                .collect(Collectors.joining(", ", "[", "]"));
    }

    private String augmentationNote() {
        List<String> missing = training.leftOut().stream().map(TextForm::kebab).toList();
        return missing.isEmpty()
                ? "# That is all the augmentation of the evaluation."
                : "# NOT HERE, though the evaluation uses it: " + String.join(", ", missing)
                        + ". Accuracies are not those of the card.";
    }

    private String networkNote() {
        return training.isConvNet()
                ? "The network is the one that\nthe run was evaluated with."
                : "The run was evaluated with other\nnetworks than a ConvNet ("
                        + training.settings().networks().stream()
                                .map(network -> network.architecture().isPresent() ? network.toString() : "a file")
                                .collect(Collectors.joining(", "))
                        + "), which this script does not have: accuracies are not those of the card.";
    }

    private static String numbers(List<Double> values) {
        return values.stream().map(TextForm::format).collect(Collectors.joining(", ", "[", "]"));
    }

    private static String strings(List<String> values) {
        return values.stream().map(Json::line).collect(Collectors.joining(", ", "[", "]"));
    }
}
