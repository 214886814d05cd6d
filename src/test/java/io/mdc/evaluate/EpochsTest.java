package io.mdc.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EpochsTest {
    /** The schedule of the authors' code for ImageNet-10, by the images that a set is condensed to. */
    private static final String PAPER = "1:3000,10:2000,50:1500,200:1000,500:500,300";

    @ParameterizedTest
    @CsvSource({
        "1,3000",
        "2,2000",
        "10,2000",
        "11,1500",
        "50,1500",
        "51,1000",
        "180,1000",
        "201,500",
        "500,500",
        "501,300"
    })
    void aScheduleGivesFewerEpochsToMoreImages(int images, int epochs) {
        assertEquals(epochs, Epochs.parse(PAPER).of(images));
    }

    @Test
    void aLongScheduleIsReadToo() {
        StringBuilder text = new StringBuilder();
        IntStream.rangeClosed(1, 5_000).forEach(images -> text.append(images).append(":7,"));
        assertEquals(9, Epochs.parse(text + "9").of(5_001));
        String sizes = IntStream.rangeClosed(1, 2_500)
                .mapToObj(half -> Integer.toString(2 * half))
                .collect(Collectors.joining(", "));
        assertEquals(2_500, Sizes.parse(sizes).values().size());
    }

    @Test
    void aNumberIsTheSameForAll() {
        assertEquals(7, Epochs.parse("7").of(1));
        assertEquals(7, Epochs.parse("7").of(1_000_000));
    }

    @ParameterizedTest
    @ValueSource(strings = {"1000", PAPER, "5:1,2"})
    void theTextFormIsReadBack(String text) {
        assertEquals(text, Epochs.parse(text).toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "0",
                "-1",
                "1.5",
                "10:5",
                "10:5,10:4,3",
                "10:5,9:4,3",
                "10:0,3",
                "1000001",
                "a",
                "5,6",
                "0:3,4"
            })
    void refusesWhatIsNoSchedule(String text) {
        assertThrows(IllegalArgumentException.class, () -> Epochs.parse(text));
    }
}
