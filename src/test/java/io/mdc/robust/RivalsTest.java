package io.mdc.robust;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.evaluate.Accuracies;
import java.util.List;
import org.junit.jupiter.api.Test;

class RivalsTest {
    private static Accuracies ending(double best, double last) {
        return new Accuracies(List.of(0.0, best, 0.0, last));
    }

    private static final Rivals RIVALS = new Rivals(
            ending(90, 80),
            List.of(ending(60, 60), ending(70, 50)),
            List.of(ending(40, 40), ending(50, 20)),
            List.of(ending(50, 50), ending(45, 40)),
            List.of(ending(30, 30), ending(35, 10)));

    @Test
    void figuresAreOverTheDrawsOfWhatCounts() {
        Figures last = RIVALS.figures(Accuracies::last);
        assertEquals(80, last.real());
        assertEquals(List.of(60.0, 50.0), last.set().runs());
        assertEquals(List.of(40.0, 20.0), last.random().runs());
        assertEquals(List.of(50.0, 40.0), last.setPlain().runs());
        assertEquals(List.of(30.0, 10.0), last.randomPlain().runs());
        assertEquals(25, last.hlr().mean(), 1e-9);
        assertEquals(25, last.ior().mean(), 1e-9);
        assertEquals(5, last.ior().std(), 1e-9);
        // alpha of both draws is 0
        assertEquals(26.894142, last.lrs().mean(), 1e-6);
        assertEquals(0, last.lrs().std(), 1e-9);
        assertEquals(
                100 * new Scores(0.8, 0.6, 0.4, 0.5, 0.3).ars(),
                last.ars().runs().get(0),
                1e-9);
        assertEquals(
                100 * new Scores(0.8, 0.5, 0.2, 0.4, 0.1).ars(),
                last.ars().runs().get(1),
                1e-9);
        Figures best = RIVALS.figures(Accuracies::best);
        assertEquals(90, best.real());
        assertEquals(
                100 * new Scores(0.9, 0.7, 0.5, 0.45, 0.35).lrs(),
                best.lrs().runs().get(1),
                1e-9);
    }

    @Test
    void whatIsNotComparedWithAsMuchIsRefused() {
        List<Accuracies> one = List.of(ending(1, 1));
        List<Accuracies> two = List.of(ending(1, 1), ending(2, 2));
        assertThrows(IllegalArgumentException.class, () -> new Rivals(ending(1, 1), two, one, two, two));
        assertThrows(IllegalArgumentException.class, () -> new Rivals(ending(1, 1), two, two, two, one));
        assertThrows(
                IllegalArgumentException.class,
                () -> new Rivals(ending(1, 1), List.of(), List.of(), List.of(), List.of()));
    }
}
