package io.mdc.export;

import io.mdc.base.AtomicFiles;
import io.mdc.data.SourceFile;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * A set to export with all that card and script tell of it.
 *
 * @param prefix what is exported
 * @param format how
 * @param training how networks are trained on it
 * @param origin where it came from
 * @param test where the script finds test images unless told otherwise
 */
public record Export(Prefix prefix, Format format, Training training, Origin origin, Optional<Path> test) {
    /**
     * Writes images, card and script; all appear, or none.
     *
     * @param images the prefix
     * @throws ConfigException if one of the files exists, or the format cannot hold these images
     * @throws IOException if they cannot be written
     */
    public ExportFiles write(ExportedImages images, Path place) throws IOException {
        ExportFormat writer = format.writer();
        ExportFiles files = ExportFiles.at(place, writer);
        writer.requireFits(images);
        files.requireFree();
        if (writer.isDirectory()) {
            AtomicFiles.folder(place, part -> {
                writer.write(images, part);
                describe(images, ExportFiles.at(part, writer), files);
            });
            return files;
        }
        Files.createDirectories(place.toAbsolutePath().getParent());
        try {
            writer.write(images, place);
            describe(images, files, files);
        } catch (IOException | RuntimeException e) {
            files.remove();
            throw e;
        }
        return files;
    }

    /** Writes card and script of images that were written; they name the files as they will be. */
    private void describe(ExportedImages images, ExportFiles written, ExportFiles named) throws IOException {
        String name = named.images().getFileName().toString();
        String script = named.script().getFileName().toString();
        boolean directory = format.writer().isDirectory();
        Optional<String> checksum = directory
                ? Optional.empty()
                : Optional.of(SourceFile.of(written.images()).sha256());
        AtomicFiles.write(
                written.card(),
                new DataCard(training, prefix, origin).text(name, script, images, format.writer(), checksum));
        AtomicFiles.write(
                written.script(),
                new Script(training, prefix, origin.version(), test)
                        .text(script, directory ? "" : name, images, format));
    }
}
