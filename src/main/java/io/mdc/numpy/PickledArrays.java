package io.mdc.numpy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Set;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;

/** What NumPy's functions in a pickle make, the allow-list of such functions, and a bound on all they make. */
final class PickledArrays implements PickledObjects {
    private static final Set<String> BEGINNINGS =
            Set.of("numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct", "numpy.ndarray");
    private static final Set<String> SCALARS = Set.of("numpy.core.multiarray.scalar", "numpy._core.multiarray.scalar");
    private static final Set<String> BUFFERS =
            Set.of("numpy.core.numeric._frombuffer", "numpy._core.numeric._frombuffer");
    private static final int MOST_COPIES = 8;

    private final long most;
    private long made;

    /** An array whose state is yet to come. */
    private static final class Begun {}

    /** The type of an array's elements; the byte order comes with the state. */
    private static final class ElementType {
        private final String kind;
        private String order = "|";

        private ElementType(Object kind) {
            this.kind = (String) kind;
        }

        private NumpyHeader header(boolean columnMajor, int... shape) throws IOException {
            return NumpyHeader.of(order + kind, columnMajor, shape);
        }
    }

    /** For a pickle of so many bytes. */
    PickledArrays(long length) {
        this.most = MOST_COPIES * length;
    }

    @Override
    public IObjectConstructor constructor(String name) {
        if (BEGINNINGS.contains(name)) {
            return arguments -> new Begun();
        } else if (SCALARS.contains(name)) {
            return arguments -> scalar((ElementType) arguments[0], bytes(arguments[1]));
        } else if (BUFFERS.contains(name)) {
            return arguments ->
                    array((ElementType) arguments[1], arguments[3].equals("F"), arguments[2], bytes(arguments[0]));
        }
        return switch (name) {
            case "numpy.dtype" -> arguments -> new ElementType(arguments[0]);
            case "_codecs.encode" -> arguments -> bytes(arguments[0]);
            default -> throw new PickleException("the class or function " + name + ", which images do not need");
        };
    }

    /**
     * What becomes of something when it is given its state: NumPy's is version, shape, type, whether column-major, and
     * data for an array; version and byte order first for a type.
     *
     * @param effort counted like bytes made
     */
    @Override
    public Object complete(Object target, Object state, int effort) {
        charge(effort);
        Object[] parts = state instanceof Object[] tuple ? tuple : new Object[0];
        if (target instanceof Begun) {
            return array((ElementType) parts[2], Boolean.TRUE.equals(parts[3]), parts[1], bytes(parts[4]));
        } else if (target instanceof ElementType type) {
            type.order = (String) parts[1];
            return type;
        }
        throw new PickleException("state of something that is no array");
    }

    private NumpyArray array(ElementType type, boolean columnMajor, Object extents, byte[] elements) {
        int[] shape = Arrays.stream((Object[]) extents)
                .mapToInt(extent -> Math.toIntExact(((Number) extent).longValue()))
                .toArray();
        charge(elements.length);
        try {
            return type.header(columnMajor, shape).array(elements);
        } catch (IOException e) {
            throw new PickleException(e.getMessage(), e);
        }
    }

    private Number scalar(ElementType type, byte[] element) {
        double value = array(type, false, new Object[0], element).value(0);
        return value == (long) value ? (Number) (long) value : (Number) value;
    }

    /** Bytes as Python 3 has them, or as the text that Python 2 made of them. */
    private byte[] bytes(Object value) {
        if (value instanceof byte[] bytes) {
            return bytes;
        }
        byte[] bytes = ((String) value).getBytes(StandardCharsets.ISO_8859_1);
        charge(bytes.length);
        return bytes;
    }

    private void charge(long bytes) {
        made += bytes;
        if (made > most) {
            throw new PickleException("arrays of far more than the " + most / MOST_COPIES + " bytes of the pickle");
        }
    }
}
