package io.mdc.numpy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;
import net.razorvine.pickle.Unpickler;

/**
 * Reads pickles of plain values and NumPy arrays of unsigned bytes; a pickle that names anything else is refused before
 * anything is made of it.
 *
 * <p>Source of the opcodes: Python's {@code pickletools}; of what NumPy pickles: {@code ndarray.__reduce__} and
 * {@code dtype.__reduce__} in NumPy's reference.
 */
public final class NumpyUnpickler extends Unpickler {
    private static final int GLOBAL = 'c';
    private static final int INSTANCE = 'i';
    private static final int OBJECT = 'o';
    private static final int NEW_OBJECT = 0x81;
    private static final int NEW_OBJECT_KEYWORDS = 0x92;
    private static final int STACK_GLOBAL = 0x93;
    private static final int BUILD = 'b';
    private static final int EXTENSION_1 = 0x82;
    private static final int EXTENSION_4 = 0x84;
    private static final Set<String> ARRAY_MAKERS =
            Set.of("numpy.core.multiarray._reconstruct", "numpy._core.multiarray._reconstruct");

    /** An array of unsigned bytes, null before it is complete. */
    public static final class Bytes {
        private byte[] values;

        /** The elements, row-major; not copied, for the reader of the pickle is its only owner. */
        public byte[] values() {
            return values;
        }

        /** NumPy's state: version, shape, dtype, whether column-major, data. */
        private void set(Object[] state) {
            if (state.length != 5 || !Boolean.FALSE.equals(state[3])) {
                throw new PickleException("an array that is not row-major");
            }
            if (!(state[2] instanceof ElementType type) || !type.isBytes()) {
                throw new PickleException("an array that is not of type uint8");
            }
            values = state[4] instanceof String text ? text.getBytes(StandardCharsets.ISO_8859_1) : (byte[]) state[4];
        }
    }

    private record ElementType(String name) {
        boolean isBytes() {
            return name.equals("u1") || name.equals("|u1");
        }
    }

    @Override
    protected Object dispatch(short key) throws IOException {
        switch (key) {
            case GLOBAL -> stack.add(constructor(line(input) + "." + line(input)));
            case STACK_GLOBAL -> {
                String name = (String) stack.pop();
                stack.add(constructor(stack.pop() + "." + name));
            }
            case INSTANCE, OBJECT, NEW_OBJECT, NEW_OBJECT_KEYWORDS -> throw new PickleException("objects of classes");
            case BUILD -> build(stack.pop(), stack.peek());
            default -> {
                if (key >= EXTENSION_1 && key <= EXTENSION_4) {
                    throw new PickleException("an extension");
                }
                return super.dispatch(key);
            }
        }
        return NO_RETURN_VALUE;
    }

    private static void build(Object state, Object target) {
        if (target instanceof Bytes array) {
            array.set((Object[]) state);
        } else if (!(target instanceof ElementType)) {
            throw new PickleException("state of something that is no array");
        }
    }

    private static IObjectConstructor constructor(String name) {
        if (ARRAY_MAKERS.contains(name)) {
            return arguments -> new Bytes();
        }
        return switch (name) {
            case "numpy.ndarray" -> arguments -> new Bytes();
            case "numpy.dtype" -> arguments -> new ElementType(arguments[0].toString());
            case "_codecs.encode" -> arguments -> ((String) arguments[0]).getBytes(StandardCharsets.ISO_8859_1);
            default -> throw new PickleException("the class or function " + name + ", which images do not need");
        };
    }

    private static String line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int c = in.read(); c != '\n'; c = in.read()) {
            if (c < 0 || line.length() > 200) {
                throw new IOException("no readable name");
            }
            line.append((char) c);
        }
        return line.toString().strip();
    }
}
