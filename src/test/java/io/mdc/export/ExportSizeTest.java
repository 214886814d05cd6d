package io.mdc.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.setting.ConfigException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ExportSizeTest {
    @Test
    void allIsEverySizeTheSetHas() {
        assertEquals(7, ExportSize.parse("all").of(7));
        assertEquals(3, ExportSize.parse("3").of(7));
        assertEquals(7, ExportSize.parse("7").of(7));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1", "1.5", "", "many", "99999999999"})
    void anythingElseIsRefused(String text) {
        String message = assertThrows(ConfigException.class, () -> ExportSize.parse(text))
                .getMessage();
        assertEquals("--size " + (text.isEmpty() ? "''" : text) + ": must be all, or a whole number from 1", message);
    }

    @Test
    void aSizeLargerThanTheSetIsRefused() {
        assertEquals(
                "--size 8: must be all, or from 1 to 7, which are the images per class of the condensed set",
                assertThrows(ConfigException.class, () -> ExportSize.parse("8").of(7))
                        .getMessage());
    }
}
