package io.mdc.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.testing.TestBackends;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every primitive with every one of its operands wrong, one at a time: it must refuse before it writes anything. */
class OperandsTest {
    private static final int[] BATCH = PrimitiveCalls.BATCH;

    static Stream<Arguments> everyCall() {
        return Stream.concat(
                TestBackends.all()
                        .flatMap(backend -> PrimitiveCalls.ofEveryBackend().map(call -> Arguments.of(backend, call))),
                PrimitiveCalls.tiled().map(call -> Arguments.of(Named.of("host", TestBackends.HOST), call)));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("everyCall")
    void aWrongOperandIsRefusedBeforeAnythingIsWritten(Backend backend, PrimitiveCalls.Call call) {
        Tensor[] right = make(backend, call);
        call.run().accept(backend, right);
        for (int i = 0; i < call.operands().length; i++) {
            for (Tensor wrong : call.operands()[i].wrong(backend)) {
                Tensor[] tensors = make(backend, call);
                tensors[i] = wrong;
                for (Tensor tensor : tensors) {
                    backend.vectors().fill(tensor, 77);
                }
                String message = assertThrows(
                                IllegalArgumentException.class,
                                () -> call.run().accept(backend, tensors),
                                () -> "operand " + Arrays.asList(tensors).indexOf(wrong) + ": " + wrong)
                        .getMessage();
                assertTrue(message.matches(".* where .* needed"), message);
                for (Tensor tensor : tensors) {
                    double[] untouched = new double[Math.toIntExact(tensor.size())];
                    Arrays.fill(untouched, 77);
                    assertArrayEquals(untouched, tensor.toDoubles(), () -> tensor + " after " + message);
                }
            }
        }
    }

    private static Tensor[] make(Backend backend, PrimitiveCalls.Call call) {
        return Stream.of(call.operands()).map(o -> o.make(backend)).toArray(Tensor[]::new);
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void parametersThatDoNotFitTheImagesAreRefused(Backend backend) {
        Tensor x = backend.zeros(BATCH);
        ImageOps ops = backend.images();
        double[] three = new double[3];
        double[] two = new double[2];
        Rectangle beyond = new Rectangle(0, 5, 0, 1);
        Warp[] small = {Warp.flip(3, 4)};
        List<Runnable> wrong = List.of(
                () -> ops.load((image, target) -> {}, new int[3], three, three, x),
                () -> ops.load((image, target) -> {}, new int[2], two, three, x),
                () -> ops.load((image, target) -> {}, new int[2], three, two, x),
                () -> ops.scaleChannels(two, three, x),
                () -> ops.scaleChannels(three, two, x),
                () -> ops.brighten(three, x),
                () -> ops.blendWithChannelMean(three, x),
                () -> ops.blendWithImageMean(three, x),
                () -> ops.mixChannels(new double[3][9], new double[2][3], x),
                () -> ops.mixChannels(new double[2][9], new double[3][3], x),
                () -> ops.mixChannels(new double[2][6], new double[2][3], x),
                () -> ops.mixChannels(new double[2][9], new double[2][2], x),
                () -> ops.erase(new Rectangle[] {beyond}, x),
                () -> ops.erase(new Rectangle[3], x),
                () -> ops.exchange(beyond, new int[2], x),
                () -> ops.exchange(new Rectangle(0, 1, 0, 5), new int[2], x),
                () -> ops.exchange(new Rectangle(0, 1, 0, 1), new int[3], x),
                () -> ops.exchange(new Rectangle(0, 1, 0, 1), new int[] {0, 2}, x),
                () -> ops.warp(x, null, small, x),
                () -> ops.warp(x, new int[] {0, -1}, new Warp[] {Warp.flip(4, 4)}, backend.zeros(BATCH)),
                () -> ops.warp(x, new int[3], new Warp[] {Warp.flip(4, 4)}, backend.zeros(BATCH)),
                () -> ops.warp(x, null, new Warp[3], x),
                () -> ops.planeMeans(x.reshape(6, 16)),
                () -> backend.matrices().combineRows(three, x, two, x, backend.zeros(BATCH)),
                () -> backend.matrices().combineRows(two, x, three, x, backend.zeros(BATCH)),
                () -> backend.planes().averagePool(new Window(2, 2, 1), x, backend.zeros(2, 3, 3, 3)),
                () -> backend.planes().copyChannels(x, 2, backend.zeros(BATCH), 0, 2),
                () -> backend.planes().copyChannels(x, 0, backend.zeros(BATCH), -1, 1),
                () -> backend.planes().copyChannels(x, 0, backend.zeros(2, 9, 4, 3), 0, 1));
        for (int i = 0; i < wrong.size(); i++) {
            assertThrows(IllegalArgumentException.class, wrong.get(i)::run, "number " + i);
        }
    }

    @Test
    void theMessageNamesWhatWasGivenAndWhatIsNeeded() {
        Backend backend = TestBackends.HOST;
        ConvolutionShape shape = new ConvolutionShape(3, 1, 1);
        String message = assertThrows(IllegalArgumentException.class, () -> backend.convolutions()
                        .forward(
                                shape,
                                backend.zeros(BATCH),
                                backend.zeros(5, 3, 3, 3),
                                backend.zeros(2, 5, 4, 4).as(Layout.PIXELS)))
                .getMessage();
        assertEquals("y: [2, 5, 4, 4] in PIXELS where [2, 5, 4, 4] in PLANES is needed", message);
    }

    @Test
    void planesThatTilesDoNotFillAreRefused() {
        TiledOps ops = TestBackends.HOST.tiled().orElseThrow();
        assertThrows(IllegalArgumentException.class, () -> ops.convolution(3, 16, 6, 8, 4, Layout.PLANES));
        assertThrows(IllegalArgumentException.class, () -> ops.chains(3, Layout.PLANES));
        assertFalse(TestBackends.DIRECT.tiled().isPresent());
    }
}
