package io.mdc.export;

import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import io.mdc.numpy.NumpyStrings;
import java.io.IOException;
import java.nio.file.Path;

/** NumPy's archive of {@code images} float32, {@code labels} int64 and {@code classes}, the names. */
final class NpzFormat implements ExportFormat {
    static final String IMAGES = "images";
    static final String LABELS = "labels";
    private static final String CLASSES = "classes";

    @Override
    public boolean isDirectory() {
        return false;
    }

    @Override
    public void write(ExportedImages images, Path place) throws IOException {
        new NumpyArchive()
                .put(IMAGES, NumpyArray.of(images.values(), images.shape()))
                .put(LABELS, NumpyArray.of(images.labels(), images.count()))
                .put(CLASSES, new NumpyStrings(images.classNames()))
                .write(place);
    }

    @Override
    public String layout(ExportedImages images) {
        return "NumPy archive: `images` float32 [N, C, H, W], `labels` int64 [N], `classes`, the names of the labels.";
    }
}
