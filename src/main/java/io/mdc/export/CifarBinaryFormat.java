package io.mdc.export;

import io.mdc.base.AtomicFiles;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Records of CIFAR-10's binary version: a label, then the red, green and blue plane of 32×32 bytes each. */
final class CifarBinaryFormat implements ExportFormat {
    private static final int CHANNELS = 3;
    private static final int SIZE = 32;
    private static final int MOST_CLASSES = 256;

    @Override
    public boolean isDirectory() {
        return false;
    }

    @Override
    public void requireFits(ExportedImages images) {
        boolean fits = images.channels() == CHANNELS && images.height() == SIZE && images.width() == SIZE;
        if (!fits || images.classNames().size() > MOST_CLASSES) {
            throw new ConfigException(
                    "format",
                    "cifar-binary",
                    "takes images 3x32x32 of at most " + MOST_CLASSES + " classes; these are " + images.channels() + "x"
                            + images.height() + "x" + images.width() + " of "
                            + images.classNames().size());
        }
    }

    @Override
    public void write(ExportedImages images, Path place) throws IOException {
        AtomicFiles.write(place, out -> {
            for (int i = 0; i < images.count(); i++) {
                out.write(images.label(i));
                out.write(images.bytes(i));
            }
        });
    }

    @Override
    public Optional<String> loss(ExportedImages images) {
        return images.lostInBytes();
    }

    @Override
    public String layout(ExportedImages images) {
        return "Records of CIFAR-10's binary version: a byte of label, then 1024 bytes each of red, green and blue;"
                + " values were rounded to bytes.";
    }
}
