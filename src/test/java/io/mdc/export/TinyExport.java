package io.mdc.export;

import io.mdc.config.ConfigReader;
import io.mdc.data.DatasetSource;
import io.mdc.data.Normalization;
import io.mdc.data.SourceFile;
import io.mdc.dataset.Cifar10;
import io.mdc.evaluate.CondensedSet;
import io.mdc.evaluate.Evaluation;
import io.mdc.setting.Layer;
import io.mdc.testing.TestBackends;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Small sets of two classes, and what is told of them. */
final class TinyExport {
    static final int CLASSES = 2;
    static final int IPC = 3;
    static final List<String> NAMES = List.of("cat", "ant");

    private TinyExport() {}

    /** Noise in [0, 1]. */
    static CondensedSet set(int channels, int size, int factor) {
        SplittableRandom random = new SplittableRandom(3);
        float[] images = new float[CLASSES * IPC * channels * size * size];
        for (int i = 0; i < images.length; i++) {
            images[i] = (float) random.nextDouble();
        }
        return new CondensedSet(images, new int[] {CLASSES * IPC, channels, size, size}, CLASSES, factor);
    }

    static ExportedImages images(CondensedSet set, int size, ImageKind kind) {
        return ExportedImages.of(set, size, kind, NAMES, TestBackends.HOST);
    }

    /** Of the smallest prefix of images of CIFAR-10's shape. */
    static ExportedImages images() {
        return images(set(3, 32, 2), 1, ImageKind.TRAINING);
    }

    /** Settings as key, value, key, value, … */
    static Training training(String... settings) {
        Map<String, String> options = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            options.put(settings[i], settings[i + 1]);
        }
        return new Training(
                ConfigReader.read(Layer.options(options)).evaluating(),
                new Normalization(List.of(0.5, 0.25, 0.125), List.of(0.2, 0.3, 0.4)));
    }

    static Origin origin(String set, Optional<Evaluation> evaluation) {
        return origin(new Cifar10(), new Making(Optional.empty(), "idc", false, Optional.empty()), set, evaluation);
    }

    static Origin origin(DatasetSource source, Making making, String set, Optional<Evaluation> evaluation) {
        return new Origin(
                source,
                List.of(new SourceFile("/home/me/data_batch_1.bin", 3, "a".repeat(64))),
                making,
                "    mdc condense --out RUN",
                "1.2.3",
                set,
                evaluation);
    }

    static Export export(Format format) {
        return new Export(
                new Prefix(1, IPC, 2, ImageKind.TRAINING),
                format,
                training(),
                origin("b".repeat(64), Optional.empty()),
                Optional.empty());
    }
}
