package io.mdc.shapes;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.LoadRequest;
import io.mdc.data.Normalization;
import io.mdc.testing.Pictures;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;

class ShapesTest {
    private static final Dataset DEFAULT = new Shapes().load(LoadRequest.of(null));

    @Test
    void defaultImagesAreTheSameBytesOnEveryMachine() {
        assertEquals(2470020232L, crc(DEFAULT.train()));
        assertEquals(597090303L, crc(DEFAULT.test()));
    }

    private static long crc(ImageSet set) {
        CRC32 crc = new CRC32();
        crc.update(Pictures.bytes(set));
        return crc.getValue();
    }

    @Test
    void bothSplitsAreBalanced() {
        assertEquals(2000, DEFAULT.train().size());
        assertEquals(1000, DEFAULT.test().size());
        for (int c = 0; c < 10; c++) {
            assertEquals(200, DEFAULT.train().indicesOfClass(c).length);
            assertEquals(100, DEFAULT.test().indicesOfClass(c).length);
        }
    }

    @Test
    void noTwoImagesAreAlike() {
        Set<ByteBuffer> images = new HashSet<>();
        for (ImageSet set : new ImageSet[] {DEFAULT.train(), DEFAULT.test()}) {
            for (int i = 0; i < set.size(); i++) {
                images.add(ByteBuffer.wrap(set.image(i)));
            }
        }
        assertEquals(3000, images.size());
    }

    @Test
    void aLargerSetBeginsWithTheImagesOfASmallerOne() {
        Dataset small = new Shapes(Shapes.SEED, 30, 20).load(LoadRequest.of(null));
        byte[] head = Arrays.copyOf(Pictures.bytes(DEFAULT.train()), 30 * 3072);
        assertArrayEquals(head, Pictures.bytes(small.train()));
        assertEquals(20, small.test().size());
    }

    @Test
    void anotherSeedGivesOtherImages() {
        Dataset other = new Shapes(1, 10, 10).load(LoadRequest.of(null));
        Dataset same = new Shapes(1, 10, 10).load(LoadRequest.of(null));
        assertArrayEquals(Pictures.bytes(same.train()), Pictures.bytes(other.train()));
        assertNotEquals(crc(new Shapes(2, 10, 10).load(LoadRequest.of(null)).train()), crc(other.train()));
    }

    @Test
    void theNormalizationIsThatOfTheTrainingImages() {
        assertEquals(Normalization.of(DEFAULT.train()), DEFAULT.normalization());
    }

    @Test
    void sourcesNameTheSeedAndChecksumTheBytes() {
        assertEquals(
                "generated: shapes, train, seed 0", DEFAULT.sources().get(0).path());
        assertEquals(
                Pictures.bytes(DEFAULT.test()).length, DEFAULT.sources().get(1).bytes());
        assertNotEquals(
                DEFAULT.sources().get(0).sha256(), DEFAULT.sources().get(1).sha256());
    }

    /** Classifies each test image by the class whose mean colour statistics are nearest; guessing gives 10 %. */
    @Test
    void colourDoesNotTellTheClass() {
        double[][] train = colourStatistics(DEFAULT.train());
        double[][] test = colourStatistics(DEFAULT.test());
        double[][] centres = new double[10][6];
        for (int i = 0; i < train.length; i++) {
            for (int k = 0; k < 6; k++) {
                centres[DEFAULT.train().label(i)][k] += train[i][k] / 200;
            }
        }
        int correct = 0;
        for (int i = 0; i < test.length; i++) {
            correct += nearest(centres, test[i]) == DEFAULT.test().label(i) ? 1 : 0;
        }
        double accuracy = 100.0 * correct / test.length;
        assertTrue(accuracy < 15, "colour alone tells the class in " + accuracy + " % of the images");
    }

    private static int nearest(double[][] centres, double[] point) {
        int best = 0;
        double bestDistance = Double.MAX_VALUE;
        for (int c = 0; c < centres.length; c++) {
            double distance = 0;
            for (int k = 0; k < point.length; k++) {
                distance += (centres[c][k] - point[k]) * (centres[c][k] - point[k]);
            }
            if (distance < bestDistance) {
                best = c;
                bestDistance = distance;
            }
        }
        return best;
    }

    private static double[][] colourStatistics(ImageSet set) {
        double[][] statistics = new double[set.size()][];
        for (int i = 0; i < set.size(); i++) {
            byte[] image = set.image(i);
            Normalization n = Normalization.of(new ImageSet(image, new int[1], 1, 3, 32, 32));
            statistics[i] = Stream.concat(n.mean().stream(), n.std().stream())
                    .mapToDouble(Double::doubleValue)
                    .toArray();
        }
        return statistics;
    }

    @Test
    void refusesNumbersOfImagesThatCannotBeBalanced() {
        for (int images : new int[] {0, -10, 15}) {
            Exception e = assertThrows(IllegalArgumentException.class, () -> new Shapes(0, 10, images));
            assertEquals("shapes: " + images + " test images, expected a positive multiple of 10", e.getMessage());
        }
    }
}
