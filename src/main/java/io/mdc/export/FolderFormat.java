package io.mdc.export;

import io.mdc.base.FileNames;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/** A PNG per image, {@code train/CLASS/00000.png}, numbered within the class in prefix order. */
final class FolderFormat implements ExportFormat {
    private static final String SPLIT = "train";
    private static final String OPTION = "format";
    private static final String NAME = "folder";
    private static final String RUN = "the run";

    @Override
    public boolean isDirectory() {
        return true;
    }

    @Override
    public void requireFits(ExportedImages images) {
        if (!Png.takes(images.channels())) {
            throw new ConfigException(OPTION, NAME, "takes images of 1 or 3 channels; these have " + images.channels());
        }
        Set<String> names = new HashSet<>();
        for (String name : images.classNames()) {
            if (!canBeDirectory(name) || !names.add(name)) {
                throw new ConfigException(
                        OPTION, NAME, "needs a name for each class that a directory can have; '" + name + "' is none");
            }
        }
    }

    /** Whether a name is that of a directory in another, whatever a manifest says. */
    private static boolean canBeDirectory(String name) {
        Path split = Path.of(SPLIT);
        return !name.isBlank()
                && name.chars().noneMatch(c -> c == '/' || c == '\\' || Character.isISOControl(c))
                && split.equals(FileNames.resolve(split, name, RUN).normalize().getParent());
    }

    @Override
    public void write(ExportedImages images, Path place) throws IOException {
        Path split = Files.createDirectory(place.resolve(SPLIT));
        for (String name : images.classNames()) {
            Files.createDirectory(FileNames.resolve(split, name, RUN));
        }
        int[] next = new int[images.classNames().size()];
        for (int i = 0; i < images.count(); i++) {
            int label = images.label(i);
            Path folder = split.resolve(images.classNames().get(label));
            Png.write(
                    folder.resolve(String.format(Locale.ROOT, "%05d.png", next[label]++)),
                    images.bytes(i),
                    images.channels(),
                    images.height(),
                    images.width());
        }
    }

    @Override
    public Optional<String> loss(ExportedImages images) {
        return images.lostInBytes();
    }

    @Override
    public String layout(ExportedImages images) {
        List<String> sorted = images.classNames().stream().sorted().toList();
        return "A PNG per image, `train/CLASS/00000.png`, numbered in each class in prefix order; values were rounded to"
                + " bytes."
                + (sorted.equals(images.classNames())
                        ? ""
                        : " Readers that number classes by the alphabet give other labels than those below.");
    }
}
