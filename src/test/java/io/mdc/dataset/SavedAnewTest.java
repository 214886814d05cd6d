package io.mdc.dataset;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.data.Dataset;
import io.mdc.data.LoadRequest;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import us.hebi.matlab.mat.format.Mat5;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Matrix;

/** Known data sets as they are after others have loaded and saved them. */
class SavedAnewTest {
    private static final Path RESOURCES = Path.of("src/test/resources/io/mdc/dataset");

    @TempDir
    private Path temp;

    private Dataset cifar(String archive) {
        return new Cifar10(10)
                .load(new LoadRequest(
                        Optional.of(RESOURCES.resolve(archive)),
                        OptionalInt.empty(),
                        List.of(),
                        false,
                        0,
                        temp.resolve("cache"),
                        1,
                        (done, all) -> {}));
    }

    /** Keys and names of bytes, labels as arrays of three types and as NumPy's numbers, all protocols. */
    @Test
    void picklesOfPython3AreThoseOfPython2() {
        Dataset published = cifar("cifar-10-python.tar.gz");
        Dataset anew = cifar("cifar-10-resaved.tar.gz");
        assertEquals(published.classNames(), anew.classNames());
        for (int i = 0; i < 50; i++) {
            assertArrayEquals(published.train().image(i), anew.train().image(i));
            assertEquals(published.train().label(i), anew.train().label(i));
        }
        assertArrayEquals(published.test().image(9), anew.test().image(9));
    }

    @Test
    void svhnMayHaveLabelsFromZero() {
        Dataset data = new Svhn().load(LoadRequest.of(RESOURCES.resolve("svhn-zero")));
        for (int i = 0; i < 10; i++) {
            assertEquals(i, data.train().label(i));
        }
        assertEquals(2, data.test().label(2));
    }

    @Test
    void svhnHasNotBothZeroAndTen() throws IOException {
        Files.copy(RESOURCES.resolve("svhn-zero/test_32x32.mat"), temp.resolve("test_32x32.mat"));
        Path file = temp.resolve("train_32x32.mat");
        write(file, 0, 10);
        String message = assertThrows(DataException.class, () -> new Svhn().load(LoadRequest.of(temp)))
                .getMessage();
        assertTrue(message.startsWith(file + ": image 1 has label 10.0, expected 1..10, or 0..9"), message);
    }

    @Test
    void svhnHasImages() throws IOException {
        Files.copy(RESOURCES.resolve("svhn-zero/train_32x32.mat"), temp.resolve("train_32x32.mat"));
        Path file = temp.resolve("test_32x32.mat");
        write(file);
        assertEquals(
                file + ": not SVHN's MATLAB file (it holds no images); download it again",
                assertThrows(DataException.class, () -> new Svhn().load(LoadRequest.of(temp)))
                        .getMessage());
    }

    private static void write(Path file, int... classes) throws IOException {
        Matrix images = Mat5.newMatrix(new int[] {32, 32, 3, classes.length}, MatlabType.UInt8);
        Matrix labels = Mat5.newMatrix(classes.length, 1);
        for (int i = 0; i < classes.length; i++) {
            labels.setDouble(i, classes[i]);
        }
        Mat5.writeToFile(
                Mat5.newMatFile().addArray("X", images).addArray("y", labels).addArray("other", Mat5.newString("x")),
                file.toFile());
    }
}
