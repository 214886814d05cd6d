package io.mdc.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ChanceTest {
    private static PrefixResult result(String network, int size, double accuracy) {
        Statistic statistic = Statistic.of(List.of(accuracy));
        return new PrefixResult(network, 2, size, 4 * size, 5, 0, statistic, Statistic.of(List.of(99.0)));
    }

    private static List<PrefixResult> guessing(PrefixResult... results) {
        return Chance.of(new Evaluation("run", List.of(new Protocol(Map.of(), 10_000, "", "")), List.of(results)), 10);
    }

    @Test
    void theBoundIsThreeStandardErrorsAboveGuessing() {
        assertEquals(10.9, Chance.bound(10, 10_000), 1e-9);
        assertEquals(65, Chance.bound(2, 100), 1e-9);
    }

    @Test
    void onlyTheLargestSizeOfANetworkIsJudgedByItsLastEpoch() {
        PrefixResult low = result("convnet", 2, 10.9);
        assertEquals(List.of(low), guessing(result("convnet", 1, 50), low, result("resnet10", 1, 11)));
        assertEquals(List.of(), guessing(result("convnet", 1, 10), result("convnet", 2, 10.91)));
        assertEquals(List.of(), guessing());
    }
}
