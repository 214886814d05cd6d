package io.mdc.evaluate;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccuraciesTest {
    @Test
    void theLastAndTheBestOfFour() {
        Accuracies accuracies = new Accuracies(List.of(10.0, 40.0, 30.0, 20.0));
        assertEquals(20, accuracies.last());
        assertEquals(40, accuracies.best());
    }

    @Test
    void refusesWhatAreNotFourPercentages() {
        assertThrows(IllegalArgumentException.class, () -> new Accuracies(List.of(1.0, 2.0, 3.0)));
        assertThrows(IllegalArgumentException.class, () -> new Accuracies(List.of(1.0, 2.0, 3.0, 4.0, 5.0)));
        assertThrows(IllegalArgumentException.class, () -> new Accuracies(List.of(1.0, 2.0, 3.0, 100.5)));
        assertThrows(IllegalArgumentException.class, () -> new Accuracies(List.of(1.0, -2.0, 3.0, 4.0)));
        assertThrows(IllegalArgumentException.class, () -> new Accuracies(List.of(1.0, 2.0, 3.0, Double.NaN)));
    }
}
