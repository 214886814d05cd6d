package io.mdc.order;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScoresTest {
    private static final int[] LABELS = {1, 0};

    private static EpochRecord epoch(double accuracy) {
        return EpochRecord.of(new double[] {0.3, 0.7, 1, 0}, LABELS, accuracy);
    }

    private static List<EpochRecord> epochs(double... accuracies) {
        return DoubleStream.of(accuracies).mapToObj(ScoresTest::epoch).toList();
    }

    @Test
    void anErrorIsTheDistanceOfTheSoftmaxFromTheLabel() {
        EpochRecord epoch = EpochRecord.of(new double[] {0.2, 0.5, 0.3, 0, 0, 1}, new int[] {1, 2}, 0.5);
        assertEquals(Math.sqrt(0.04 + 0.25 + 0.09), epoch.error(0), 1e-15);
        assertEquals(0, epoch.error(1));
        assertEquals(
                Math.sqrt(2),
                EpochRecord.of(new double[] {1, 0}, new int[] {1}, 0).error(0),
                1e-15);
    }

    @Test
    void probabilitiesThatDoNotFitTheLabelsAreRefused() {
        assertThrows(IllegalArgumentException.class, () -> EpochRecord.of(new double[5], LABELS, 0));
        assertThrows(IllegalArgumentException.class, () -> EpochRecord.of(new double[1], LABELS, 0));
        assertThrows(IllegalArgumentException.class, () -> EpochRecord.of(new double[0], new int[0], 0));
    }

    @Test
    void whatIsNoNumberIsNoticed() {
        assertTrue(epoch(1).isFinite());
        assertFalse(EpochRecord.of(new double[] {0.3, 0.7, Double.NaN, 0}, LABELS, 1)
                .isFinite());
    }

    @Test
    void theMostAccurateEpochsAreInOrderAndOfEqualOnesTheEarlier() {
        List<EpochRecord> epochs = epochs(0.1, 0.5, 0.3, 0.5, 0.2, 0.3);
        assertEquals(List.of(1), Scores.mostAccurate(epochs, 1));
        assertEquals(List.of(1, 2, 3), Scores.mostAccurate(epochs, 3));
        assertEquals(List.of(1, 2, 3, 5), Scores.mostAccurate(epochs, 4));
        assertEquals(List.of(0, 1, 2, 3, 4, 5), Scores.mostAccurate(epochs, 9));
    }

    @Test
    void scoresAreSumsOfErrors() {
        double[] scores = Scores.sum(epochs(0, 0, 0));
        assertArrayEquals(new double[] {3 * Math.sqrt(0.18), 0}, scores, 1e-15);
    }

    @ParameterizedTest
    @CsvSource({"0,5,'[3, 1, 4, 0, 2]'", "1,4,'[3, 1, 2]'", "2,2,'[]'"})
    void theLowestScoreIsFirstAndEqualOnesKeepTheirOrder(int from, int to, String order) {
        double[] scores = {3, 1, 4, 0.5, 1};
        assertEquals(order, Scores.ascending(scores, from, to).toString());
    }

    @Test
    void everyScoreSaysWhichEpochsCount() {
        OrderConfig config = TinyOrder.config(4, 2, 3, 1, 0);
        List<EpochRecord> epochs = epochs(0.1, 0.5, 0.3, 0.5);
        assertEquals(4, OrderBy.LBPE.epochs(config));
        assertEquals(List.of(1, 3), OrderBy.LBPE.counting(epochs, config));
        assertEquals(3, OrderBy.EL2N.epochs(config));
        assertEquals(List.of(0, 1, 2), OrderBy.EL2N.counting(epochs.subList(0, 3), config));
        assertEquals(0, OrderBy.RANDOM.epochs(config));
    }

    @Test
    void everyClassIsOrderedOnItsOwn() {
        Order order = Order.ascending(new double[] {2, 1, 3, 0, 5, 4}, 3, List.of(List.of(7)));
        assertEquals(List.of(1, 0, 2, 3, 5, 4), order.images());
        assertEquals(List.of(List.of(7)), order.epochs());
    }
}
