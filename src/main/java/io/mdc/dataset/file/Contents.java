package io.mdc.dataset.file;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mdc.base.AtomicFiles;
import io.mdc.base.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Optional;

/**
 * What was put into a folder, which a file in it tells that is written last: programs that clean disks remove single
 * files.
 *
 * @param files how many
 * @param bytes of all of them
 */
record Contents(long files, long bytes) {
    /** Hidden, so that it is none of the folder's for all who list it. */
    private static final String FILE = ".contents.json";

    /** Checks the numbers. */
    Contents {
        if (files < 0 || bytes < 0) {
            throw new IllegalArgumentException("expected numbers from 0, got " + files + " and " + bytes);
        }
    }

    /**
     * Writes down what is in a folder now.
     *
     * @throws IOException if that cannot be written
     */
    static void write(Path folder) throws IOException {
        AtomicFiles.write(folder.resolve(FILE), Json.text(of(folder)));
    }

    /**
     * How what is in a folder differs from what was put into it; empty if it does not.
     *
     * @throws IOException if the folder cannot be read
     */
    static Optional<String> damage(Path folder) throws IOException {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return Optional.of("it does not say how many files were put into it, as earlier versions left it");
        }
        Contents written;
        try (InputStream in = Files.newInputStream(file)) {
            written = Json.read(in, Contents.class);
        } catch (JsonProcessingException e) {
            return Optional.of("its " + FILE + " is damaged");
        }
        Contents found = of(folder);
        return found.equals(written)
                ? Optional.empty()
                : Optional.of("it holds " + found + ", and " + written + " were put into it");
    }

    private static Contents of(Path folder) throws IOException {
        Path own = folder.resolve(FILE);
        long[] sums = new long[2];
        Files.walkFileTree(folder, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                if (!file.equals(own)) {
                    sums[0]++;
                    sums[1] += attributes.size();
                }
                return FileVisitResult.CONTINUE;
            }
        });
        return new Contents(sums[0], sums[1]);
    }

    @Override
    public String toString() {
        return files + " files with " + bytes + " bytes";
    }
}
