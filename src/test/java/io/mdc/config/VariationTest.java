package io.mdc.config;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.setting.ConfigException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class VariationTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "ipc=1-3|1 2 3",
                "ipc=1,5-6,10|1 5 6 10",
                "--ipc=7|7",
                "metric=feature,gradient|feature gradient",
                "lr-img=1e-3,0.5|1e-3 0.5",
                "match=conv,[conv,classifier]|conv conv,classifier",
                "--augment-match=[color,crop]|color,crop",
                "sizes=[1,2],[ 5-6,10 ],7-8|1,2 5-6,10 7 8",
                "data-dir=/a[1],/b|/a[1] /b"
            })
    void valuesAreListedOrGivenAsARange(String text, String values) {
        assertEquals(List.of(values.split(" ")), Variation.parse(text).values());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ipc",
                "ipc=",
                "=1",
                "ipc=3-1",
                "ipc=1,1",
                "ipc=1-3,2",
                "no-such=1",
                "ipc=0-999999999",
                "match=[conv,classifier",
                "match=[conv],[conv]",
                "match=[conv]classifier"
            })
    void whatCannotBeMeantIsRefusedInALine(String text) {
        String message =
                assertThrows(ConfigException.class, () -> Variation.parse(text)).getMessage();
        assertTrue(message.contains(": ") && message.lines().count() == 1, message);
    }

    @Test
    void theLastSettingOfACombinationVariesFastest() {
        assertEquals(
                List.of(
                        Map.of("ipc", "1", "seed", "0"),
                        Map.of("ipc", "1", "seed", "1"),
                        Map.of("ipc", "2", "seed", "0"),
                        Map.of("ipc", "2", "seed", "1")),
                Variation.combinations(List.of(Variation.parse("ipc=1,2"), Variation.parse("seed=0-1"))));
    }

    @Test
    void spacesSeparateSettingsButNotPartsOfAList() {
        assertEquals(
                List.of(
                        new Variation("match", List.of("conv,classifier", "norm")),
                        new Variation("ipc", List.of("1", "2"))),
                Variation.parseAll(" match=[conv, classifier],norm  --ipc=1-2 "));
    }

    @Test
    void aSettingVariesOnce() {
        List<Variation> twice = List.of(Variation.parse("ipc=1"), Variation.parse("ipc=2"));
        assertThrows(ConfigException.class, () -> Variation.combinations(twice));
    }
}
