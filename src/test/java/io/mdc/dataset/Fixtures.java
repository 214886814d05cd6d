package io.mdc.dataset;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.base.DataException;
import io.mdc.data.DatasetSource;
import io.mdc.data.ImageSet;
import io.mdc.data.LoadRequest;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.io.TempDir;

/**
 * Readers against files that each format's reference writer made: {@code scripts/fixtures/make.py} with Python's
 * pickle, NumPy, SciPy and Pillow.
 */
public abstract class Fixtures {
    @TempDir
    protected Path temp;

    /** What make.py gave the writers. */
    protected static byte pixel(int seed, int n, int c, int y, int x) {
        return (byte) (seed * 7 + n * 131 + c * 61 + y * 17 + x * 5 + (x * y + n * c) * 3);
    }

    protected static void assertPixels(ImageSet set, int image, int seed, int n) {
        byte[] bytes = set.image(image);
        int side = set.height();
        for (int i = 0; i < bytes.length; i++) {
            int y = i / side % side;
            assertEquals(pixel(seed, n, i / side / side, y, i % side), bytes[i], "image " + image + ", byte " + i);
        }
    }

    protected static Path resource(String name) {
        try {
            return Path.of(Fixtures.class.getResource(name).toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    protected LoadRequest request(Path directory) {
        return request(directory, OptionalInt.empty(), List.of(), false);
    }

    protected LoadRequest request(Path directory, OptionalInt size, List<String> classes, boolean skip) {
        return new LoadRequest(
                Optional.of(directory), size, classes, skip, 0, temp.resolve("cache"), 2, (done, all) -> {});
    }

    protected String failure(DatasetSource source, LoadRequest request) {
        String message =
                assertThrows(DataException.class, () -> source.load(request)).getMessage();
        assertFalse(message.contains("\n"), message);
        return message;
    }
}
