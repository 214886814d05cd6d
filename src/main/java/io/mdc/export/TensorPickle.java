package io.mdc.export;

import io.mdc.numpy.NumpyArray;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The pickle, protocol 2, of a dictionary of tensors whose elements are in the entries {@code data/0}, {@code data/1},
 * … of the archive around it.
 */
final class TensorPickle {
    private static final int PROTOCOL = 0x80;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private TensorPickle() {}

    /** A tensor by its name. */
    record Entry(String name, NumpyArray array) {
        /** PyTorch's name of what holds the elements. */
        private String storage() {
            return switch (array.type()) {
                case FLOAT32 -> "FloatStorage";
                case INT64 -> "LongStorage";
                default -> throw new IllegalArgumentException("a tensor of " + array.type());
            };
        }
    }

    static byte[] of(List<Entry> tensors) {
        TensorPickle pickle = new TensorPickle();
        pickle.out.write(PROTOCOL);
        pickle.out.write(2);
        pickle.op('}');
        pickle.op('(');
        for (int i = 0; i < tensors.size(); i++) {
            pickle.text(tensors.get(i).name());
            pickle.tensor(tensors.get(i), i);
        }
        pickle.op('u');
        pickle.op('.');
        return pickle.out.toByteArray();
    }

    /** {@code _rebuild_tensor_v2(storage, 0, shape, strides, False, OrderedDict())}. */
    private void tensor(Entry entry, int number) {
        int[] shape = entry.array().shape();
        int[] strides = new int[shape.length];
        for (int k = shape.length - 1, stride = 1; k >= 0; stride *= shape[k--]) {
            strides[k] = stride;
        }
        global("torch._utils", "_rebuild_tensor_v2");
        op('(');
        op('(');
        text("storage");
        global("torch", entry.storage());
        text(Integer.toString(number));
        text("cpu");
        number(entry.array().length());
        op('t');
        op('Q');
        number(0);
        numbers(shape);
        numbers(strides);
        op(0x89);
        global("collections", "OrderedDict");
        op(')');
        op('R');
        op('t');
        op('R');
    }

    private void numbers(int[] values) {
        op('(');
        for (int value : values) {
            number(value);
        }
        op('t');
    }

    private void number(int value) {
        op('J');
        little(value);
    }

    private void text(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        op('X');
        little(bytes.length);
        out.writeBytes(bytes);
    }

    private void global(String module, String name) {
        op('c');
        out.writeBytes((module + "\n" + name + "\n").getBytes(StandardCharsets.US_ASCII));
    }

    private void little(int value) {
        out.writeBytes(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(value)
                .array());
    }

    private void op(int code) {
        out.write(code);
    }
}
