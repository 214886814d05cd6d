package io.mdc.published;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.data.Normalization;
import io.mdc.dataset.Cifar10;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NormalisedByTest {
    private static String refusal(String text) {
        return assertThrows(IllegalArgumentException.class, () -> NormalisedBy.parse(text))
                .getMessage();
    }

    @Test
    void namesAreThoseOfDataSetsWithConstantsAndOfGreyOnes() {
        assertEquals(Cifar10.NORMALIZATION, NormalisedBy.parse("cifar10"));
        assertEquals(new Normalization(List.of(0.1307), List.of(0.3081)), NormalisedBy.parse("mnist"));
        assertEquals(new Normalization(List.of(0.2861), List.of(0.3530)), NormalisedBy.parse("fashion-mnist"));
    }

    @Test
    void numbersAreMeansAndDeviationsOfChannels() {
        assertEquals(NormalisedBy.parse("mnist"), NormalisedBy.parse("0.1307/0.3081"));
        assertEquals(NormalisedBy.parse("cifar10"), NormalisedBy.parse("0.4914,0.4822,0.4465/0.2023,0.1994,0.2010"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"idx", "", "0.5", "0.5/x", "0.5/", "1/2/3", "0.5,/0.5,"})
    void anythingElseIsRefusedWithWhatIsAllowed(String text) {
        assertEquals("must be " + NormalisedBy.allowed(), refusal(text));
    }

    @Test
    void numbersThatNormaliseNothingAreNamed() {
        assertEquals("standard deviation of channel 1 is 0.0, expected a number > 0", refusal("0.5,0.5/0.5,0"));
        assertEquals(
                "a normalization needs one mean and one standard deviation per channel, got 1 and 2",
                refusal("0.5/0.5,0.5"));
    }

    @Test
    void namesForImagesHaveAsManyChannels() {
        String numbers = "means/deviations, those of channels joined by commas, as in 0.1307/0.3081";
        assertEquals("mnist, fashion-mnist, or " + numbers, NormalisedBy.allowed(1));
        assertEquals(numbers, NormalisedBy.allowed(2));
        assertEquals("cifar10, cifar100, svhn, imagenet10, or " + numbers, NormalisedBy.allowed(3));
    }
}
