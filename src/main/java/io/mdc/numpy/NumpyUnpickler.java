package io.mdc.numpy;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.razorvine.pickle.Opcodes;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.PickleUtils;
import net.razorvine.pickle.Unpickler;

/**
 * Reads pickles of plain values and NumPy arrays of numbers; a pickle that names anything else is refused before
 * anything is made of it.
 *
 * <p>Arrays come as {@link NumpyArray}, NumPy's numbers as {@link Number}. Keys of dictionaries are numbers or text,
 * and are text where Python has bytes. Memory and time are bounded by the pickle's length.
 *
 * <p>Source of the opcodes: Python's {@code pickletools}; of what NumPy pickles: {@code ndarray.__reduce__} and
 * {@code dtype.__reduce__} in NumPy's reference.
 */
public final class NumpyUnpickler extends Unpickler {
    private static final int LONGEST_LINE = 200;
    private static final Set<Short> SIZED_4 =
            Set.of(Opcodes.BINSTRING, Opcodes.BINUNICODE, Opcodes.BINBYTES, Opcodes.LONG4);
    private static final Set<Short> SIZED_8 = Set.of(Opcodes.BINUNICODE8, Opcodes.BINBYTES8, Opcodes.BYTEARRAY8);

    private final long length;
    private final PickledObjects objects;

    /** A reader of one pickle of at most so many bytes. */
    public NumpyUnpickler(long length) {
        this(length, PickledObjects.arrays(length));
    }

    /** A reader of one pickle of at most so many bytes, of other objects than arrays. */
    public NumpyUnpickler(long length, PickledObjects objects) {
        this.length = length;
        this.objects = objects;
    }

    /**
     * Reads the pickle; the stream stays open.
     *
     * @throws PickleException if it is damaged, or is made of more than arrays and plain values
     */
    @Override
    public Object load(InputStream in) throws IOException {
        try {
            return super.load(in.markSupported() ? in : new BufferedInputStream(in));
        } catch (PickleException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new PickleException("damaged: " + e.getMessage(), e);
        }
    }

    @Override
    protected Object dispatch(short key) throws IOException {
        switch (key) {
            case Opcodes.GLOBAL -> stack.add(objects.constructor(line() + "." + line()));
            case Opcodes.STACK_GLOBAL -> {
                String name = (String) stack.pop();
                String module = (String) stack.pop();
                stack.add(objects.constructor(module + "." + name));
            }
            case Opcodes.INST, Opcodes.OBJ, Opcodes.NEWOBJ, Opcodes.NEWOBJ_EX ->
                throw new PickleException("objects of classes");
            case Opcodes.EXT1, Opcodes.EXT2, Opcodes.EXT4 -> throw new PickleException("an extension");
            case Opcodes.EMPTY_SET, Opcodes.FROZENSET, Opcodes.ADDITEMS -> throw new PickleException("a set");
            case Opcodes.BINPERSID -> stack.add(objects.persistent(stack.pop()));
            case Opcodes.BUILD -> build();
            case Opcodes.SETITEM -> {
                Object value = stack.pop();
                put(Arrays.asList(stack.pop(), value));
            }
            case Opcodes.SETITEMS -> put(stack.pop_all_since_marker());
            case Opcodes.DICT -> {
                List<Object> entries = stack.pop_all_since_marker();
                stack.add(new HashMap<>());
                put(entries);
            }
            case Opcodes.APPENDS -> append(stack.pop_all_since_marker());
            case Opcodes.INT, Opcodes.LONG -> stack.add(integer(line()));
            case Opcodes.FLOAT -> stack.add(Double.parseDouble(line()));
            default -> {
                requireRoom(key);
                return super.dispatch(key);
            }
        }
        return NO_RETURN_VALUE;
    }

    /** Gives an array or type of elements its state; arrays are complete only then. */
    private void build() {
        Object state = stack.pop();
        Object begun = stack.pop();
        Object complete = objects.complete(begun, state, memo.size());
        stack.add(complete);
        if (complete != begun) {
            memo.replaceAll((place, kept) -> kept == begun ? complete : kept);
        }
    }

    /** Looks at the size of what comes before memory is asked for it. */
    private void requireRoom(short key) throws IOException {
        boolean wide = SIZED_8.contains(key);
        if (!wide && !SIZED_4.contains(key)) {
            return;
        }
        input.mark(Long.BYTES);
        byte[] size = PickleUtils.readbytes(input, wide ? Long.BYTES : Integer.BYTES);
        input.reset();
        long bytes = wide ? PickleUtils.bytes_to_long(size, 0) : PickleUtils.bytes_to_integer(size);
        if (bytes < 0 || bytes > (key == Opcodes.LONG4 ? LONGEST_LINE : length)) {
            throw new PickleException("an item of " + bytes + " bytes");
        }
    }

    @SuppressWarnings("unchecked") // whatever a pickle puts there is an Object
    private void put(List<Object> keysAndValues) {
        Map<Object, Object> map = (Map<Object, Object>) stack.peek();
        for (int i = 0; i < keysAndValues.size(); i += 2) {
            map.put(key(keysAndValues.get(i)), keysAndValues.get(i + 1));
        }
    }

    /** Unlike the library's, in time of the items added only. */
    @SuppressWarnings("unchecked") // whatever a pickle puts there is an Object
    private void append(List<Object> items) {
        ((List<Object>) stack.peek()).addAll(items);
    }

    private static Object key(Object key) {
        if (key instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        } else if (key instanceof String || key instanceof Number) {
            return key;
        }
        throw new PickleException("a dictionary whose keys are neither text nor numbers");
    }

    private static Object integer(String digits) {
        return switch (digits) {
            case "00" -> false;
            case "01" -> true;
            default -> PickleUtils.optimizeBigint(new BigInteger(digits.replaceFirst("L$", "")));
        };
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = input.read(); c != '\n'; c = input.read()) {
            if (c < 0 || line.length() > LONGEST_LINE) {
                throw new IOException("no readable name");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
