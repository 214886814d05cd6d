package io.mdc.tensor.cuda;

import com.sun.jna.Memory;
import io.mdc.tensor.Tensor;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What one thread uses a device with: arguments of kernels, small arrays on their way to it, and values on their way
 * back. Not for other threads.
 */
final class Lane {
    private static final int MOST_ARGUMENTS = 32;
    private static final long ALIGNMENT = 256;
    private static final long LEAST_ROOM = 1 << 20;

    /** Arrays that one kernel is sent at most: so many of the largest fit, so that none lies where another is. */
    private static final int MOST_ARRAYS = 8;

    private final Device device;
    private final Memory values = new Memory((long) MOST_ARGUMENTS * Long.BYTES);
    private final Memory addresses = new Memory((long) MOST_ARGUMENTS * Long.BYTES);
    private final List<Outbox> outgrown = new ArrayList<>();
    private Outbox outbox;
    private Outbox results;

    /** A piece of memory on both sides. */
    private static final class Outbox {
        private final Memory host;
        private final long address;
        private long used;

        Outbox(Device device, long bytes) {
            host = new Memory(bytes);
            address = device.allocate(this, bytes);
        }
    }

    Lane(Device device) {
        this.device = device;
        for (int i = 0; i < MOST_ARGUMENTS; i++) {
            addresses.setPointer((long) i * Long.BYTES, values.share((long) i * Long.BYTES));
        }
    }

    /**
     * Launches a kernel.
     *
     * @param arguments its parameters in their order: tensors, addresses as longs, ints, longs, floats (from floats and
     *     doubles), truth values as ints, and null for a null pointer
     */
    void launch(Kernel kernel, Grid grid, Object... arguments) {
        values.clear();
        try {
            for (int i = 0; i < arguments.length; i++) {
                put((long) i * Long.BYTES, arguments[i]);
            }
            device.launch(kernel, grid, addresses);
        } finally {
            Reference.reachabilityFence(arguments);
            outgrown.clear();
        }
    }

    /** Arguments of a kernel's own, and behind them those that kernels of its family share. */
    static Object[] joined(Object[] own, Object... shared) {
        Object[] all = Arrays.copyOf(own, own.length + shared.length);
        System.arraycopy(shared, 0, all, own.length, shared.length);
        return all;
    }

    private void put(long at, Object argument) {
        if (argument instanceof Tensor tensor) {
            values.setLong(at, CudaStorage.of(tensor).address());
        } else if (argument instanceof Long number) {
            values.setLong(at, number);
        } else if (argument instanceof Integer number) {
            values.setInt(at, number);
        } else if (argument instanceof Number number) {
            values.setFloat(at, number.floatValue());
        } else if (argument instanceof Boolean truth) {
            values.setInt(at, truth ? 1 : 0);
        } else if (argument != null) {
            throw new IllegalArgumentException("no kernel takes " + argument);
        }
    }

    /** Sends numbers as floats; their address is for the next kernel that this thread launches. */
    long floats(double... numbers) {
        long at = room((long) numbers.length * Float.BYTES);
        for (int i = 0; i < numbers.length; i++) {
            outbox.host.setFloat(at + (long) i * Float.BYTES, (float) numbers[i]);
        }
        return send(at, (long) numbers.length * Float.BYTES);
    }

    /** {@link #floats} as doubles. */
    long doubles(double... numbers) {
        long at = room((long) numbers.length * Double.BYTES);
        outbox.host.write(at, numbers, 0, numbers.length);
        return send(at, (long) numbers.length * Double.BYTES);
    }

    /** {@link #floats} of ints. */
    long ints(int... numbers) {
        long at = room((long) numbers.length * Integer.BYTES);
        outbox.host.write(at, numbers, 0, numbers.length);
        return send(at, (long) numbers.length * Integer.BYTES);
    }

    /** {@link #floats} of longs. */
    long longs(long... numbers) {
        long at = room((long) numbers.length * Long.BYTES);
        outbox.host.write(at, numbers, 0, numbers.length);
        return send(at, (long) numbers.length * Long.BYTES);
    }

    /** {@link #floats} of bytes. */
    long bytes(byte[] numbers) {
        long at = room(numbers.length);
        outbox.host.write(at, numbers, 0, numbers.length);
        return send(at, numbers.length);
    }

    /** Where in the outbox there is room; its start again after its end, as copies and kernels keep their order. */
    private long room(long bytes) {
        long aligned = (bytes + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
        if (outbox == null || outbox.host.size() < MOST_ARRAYS * aligned) {
            // The next kernel may have been sent something by the old one.
            if (outbox != null) {
                outgrown.add(outbox);
            }
            outbox = new Outbox(device, Math.max(LEAST_ROOM, MOST_ARRAYS * aligned));
        } else if (outbox.used + aligned > outbox.host.size()) {
            outbox.used = 0;
        }
        long at = outbox.used;
        outbox.used += aligned;
        return at;
    }

    private long send(long at, long bytes) {
        device.write(outbox.address + at, outbox.host.share(at, bytes), bytes);
        return outbox.address + at;
    }

    /** Where a kernel may put that many ints for {@link #readInts}. */
    long results(int count) {
        long bytes = (long) count * Integer.BYTES;
        if (results == null || results.host.size() < bytes) {
            results = new Outbox(device, Math.max(LEAST_ROOM, bytes));
        }
        return results.address;
    }

    /** Waits for the kernel and returns the first results. */
    int[] readInts(int count) {
        device.read(results.host, results.address, (long) count * Integer.BYTES);
        return results.host.getIntArray(0, count);
    }
}
