package io.mdc.torch;

import io.mdc.numpy.NumpyArray;
import io.mdc.numpy.PickledObjects;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.IntStream;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;

/** What PyTorch's functions in a pickle make, and the allow-list of such functions; NumPy's are on it, too. */
final class TorchObjects implements PickledObjects {
    private static final Map<String, NumpyArray.Type> STORAGES = Map.of(
            "torch.FloatStorage", NumpyArray.Type.FLOAT32,
            "torch.DoubleStorage", NumpyArray.Type.FLOAT64,
            "torch.LongStorage", NumpyArray.Type.INT64,
            "torch.IntStorage", NumpyArray.Type.INT32,
            "torch.ShortStorage", NumpyArray.Type.INT16,
            "torch.CharStorage", NumpyArray.Type.INT8,
            "torch.ByteStorage", NumpyArray.Type.UINT8,
            "torch.BoolStorage", NumpyArray.Type.BOOL);

    private final Map<String, StorageKey> storages = new LinkedHashMap<>();
    private final PickledObjects arrays;

    /** The type of a storage's elements, which stands for its class. */
    private record StorageClass(NumpyArray.Type type) implements IObjectConstructor {
        @Override
        public Object construct(Object[] arguments) {
            throw new PickleException("a storage inside the pickle");
        }
    }

    /** Those of a pickle of so many bytes. */
    TorchObjects(long length) {
        arrays = PickledObjects.arrays(length);
    }

    /** The storages that were named, by their keys. */
    Map<String, StorageKey> storages() {
        return storages;
    }

    @Override
    public IObjectConstructor constructor(String name) {
        NumpyArray.Type type = STORAGES.get(name);
        if (type != null) {
            return new StorageClass(type);
        }
        return switch (name) {
            case "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor" -> TorchObjects::tensor;
            case "torch._utils._rebuild_parameter" -> arguments -> as(TorchTensor.class, arguments, 0);
            case "collections.OrderedDict" -> TorchObjects::dictionary;
            default -> arrays.constructor(name); // accuracies beside the images are NumPy's numbers
        };
    }

    @Override
    public Object complete(Object target, Object state, int effort) {
        return arrays.complete(target, state, effort);
    }

    private static Object tensor(Object[] arguments) {
        return new TorchTensor(
                as(StorageKey.class, arguments, 0),
                as(Number.class, arguments, 1).longValue(),
                numbers(as(Object[].class, arguments, 2)),
                numbers(as(Object[].class, arguments, 3)));
    }

    private static int[] numbers(Object[] tuple) {
        return IntStream.range(0, tuple.length)
                .map(i -> Math.toIntExact(as(Number.class, tuple, i).longValue()))
                .toArray();
    }

    /** A value of a tuple, which only a damaged pickle has of another type. */
    private static <T> T as(Class<T> type, Object[] values, int place) {
        if (place < values.length && type.isInstance(values[place])) {
            return type.cast(values[place]);
        }
        throw new PickleException("damaged: something else where a tensor has its parts");
    }

    private static Object dictionary(Object[] arguments) {
        if (arguments.length > 0) {
            throw new PickleException("a dictionary made of other things");
        }
        return new LinkedHashMap<>();
    }

    /** {@code ("storage", class, key, device, elements)}; versions before 1.6 add views of other storages. */
    @Override
    public Object persistent(Object id) {
        Object[] parts = id instanceof Object[] tuple ? tuple : new Object[0];
        boolean known = parts.length == 5 || (parts.length == 6 && parts[5] == null);
        if (!known || !"storage".equals(parts[0])) {
            throw new PickleException("an object outside the pickle that is no storage");
        }
        StorageKey storage =
                new StorageKey((String) parts[2], ((StorageClass) parts[1]).type(), ((Number) parts[4]).longValue());
        StorageKey before = storages.putIfAbsent(storage.key(), storage);
        if ((before != null && !before.equals(storage)) || storage.length() < 0) {
            throw new PickleException("two storages of one name, or one of a negative length");
        }
        return storage;
    }
}
