package io.mdc.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.augment.Augmentations;
import io.mdc.augment.TransformKind;
import io.mdc.evaluate.Sizes;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Nearest;
import io.mdc.setting.TextForm;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TextFormsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "5; 5",
                "1-10; 1-10",
                "10,5,3,2,1; 1-3,5,10",
                "1,1,1; 1",
                "2 - 3 , 9; 2-3,9",
                "1-3,2-6; 1-6",
                "all; all"
            })
    void sizesAreSortedAndWrittenAsRanges(String text, String canonical) {
        assertEquals(canonical, Sizes.parse(text).toString());
        assertEquals(Sizes.parse(text), Sizes.parse(canonical));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "0", "3-1", "1,", "-1", "1-", "a", "1..3", "1-2-3", "99999"})
    void otherTextsAreNotSizes(String text) {
        assertThrows(IllegalArgumentException.class, () -> Sizes.parse(text));
    }

    @Test
    void allSizesAreThoseOfTheSet() {
        assertEquals(List.of(1, 2, 3), Sizes.parse("all").resolve(3));
        assertEquals(List.of(2, 3), Sizes.parse("3,2").resolve(3));
        assertThrows(ConfigException.class, () -> Sizes.parse("1-4").resolve(3));
    }

    @Test
    void augmentationHasStepsWithAlternatives() {
        Augmentations augmentations = Augmentations.parse("color, flip,crop|scale | rotate");
        assertEquals(
                List.of(
                        List.of(TransformKind.COLOR),
                        List.of(TransformKind.FLIP),
                        List.of(TransformKind.CROP, TransformKind.SCALE, TransformKind.ROTATE)),
                augmentations.steps());
        assertEquals("color,flip,crop|scale|rotate", augmentations.toString());
        assertEquals(List.of(), Augmentations.parse("none").steps());
    }

    @ParameterizedTest
    @ValueSource(strings = {"zoom", "color,", "color||crop", "COLOR", ",", "none,crop"})
    void otherTextsAreNotAugmentations(String text) {
        assertThrows(IllegalArgumentException.class, () -> Augmentations.parse(text));
    }

    @ParameterizedTest
    @CsvSource({"0.0005,0.0005", "5e-4,0.0005", "1,1", "100.0,100", "-0.25,-0.25"})
    void numbersAreWrittenInPlainDigits(double value, String text) {
        assertEquals(text, TextForm.format(value));
    }

    @Test
    void nearestWordNeedsMostLettersRight() {
        List<String> words = List.of("width", "depth", "n-data");
        assertEquals(Optional.of("width"), Nearest.of("widht", words));
        assertEquals(Optional.of("n-data"), Nearest.of("ndata", words));
        assertEquals(Optional.empty(), Nearest.of("colour", words));
    }
}
