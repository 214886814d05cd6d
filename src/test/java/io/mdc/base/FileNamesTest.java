package io.mdc.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** What holds whatever the locale of the tests; {@code LocaleIT} starts the program in another. */
class FileNamesTest {
    private static final Path FOLDER = Path.of("folder");

    @Test
    void aNameThatTheLocaleCannotExpressIsToldFromOneThatIsWrittenInAnother() {
        assertEquals(
                "a.zip: the name 'été' in it cannot be expressed in this locale, whose encoding is US-ASCII; set"
                        + " LC_ALL=C.UTF-8 and start again",
                FileNames.inexpressible("a.zip", "été", StandardCharsets.US_ASCII));
        assertEquals(
                "train: the name '\uFFFDt' in it is not in UTF-8; rename it",
                FileNames.inexpressible("train", "\uFFFDt", StandardCharsets.UTF_8));
    }

    @Test
    void otherNamesAreWhatTheyAre() {
        assertEquals(FOLDER.resolve("a b"), FileNames.resolve(FOLDER, "a b", "x"));
        assertEquals("a b", FileNames.of(FOLDER.resolve("a b")));
        assertThrows(InvalidPathException.class, () -> FileNames.resolve(FOLDER, "a\0b", "x"));
        assertThrows(DataException.class, () -> FileNames.of(FOLDER.resolve("\uFFFDt")));
    }
}
