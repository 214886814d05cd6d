package io.mdc.export;

import io.mdc.evaluate.Epochs;
import io.mdc.evaluate.EvaluationConfig;
import io.mdc.setting.TextForm;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What people need to know of an exported set, in Markdown.
 *
 * @param training how to train on it
 * @param prefix what the file has
 * @param origin where it came from
 */
record DataCard(Training training, Prefix prefix, Origin origin) {
    /**
     * The card's text.
     *
     * @param title the name of the file or directory
     * @param script the name of the script
     * @param checksum SHA-256 of the file, if it is one
     */
    String text(String title, String script, ExportedImages images, ExportFormat format, Optional<String> checksum) {
        EvaluationConfig evaluation = training.settings().evaluation();
        Map<String, String> values = new HashMap<>();
        int classes = images.classNames().size();
        values.put("title", title);
        values.put("made", origin.making().words(origin.dataset().name(), origin.version()));
        values.put("summary", summary(classes));
        values.put("size", prefix.size() + " of the run's " + prefix.ipc() + " stored images per class");
        values.put("factor", factor());
        values.put("images", images(images));
        values.put("values", range(images));
        values.put(
                "labels",
                IntStream.range(0, classes)
                        .mapToObj(i -> i + " " + cell(images.classNames().get(i)))
                        .collect(Collectors.joining(", ")));
        values.put(
                "layout",
                format.layout(images)
                        + format.loss(images).map(loss -> " **" + loss + ".**").orElse(""));
        values.put("cut", cut(images));
        values.put("training", decoding());
        values.put("mean", numbers(training.normalization().mean()));
        values.put("std", numbers(training.normalization().std()));
        values.put("augmentation", evaluation.augmentEval().toString().replace("|", "\\|"));
        values.put("cutmix", TextForm.format(evaluation.cutmixEval()));
        values.put("epochs", epochs(prefix.size() * prefix.tiles()));
        values.put("batch", Integer.toString(evaluation.batchEval()));
        values.put("momentum", TextForm.format(training.settings().training().netMomentum()));
        values.put("decay", TextForm.format(training.settings().training().netDecay()));
        values.put("rate", TextForm.format(training.settings().training().netLr()));
        values.put("network", network());
        values.put("script", script);
        values.put("accuracy", new ExpectedAccuracy(training, origin, prefix.size()).text());
        values.put("source_text", source());
        values.put("command", origin.commands());
        values.put("set", origin.set());
        values.put(
                "file_checksum",
                checksum.map(sha256 -> "SHA-256 of `" + title + "`: `" + sha256 + "`.\n")
                        .orElse(""));
        return Template.resource("card.md").with(values).stripTrailing() + "\n";
    }

    private String summary(int classes) {
        return prefix.size() + (prefix.size() == 1 ? " image" : " images") + " for each of " + classes + " classes";
    }

    private String factor() {
        return prefix.factor() == 1
                ? "1: a stored image is a training image"
                : prefix.factor() + ": a stored image holds " + prefix.factor() + "×" + prefix.factor()
                        + " training images as tiles, each enlarged bilinearly";
    }

    private String images(ExportedImages images) {
        int perClass = images.count() / images.classNames().size();
        return images.count() + " in the file, " + perClass + " per class, " + images.channels() + "×"
                + images.height() + "×" + images.width() + "; "
                + (prefix.isDecoded()
                        ? "training images, decoded"
                        : "stored images, which hold " + perClass * prefix.tiles() + " training images per class");
    }

    private static String range(ExportedImages images) {
        float least = Float.POSITIVE_INFINITY;
        float most = Float.NEGATIVE_INFINITY;
        for (float value : images.values()) {
            least = Math.min(least, value);
            most = Math.max(most, value);
        }
        return String.format(
                Locale.ROOT, "pixels, not normalised: 0 is black and 1 is white; from %.4f to %.4f here", least, most);
    }

    private String cut(ExportedImages images) {
        int rows = images.perPrefix();
        int perClass = rows / images.classNames().size();
        return "Rows are ordered by size: image 0 of every class, then image 1 of every class, and so on. For every n up"
                + " to " + prefix.size() + ", the first n·" + rows + " rows are the set of size n, `images[:n * " + rows
                + "]`; in folders, the first n·" + perClass + " files of every class.";
    }

    private String decoding() {
        return prefix.isDecoded()
                ? "The images are as networks are trained on them, but for normalisation and augmentation."
                : "Cut each image into " + prefix.factor() + "×" + prefix.factor()
                        + " tiles, in row order, and enlarge each bilinearly to the full size (corners not aligned) before"
                        + " anything else; `decode` of the script does that.";
    }

    private String epochs(int perClass) {
        Epochs epochs = training.epochs();
        return epochs.of(perClass)
                + (epochs.steps().size() == 1 ? "" : " for all of it; by training images per class: `" + epochs + "`");
    }

    private String network() {
        String convNet = "ConvNet of depth " + training.depth() + " and width " + training.width()
                + ": blocks of 3×3 convolution, instance norm, ReLU and 2×2 average pooling, then a linear classifier";
        return training.isConvNet()
                ? convNet
                : training.settings().networks().stream()
                                .map(network -> network.architecture().isPresent() ? network.toString() : "a DL4J file")
                                .collect(Collectors.joining(", "))
                        + "; the script trains another, a " + convNet;
    }

    private String source() {
        StringBuilder text = new StringBuilder("Condensed from `")
                .append(origin.dataset().name())
                .append("`: ")
                .append(origin.dataset().description())
                .append(".\n\n");
        if (!origin.dataset().citation().isEmpty()) {
            text.append("- Citation: ").append(origin.dataset().citation()).append('\n');
        }
        if (!origin.dataset().homepage().isEmpty()) {
            text.append("- Described at <").append(origin.dataset().homepage()).append(">\n");
        }
        text.append("- Licence: ").append(licence()).append('\n');
        origin.making().imported().ifPresent(file -> text.append("- Imported from `")
                .append(file)
                .append("`, of which mdc does not know the licence; its terms may apply to this set too.\n"));
        origin.files().forEach(file -> text.append("- `")
                .append(file.path().substring(file.path().lastIndexOf('/') + 1))
                .append("`, SHA-256 `")
                .append(file.sha256())
                .append("`\n"));
        return text.toString().stripTrailing();
    }

    private String licence() {
        if (!origin.source().readsFiles()) {
            return "the source data are drawn by mdc itself, which is under Apache-2.0; nothing in them is of others.";
        }
        return "mdc does not know the licence of the source data; its terms may apply to this set too"
                + (origin.dataset().homepage().isEmpty() ? "." : ", and are told, if at all, at the address above.");
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }

    private static String numbers(List<Double> values) {
        return values.stream().map(TextForm::format).collect(Collectors.joining(", "));
    }
}
