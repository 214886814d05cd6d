package io.mdc.task;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.Workers;
import io.mdc.config.ConfigReader;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.Normalization;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.network.ConvNet;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Numbers;
import io.mdc.tensor.SetOps;
import io.mdc.tensor.Tensor;
import io.mdc.testing.DeviceLike;
import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CondenseTaskTest {
    private static final SetOps NO_SETS = new SetOps() {
        @Override
        public void combine(double[][] coefficients, Tensor sets, Tensor out) {
            throw new UnsupportedOperationException();
        }

        @Override
        public Numbers distances(
                Measure measure, Row[] rows, Tensor own, Tensor other, int[] otherOf, Tensor derivative) {
            throw new UnsupportedOperationException();
        }
    };

    private static Dataset blank(ImageSet images) {
        List<String> names =
                IntStream.range(0, images.classes()).mapToObj(i -> "c" + i).toList();
        return new Dataset("blank", names, images, images, Normalization.identity(3), List.of());
    }

    private static int classesAtOnce(int cores, int classes, int side, int width, int ipc) {
        return classesAtOnce(TestBackends.HOST, cores, classes, side, width, ipc);
    }

    private static int classesAtOnce(Backend backend, int cores, int classes, int side, int width, int ipc) {
        ImageSet images = new ImageSet(
                new byte[classes * 3 * side * side], IntStream.range(0, classes).toArray(), classes, 3, side, side);
        Dataset data = blank(images);
        DifferentiableGraph graph =
                DifferentiableGraph.compile(ConvNet.configuration(2, width, 3, side, classes), 3, side, side, backend);
        try (Workers workers = new Workers(cores)) {
            return new CondenseTask(
                            ConfigReader.read(Layer.options(Map.of("ipc", Integer.toString(ipc))))
                                    .condensing(),
                            data,
                            new ChunkedGraph(graph, workers, 4))
                    .classesAtOnce();
        }
    }

    /** As few rounds as there can be with no more classes than cores, of sizes as equal as possible. */
    @ParameterizedTest
    @CsvSource({"1,10,1", "3,10,1", "4,10,4", "6,10,5", "9,10,5", "10,10,10", "64,10,10", "16,100,15", "4,2,2"})
    void classesGoTogetherWhereThereAreCoresForThem(int cores, int classes, int atOnce) {
        assertEquals(atOnce, classesAtOnce(cores, classes, 8, 3, 2));
    }

    @Test
    void largeNetworksAreRecordedForFewClassesAtOnce() {
        assertEquals(10, classesAtOnce(16, 10, 32, 8, 10));
        int large = classesAtOnce(16, 10, 64, 64, 50);
        assertTrue(large < 10, large + " classes");
        assertTrue(Arrays.asList(1, 2, 3, 4, 5).contains(large), large + " classes");
    }

    /** With two images a class there are four groups, and a width of 4096 is 151 million parameters. */
    @ParameterizedTest
    @CsvSource({"8,10", "4096,3"})
    void setsOfAllClassesAreAnArrayWhoseElementsAnIntNumbers(int width, int atOnce) {
        assertEquals(atOnce, classesAtOnce(new DeviceLike(1L << 50).backend(NO_SETS), 1, 10, 8, width, 2));
    }

    @Test
    void moreImagesThanAFileHoldsAreRefusedBeforeAnyWork() {
        int side = 224;
        ImageSet real = new ImageSet(new byte[3 * side * side], new int[] {0}, 100, 3, side, side);
        CondenseConfig config =
                ConfigReader.read(Layer.options(Map.of("ipc", "50"))).condensing();
        assertEquals(
                "--ipc 50: must be at most 35 with 100 classes of images 3x224x224, for a file takes 2 GiB at most",
                assertThrows(ConfigException.class, () -> config.requireImages(blank(real)))
                        .getMessage());
    }
}
