package io.mdc.export;

import io.mdc.base.AtomicFiles;
import io.mdc.numpy.NumpyArray;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** What PyTorch's {@code torch.save} writes of {@code {"images": FloatTensor, "labels": LongTensor}}. */
final class PtFormat implements ExportFormat {
    private static final String VERSION = "3\n";

    @Override
    public boolean isDirectory() {
        return false;
    }

    @Override
    public void write(ExportedImages images, Path place) throws IOException {
        List<TensorPickle.Entry> tensors = List.of(
                new TensorPickle.Entry("images", NumpyArray.of(images.values(), images.shape())),
                new TensorPickle.Entry("labels", NumpyArray.of(images.labels(), images.count())));
        AtomicFiles.write(place, out -> {
            try (StoredZip zip = new StoredZip(out, "archive/")) {
                zip.add("data.pkl", ByteBuffer.wrap(TensorPickle.of(tensors)));
                zip.add("byteorder", text("little"));
                for (int i = 0; i < tensors.size(); i++) {
                    zip.add("data/" + i, tensors.get(i).array().bytes());
                }
                zip.add("version", text(VERSION));
            }
        });
    }

    private static ByteBuffer text(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public String layout(ExportedImages images) {
        return "`torch.load(file, weights_only=True)` gives a dictionary: `images` float32 [N, C, H, W], `labels` int64"
                + " [N].";
    }
}
