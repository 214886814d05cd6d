package io.mdc.torch;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.numpy.NumpyArray;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.PickleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Files that PyTorch wrote, see {@code make.py} beside them. */
class TorchFileTest {
    private static final Path FILES = Path.of("src/test/resources/io/mdc/torch");

    @TempDir
    private Path folder;

    /** {@code arange(48) / 64} but for two numbers. */
    private static float[] images() {
        float[] images = new float[48];
        for (int i = 0; i < images.length; i++) {
            images[i] = i / 64f;
        }
        images[0] = 0.1f;
        images[1] = 1e-42f;
        return images;
    }

    private static void assertImages(float[] expected, Object array) {
        NumpyArray images = (NumpyArray) array;
        assertArrayEquals(new int[] {4, 3, 2, 2}, images.shape());
        assertArrayEquals(expected, images.toFloats());
    }

    @ParameterizedTest
    @ValueSource(strings = {"list.pt", "legacy.pt"})
    void tensorsOfBothFormatsAreReadBitForBit(String name) throws IOException {
        List<?> list = (List<?>) TorchFile.read(FILES.resolve(name));
        assertImages(images(), list.get(0));
        NumpyArray labels = (NumpyArray) list.get(1);
        assertEquals(NumpyArray.Type.INT64, labels.type());
        assertArrayEquals(new double[] {1, 0, 0, 1}, labels.toDoubles());
    }

    @Test
    void stridedParametersAreMadeRowMajorAndOtherValuesStay() throws IOException {
        Map<?, ?> map = (Map<?, ?>) TorchFile.read(FILES.resolve("strided.pt"));
        assertImages(images(), map.get("data"));
        assertEquals(NumpyArray.Type.INT32, ((NumpyArray) map.get("targets")).type());
        assertEquals(3, map.get("epoch"));
    }

    @Test
    void viewsAreThatPartOfTheirStorage() throws IOException {
        Map<?, ?> map = (Map<?, ?>) TorchFile.read(FILES.resolve("view.pt"));
        float[] expected = new float[48];
        System.arraycopy(images(), 24, expected, 0, 24);
        System.arraycopy(images(), 0, expected, 24, 24);
        assertImages(expected, map.get("images"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"experiments.pt", "experiments-legacy.pt"})
    void tensorsInListsOfListsAndNumbersOfNumpyAreRead(String name) throws IOException {
        Map<?, ?> map = (Map<?, ?>) TorchFile.read(FILES.resolve(name));
        List<?> experiments = (List<?>) map.get("data");
        assertEquals(2, experiments.size());
        assertImages(images(), ((List<?>) experiments.get(0)).get(0));
        assertEquals(Map.of("ConvNet", List.of(0.5, 0.25), "MLP", List.of()), map.get("accs_all_exps"));
    }

    @Test
    void listsInThemselvesAndManyTimesInOthersTakeNoTime() throws IOException {
        List<?> loop = (List<?>) TorchFile.read(FILES.resolve("loop.pt"));
        assertSame(loop, loop.get(1));
        Object many = TorchFile.read(FILES.resolve("many.pt"));
        for (int i = 0; i < 40; i++) {
            many = ((List<?>) many).get(i % 2);
        }
        assertImages(images(), many);
        assertEquals("more than 100 lists in each other", refusal(FILES.resolve("deep.pt")));
    }

    private static String refusal(Path file) {
        return assertThrows(IOException.class, () -> TorchFile.read(file)).getMessage();
    }

    @ParameterizedTest
    @CsvSource({"evil.pt, posix.system", "evil-legacy.pt, posix.system", "half.pt, torch.HalfStorage"})
    void whateverElseAPickleNamesIsRefused(String name, String named) {
        assertEquals("the class or function " + named + ", which images do not need", refusal(FILES.resolve(name)));
    }

    @Test
    void aFileOfAnotherKindIsRefused() throws IOException {
        assertEquals("not a file of torch.save", refusal(Files.writeString(folder.resolve("text"), "hello")));
        assertEquals("not a file of torch.save", refusal(Files.writeString(folder.resolve("none"), "")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"list.pt", "legacy.pt", "experiments.pt", "experiments-legacy.pt"})
    void everyCutAndManyChangesAreToldOrHarmless(String name) throws IOException {
        byte[] bytes = Files.readAllBytes(FILES.resolve(name));
        Path file = folder.resolve("damaged");
        for (int i = 0; i < bytes.length; i += 7) {
            Files.write(file, Arrays.copyOf(bytes, i));
            assertThrows(IOException.class, () -> TorchFile.read(file));
            byte[] changed = bytes.clone();
            changed[i] ^= 0x55;
            Files.write(file, changed);
            try {
                TorchFile.read(file);
            } catch (IOException e) {
                assertTrue(e.getMessage() != null, e.toString());
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 3, 5, 1", "1, 2, 5, 1", "0, 2, 6, 1", "0, 2, 5, -1", "-1, 2, 5, 1", "0, 11, 1, 0"})
    void tensorsOutsideTheirStorageAreRefused(long offset, int rows, int rowStride, int stride) {
        StorageKey storage = new StorageKey("0", NumpyArray.Type.FLOAT32, 10);
        new TorchTensor(storage, 0, new int[] {2, 5}, new int[] {5, 1});
        assertThrows(
                PickleException.class,
                () -> new TorchTensor(storage, offset, new int[] {rows, 5}, new int[] {rowStride, stride}));
    }
}
