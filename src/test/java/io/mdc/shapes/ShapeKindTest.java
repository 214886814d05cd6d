package io.mdc.shapes;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.Seeds;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShapeKindTest {
    private static final int GRID = 60;

    /** Coverage of [−1.5, 1.5]², turned by an angle and optionally mirrored. */
    private static boolean[] mask(ShapeKind kind, double variation, double angle, boolean mirrored) {
        Outline outline = kind.outline(variation).placed(0, 0, 1, 1, angle);
        boolean[] mask = new boolean[GRID * GRID];
        for (int i = 0; i < mask.length; i++) {
            double x = coordinate(i % GRID);
            double y = coordinate(i / GRID);
            mask[i] = outline.distance(mirrored ? -x : x, y) < 0;
        }
        return mask;
    }

    private static double coordinate(int cell) {
        return (cell + 0.5) * 3 / GRID - 1.5;
    }

    private static double overlap(boolean[] a, boolean[] b) {
        double both = 0;
        double either = 0;
        for (int i = 0; i < a.length; i++) {
            both += a[i] && b[i] ? 1 : 0;
            either += a[i] || b[i] ? 1 : 0;
        }
        return both / either;
    }

    @ParameterizedTest
    @EnumSource
    void noOtherClassLooksTheSameTurnedOrMirrored(ShapeKind kind) {
        boolean[] upright = mask(kind, 0.5, 0, false);
        for (ShapeKind other : ShapeKind.values()) {
            for (double angle = -0.6; other != kind && angle <= 0.6; angle += 0.1) {
                for (double variation = 0; variation <= 1; variation += 0.5) {
                    double same = overlap(upright, mask(other, variation, angle, false));
                    double mirrored = overlap(upright, mask(other, variation, angle, true));
                    assertTrue(Math.max(same, mirrored) < 0.85, other + " at " + angle + ": " + same);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void figuresAreOfAboutUnitSize(ShapeKind kind) {
        for (double variation = 0; variation <= 1; variation += 0.25) {
            boolean[] mask = mask(kind, variation, 0, false);
            int covered = 0;
            for (int i = 0; i < mask.length; i++) {
                double x = coordinate(i % GRID);
                double y = coordinate(i / GRID);
                covered += mask[i] ? 1 : 0;
                assertTrue(!mask[i] || x * x + y * y < 1.35 * 1.35, kind + " reaches " + x + ", " + y);
            }
            double area = covered * 9.0 / mask.length;
            assertTrue(area > 0.8 && area < 3, kind + " has area " + area);
        }
    }

    @Test
    void aBoxIsThePolygonOfItsCorners() {
        Outline box = Outline.box(0.2, -0.1, 0.7, 0.4);
        Outline polygon = Outline.polygon(-0.5, -0.5, 0.9, -0.5, 0.9, 0.3, -0.5, 0.3);
        RandomGenerator random = Seeds.generator(0, "test");
        for (int i = 0; i < 1000; i++) {
            double x = random.nextDouble(-2, 2);
            double y = random.nextDouble(-2, 2);
            assertEquals(box.distance(x, y), polygon.distance(x, y), 1e-12);
        }
    }

    @Test
    void combinedFiguresAreUnionsAndDifferences() {
        Outline left = Outline.disc(-1, 0, 1);
        Outline right = Outline.disc(1, 0, 1.5);
        assertTrue(left.or(right).distance(2, 0) < 0);
        assertTrue(left.or(right).distance(-1.5, 0) < 0);
        assertTrue(left.or(right).distance(0, 2) > 0);
        assertTrue(left.without(right).distance(-1.5, 0) < 0);
        assertTrue(left.without(right).distance(-0.25, 0) > 0);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, -1, 2})
    void aPlacedFigureIsMovedTurnedAndStretched(double angle) {
        Outline bar = Outline.box(0, 0, 1, 0.1).placed(5, 7, 4, 4, angle);
        double tipX = 5 + 3.9 * Math.cos(angle);
        double tipY = 7 + 3.9 * Math.sin(angle);
        assertEquals(-0.1, bar.distance(tipX, tipY), 1e-9);
        assertTrue(bar.distance(5 - 0.5 * Math.sin(angle), 7 + 0.5 * Math.cos(angle)) > 0);
    }
}
