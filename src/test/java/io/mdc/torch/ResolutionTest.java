package io.mdc.torch;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import io.mdc.numpy.NumpyArray;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.razorvine.pickle.PickleException;
import org.junit.jupiter.api.Test;

class ResolutionTest {
    private static final StorageKey KEY =
            new StorageKey("0", NumpyArray.of(new float[1], 1).type(), 10);

    private static TorchTensor whole() {
        return new TorchTensor(KEY, 0, new int[] {10}, new int[] {1});
    }

    @Test
    void tensorsOfTheSameElementsAreBounded() {
        Map<String, NumpyArray> storages = Map.of("0", NumpyArray.of(new float[10], 10));
        List<TorchTensor> few = Stream.generate(ResolutionTest::whole).limit(8).toList();
        assertEquals(8, ((List<?>) new Resolution(storages).of(few)).size());
        List<TorchTensor> many = Stream.generate(ResolutionTest::whole).limit(9).toList();
        assertThrows(PickleException.class, () -> new Resolution(storages).of(many));
        List<TorchTensor> same = Collections.nCopies(1000, whole());
        assertEquals(1000, ((List<?>) new Resolution(storages).of(same)).size());
    }
}
