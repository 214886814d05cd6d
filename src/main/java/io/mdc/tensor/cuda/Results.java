package io.mdc.tensor.cuda;

import com.sun.jna.Memory;
import io.mdc.tensor.Numbers;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongConsumer;

/**
 * Numbers on their way back from a device: kernels write them behind each other into one piece of memory, which is read
 * as a whole when the first of them is asked for, or when it is full. Thread-safe.
 */
final class Results {
    private static final int ROOM = 1 << 16;

    private final Device device;
    private final List<Pending> pending = new ArrayList<>();
    private Memory host;
    private long address;
    private int used;

    /** Some of the numbers. */
    private final class Pending implements Numbers {
        private final int first;
        private final int count;
        private double[] values;

        Pending(int first, int count) {
            this.first = first;
            this.count = count;
        }

        @Override
        public double[] get() {
            synchronized (Results.this) {
                if (values == null) {
                    bring();
                }
                return values.clone();
            }
        }
    }

    Results(Device device) {
        this.device = device;
    }

    /**
     * Has a kernel compute numbers.
     *
     * @param launch launches it, given the address on the device where it is to write {@code count} doubles
     */
    synchronized Numbers of(int count, LongConsumer launch) {
        if (host == null || used + count > room()) {
            bring();
            grow(count);
        }
        launch.accept(address + (long) used * Double.BYTES);
        Pending numbers = new Pending(used, count);
        pending.add(numbers);
        used += count;
        return numbers;
    }

    private int room() {
        return Math.toIntExact(host.size() / Double.BYTES);
    }

    private void grow(int count) {
        if (host == null || count > room()) {
            long bytes = (long) Math.max(ROOM, count) * Double.BYTES;
            host = new Memory(bytes);
            address = device.allocate(host, bytes);
        }
    }

    private void bring() {
        if (used > 0) {
            device.read(host, address, (long) used * Double.BYTES);
        }
        for (Pending numbers : pending) {
            numbers.values = host.getDoubleArray((long) numbers.first * Double.BYTES, numbers.count);
        }
        pending.clear();
        used = 0;
    }
}
