package io.mdc.export;

import io.mdc.base.AtomicFiles;
import io.mdc.numpy.NumpyArray;
import java.io.IOException;
import java.nio.file.Path;

/** NumPy's arrays {@code images.npy} float32 and {@code labels.npy} int64 in a directory. */
final class NpyFormat implements ExportFormat {
    @Override
    public boolean isDirectory() {
        return true;
    }

    @Override
    public void write(ExportedImages images, Path place) throws IOException {
        AtomicFiles.write(place.resolve("images.npy"), NumpyArray.of(images.values(), images.shape())::write);
        AtomicFiles.write(place.resolve("labels.npy"), NumpyArray.of(images.labels(), images.count())::write);
    }

    @Override
    public String layout(ExportedImages images) {
        return "NumPy arrays: `images.npy` float32 [N, C, H, W], `labels.npy` int64 [N].";
    }
}
