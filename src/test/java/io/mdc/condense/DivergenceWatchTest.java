package io.mdc.condense;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import io.mdc.condense.Divergence.Sign;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.setting.Layer;
import io.mdc.task.Place;
import io.mdc.tensor.Tensor;
import io.mdc.testing.TestBackends;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DivergenceWatchTest {
    private final RunConfig config = ConfigReader.read();
    private final List<String> told = new ArrayList<>();

    /** Ten values, the first {@code black} of them 0, the others grey. */
    private static Tensor images(int black) {
        float[] values = new float[10];
        Arrays.fill(values, black, 10, 0.5f);
        Tensor images = TestBackends.HOST.zeros(10);
        images.set(values);
        return images;
    }

    private DivergenceWatch watch(int blackAtFirst) {
        return new DivergenceWatch(
                config.condensing(), 10, images(blackAtFirst), divergence -> told.add(divergence.toString()));
    }

    @Test
    void imagesAtTheirLimitsAreToldOnce() {
        DivergenceWatch watch = watch(2);
        watch.images(images(6), new Place(1, 0));
        assertEquals(List.of(), told);
        watch.images(images(7), new Place(2, 0));
        watch.images(images(9), new Place(3, 0));
        assertEquals(
                List.of("diverging in outer loop 2: 70 % of the images' values are 0 or 1, 20 % were at the beginning;"
                        + " --lr-img 0.005 may be too large"),
                told);
    }

    @ParameterizedTest
    @EnumSource
    void everySignIsKnownByItsLineAndByNoOther(Sign sign) {
        String line = new Divergence(sign, new Place(3, 2), 7, 0.5, "--lr-img 1").toString();
        for (Sign other : Sign.values()) {
            assertEquals(other == sign, other.isIn(line), line);
        }
        assertFalse(sign.isIn("stopped: " + line));
    }

    @Test
    void imagesThatAreMostlyBlackFromTheBeginningMayStaySo() {
        watch(8).images(images(9), new Place(1, 0));
        assertEquals(List.of(), told);
    }

    @Test
    void largeValuesAreToldOnceWhereNothingLimitsThem() {
        DivergenceWatch watch = new DivergenceWatch(
                ConfigReader.read(Layer.options(Map.of("pixels", "normalised"))).condensing(),
                10,
                images(2),
                divergence -> told.add(divergence.toString()));
        Tensor images = images(9);
        images.set(new float[] {0, 1, 1, 1, 1, 1, 1, -99, 99, 50});
        watch.images(images, new Place(1, 0));
        assertEquals(List.of(), told);
        images.set(new float[] {0, 1, 1, 1, 1, 1, 1, -1e12f, 99, 50});
        watch.images(images, new Place(2, 0));
        watch.images(images, new Place(3, 0));
        assertEquals(
                List.of(
                        "diverging in outer loop 2: values of the images have come to 1.00e+12, those of photographs are"
                                + " at most 1; --lr-img 0.005 may be too large"),
                told);
    }

    @Test
    void aTrainingLossFarAboveGuessingIsToldOnce() {
        DivergenceWatch watch = watch(0);
        watch.trainingLoss(200, "--net-lr 0.01", new Place(1, 2));
        watch.trainingLoss(5e17, "--net-lr 0.01", new Place(1, 3));
        watch.trainingLoss(6e17, "--net-lr 0.01", new Place(1, 4));
        assertEquals(
                List.of("diverging in outer loop 1, inner loop 3: the training loss of the network is 5.00e+17, that of"
                        + " guessing is 2.30; --net-lr 0.01 may be too large"),
                told);
    }

    @Test
    void aTrainingLossThatIsNoNumberIsTold() {
        watch(0).trainingLoss(Double.NaN, "--lr-own 3.0", new Place(1, 1));
        assertEquals(
                List.of("diverging in outer loop 1, inner loop 1: the training loss of the network is NaN, that of"
                        + " guessing is 2.30; --lr-own 3.0 may be too large"),
                told);
    }

    @Test
    void aLearnedRateThatLetsStudentsLearnNothingIsToldOnce() {
        DivergenceWatch watch = watch(0);
        watch.studentRate(1e-9, new Place(1, 1));
        assertEquals(List.of(), told);
        watch.studentRate(-0.5, new Place(2, 1));
        watch.studentRate(-0.7, new Place(2, 2));
        assertEquals(
                List.of(
                        "diverging in outer loop 2, inner loop 1: the learned learning rate of students is -0.500, which"
                                + " began with 0.0100; --lr-rate 1.0E-5 may be too large"),
                told);
    }
}
