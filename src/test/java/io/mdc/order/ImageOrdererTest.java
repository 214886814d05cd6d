package io.mdc.order;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.Workers;
import io.mdc.data.Normalization;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.Networks;
import io.mdc.engine.Sgd;
import io.mdc.evaluate.CondensedSet;
import io.mdc.network.NetworkChoice;
import io.mdc.network.NetworkConfig;
import io.mdc.setting.ConfigException;
import io.mdc.testing.TestBackends;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ImageOrdererTest {
    private static final int CLASSES = 3;
    private static final int IPC = 4;
    private static final int SIZE = 16;
    private static final int PER_CLASS = 4 * IPC;
    private static final int EPOCHS = 12;

    /** Of class c, channel c is bright; but the tiles numbered {@code strange} look like the next class. */
    private static CondensedSet set(int... strange) {
        SplittableRandom random = new SplittableRandom(3);
        float[] images = new float[CLASSES * IPC * 3 * SIZE * SIZE];
        for (int i = 0; i < images.length; i++) {
            int image = i / (3 * SIZE * SIZE);
            int tile = image * 4 + i / SIZE % SIZE / (SIZE / 2) * 2 + i % SIZE / (SIZE / 2);
            int looks = image / IPC;
            for (int number : strange) {
                looks = number == tile ? (image / IPC + 1) % CLASSES : looks;
            }
            boolean bright = i / (SIZE * SIZE) % 3 == looks;
            images[i] = (float) (0.5 * random.nextDouble() + (bright ? 0.5 : 0));
        }
        return new CondensedSet(images, new int[] {CLASSES * IPC, 3, SIZE, SIZE}, CLASSES, 2);
    }

    private static Order order(OrderBy by, OrderConfig config, CondensedSet set, int threads) {
        return order(by, config, set, threads, (network, epoch, accuracy) -> {});
    }

    private static Order order(
            OrderBy by, OrderConfig config, CondensedSet set, int threads, ImageOrderer.Observer observer) {
        NetworkChoice convNet = NetworkChoice.parse("convnet");
        try (Workers workers = new Workers(threads)) {
            ChunkedGraph runner = new ChunkedGraph(
                    Networks.graph(
                            convNet,
                            new NetworkConfig(convNet, 1, OptionalInt.of(4)),
                            3,
                            SIZE,
                            CLASSES,
                            TestBackends.HOST),
                    workers,
                    4);
            return new ImageOrderer(by, config, new Sgd(0.9, 5e-4), set, Normalization.identity(3), runner)
                    .order(observer);
        }
    }

    private static OrderConfig config(int networks, long seed) {
        return TinyOrder.config(EPOCHS, 3, 5, networks, seed, 0.02);
    }

    @ParameterizedTest
    @EnumSource(OrderBy.class)
    void everyImageStaysInItsClass(OrderBy by) {
        List<Integer> images = order(by, config(1, 4), set(), 1).images();
        assertEquals(CLASSES * PER_CLASS, new HashSet<>(images).size());
        for (int place = 0; place < images.size(); place++) {
            assertEquals(place / PER_CLASS, images.get(place) / PER_CLASS);
        }
    }

    @ParameterizedTest
    @EnumSource(OrderBy.class)
    void anOrderDependsOnTheSeedAlone(OrderBy by) {
        Order order = order(by, config(2, 4), set(), 1);
        assertEquals(order, order(by, config(2, 4), set(), 3));
        assertNotEquals(order.images(), order(by, config(2, 5), set(), 1).images());
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 2})
    void imagesThatLookLikeAnotherClassComeLast(long seed) {
        int[] strange = {2, PER_CLASS + 9, 2 * PER_CLASS + 5};
        List<Integer> images = order(OrderBy.LBPE, TinyOrder.config(40, 10, 5, 1, seed, 0.02), set(strange), 2)
                .images();
        for (int label = 0; label < CLASSES; label++) {
            assertEquals(strange[label], images.get((label + 1) * PER_CLASS - 1));
        }
    }

    @Test
    void everyNetworkTellsItsEpochs() {
        List<Double> accuracies = new ArrayList<>();
        Order order = order(OrderBy.LBPE, config(2, 4), set(), 1, (network, epoch, accuracy) -> {
            assertEquals(accuracies.size(), network * EPOCHS + epoch);
            accuracies.add(accuracy);
        });
        assertEquals(2 * EPOCHS, accuracies.size());
        assertEquals(2, order.epochs().size());
        for (int network = 0; network < 2; network++) {
            List<Double> own = accuracies.subList(network * EPOCHS, (network + 1) * EPOCHS);
            List<Integer> chosen = order.epochs().get(network);
            assertEquals(3, chosen.size());
            double least = chosen.stream().mapToDouble(own::get).min().orElseThrow();
            assertTrue(own.stream().filter(accuracy -> accuracy > least).count() < 3, own + " " + chosen);
        }
        assertNotEquals(accuracies.subList(0, EPOCHS), accuracies.subList(EPOCHS, 2 * EPOCHS), "networks are alike");
        assertTrue(accuracies.get(EPOCHS - 1) > accuracies.get(0), "it learns: " + accuracies);
    }

    @Test
    void severalNetworksAreAveraged() {
        Order one = order(OrderBy.EL2N, config(1, 4), set(), 2);
        Order both = order(OrderBy.EL2N, config(2, 4), set(), 2);
        assertEquals(one.epochs().get(0), both.epochs().get(0));
        assertNotEquals(one.images(), both.images());
    }

    @Test
    void theObserverMayEndIt() {
        assertThrows(
                CancellationException.class,
                () -> order(OrderBy.LBPE, config(1, 4), set(), 1, (network, epoch, accuracy) -> {
                    assertEquals(0, epoch);
                    throw new CancellationException();
                }));
    }

    @Test
    void aTrainingThatDivergesIsRefused() {
        OrderConfig config = TinyOrder.config(EPOCHS, 3, 5, 1, 0, 100);
        String message = assertThrows(ConfigException.class, () -> order(OrderBy.LBPE, config, set(), 1))
                .getMessage();
        assertTrue(
                message.matches("--lr-order 100.0: makes training diverge in epoch \\d+; take a smaller one"), message);
    }
}
