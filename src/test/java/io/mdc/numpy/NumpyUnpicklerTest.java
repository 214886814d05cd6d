package io.mdc.numpy;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTimeout;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.PickleException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Pickles as Python's pickletools shows them, a character each byte. */
class NumpyUnpicklerTest {
    private static Object load(String pickle) throws IOException {
        byte[] bytes = pickle.getBytes(StandardCharsets.ISO_8859_1);
        return new NumpyUnpickler(bytes.length).load(new ByteArrayInputStream(bytes));
    }

    private static String failure(String pickle) {
        return assertThrows(PickleException.class, () -> load(pickle)).getMessage();
    }

    @Test
    void keysOfBytesBecomeText() throws IOException {
        assertEquals(Map.of("data", 3), load("\u0080\u0003}(C\u0004dataK\u0003u."));
        assertEquals(Map.of("data", 3), load("\u0080\u0003}C\u0004dataK\u0003s."));
        assertEquals(Map.of("data", 3L), load("(S'data'\nI3\nd."));
    }

    /** What {@code pickle.dumps(np.array([[1, 256]], '>i2'), 5)} gives. */
    @Test
    void arraysOfBuffersAreReadInTheirByteOrder() throws IOException {
        String type =
                "\u008c\u0005numpy\u008c\u0005dtype\u0093\u008c\u0002i2\u0089\u0088\u0087R(K\u0003\u008c\u0001>NNNJ"
                        + "\u00ff\u00ff\u00ff\u00ffJ\u00ff\u00ff\u00ff\u00ffK\u0000tb";
        String pickle = "\u0080\u0005\u008c\u0013numpy._core.numeric\u008c\u000b_frombuffer\u0093(\u0096\u0004"
                + "\u0000".repeat(7) + "\u0000\u0001\u0001\u0000" + type + "K\u0001K\u0002\u0086\u008c\u0001CtR.";
        NumpyArray array = (NumpyArray) load(pickle);
        assertArrayEquals(new int[] {1, 2}, array.shape());
        assertArrayEquals(new double[] {1, 256}, array.toDoubles());
    }

    @ParameterizedTest
    @CsvSource({
        "'T\u00ff\u00ff\u00ff\u007f', an item of 2147483647 bytes",
        "'X\u0001\u0000\u0000\u0080', an item of -2147483647 bytes",
        "'B\u0000\u0000\u0000\u0010', an item of 268435456 bytes",
        "'\u008e\u0000\u0000\u0000\u0000\u0001\u0000\u0000\u0000', an item of 4294967296 bytes",
        "'\u0096\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff\u00ff', an item of -1 bytes",
        "'\u008b\u00c9\u0000\u0000\u0000', an item of 201 bytes"
    })
    void sizesAreCheckedBeforeMemoryIsTaken(String pickle, String expected) {
        assertEquals(expected, failure(pickle));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.", "u.", "s.", "R.", "b.", "Ix\n.", "(K\u0001d.", "K\u0001(K\u0002u."})
    void damagedPicklesAreRefused(String pickle) {
        assertTrue(failure(pickle).startsWith("damaged: "), failure(pickle));
    }

    @ParameterizedTest
    @CsvSource({
        "'(cos\nsystem\n', 'the class or function os.system, which images do not need'",
        "'(K\u0001ios\nsystem\n.', objects of classes",
        "'\u0082\u0001', an extension",
        "'\u008f', a set",
        "'}]K\u0001s.', a dictionary whose keys are neither text nor numbers"
    })
    void whatImagesDoNotNeedIsRefused(String pickle, String expected) {
        assertEquals(expected, failure(pickle));
    }

    /** Lists in lists, each twice in the next: their hash would take 2⁶⁰ steps. */
    @Test
    void nestedListsTakeNoTime() {
        String nested = "]" + "q\u0000]h\u0000ah\u0000a".repeat(60);
        assertTimeout(Duration.ofSeconds(2), () -> failure("}" + nested + "K\u0001s."));
    }

    @Test
    void longNumbersAreRefused() {
        String digits = "9".repeat(1_000_000);
        for (String kind : List.of("I", "L", "F")) {
            assertTimeout(
                    Duration.ofSeconds(2), () -> assertThrows(IOException.class, () -> load(kind + digits + "\n.")));
        }
    }

    /** A text that is turned into bytes again and again would fill any memory. */
    @Test
    void arraysFarLargerThanThePickleAreRefused() {
        String text = "X\u0000\u0010\u0000\u0000" + "a".repeat(4096) + "q\u0000";
        String pickle = text + "c_codecs\nencode\nq\u0001" + "h\u0001h\u0000\u0085R".repeat(1000) + ".";
        assertTrue(failure(pickle).startsWith("arrays of far more than"), failure(pickle));
    }
}
