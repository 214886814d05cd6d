package io.mdc.tensor.cuda;

import com.sun.jna.Memory;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * Small arrays that kernels read and that are the same from step to step, such as the ends of groups, kept on the
 * device. Thread-safe.
 */
final class Tables {
    /** More than steps of one kind use; they begin anew when it is reached, and stay until that happens again. */
    private static final int MOST = 512;

    private static final long MOST_BYTES = 1 << 26;

    private final Device device;
    private Map<Content, Table> known = new HashMap<>();
    private Map<Content, Table> before = Map.of();
    private long bytes;

    /** What a table holds, as bits. */
    private record Content(int[] bits) {
        @Override
        public boolean equals(Object other) {
            return other instanceof Content content && Arrays.equals(bits, content.bits);
        }

        @Override
        public int hashCode() {
            return Arrays.hashCode(bits);
        }
    }

    /** One on the device; its memory lives as long as it is known. */
    private static final class Table {
        private final long address;

        Table(Device device, int[] bits) {
            try (Memory host = new Memory((long) bits.length * Integer.BYTES)) {
                host.write(0, bits, 0, bits.length);
                address = device.allocate(this, host.size());
                device.write(address, host, host.size());
            }
        }
    }

    Tables(Device device) {
        this.device = device;
    }

    /** The address of these ints. */
    synchronized long ints(int... numbers) {
        Content content = new Content(numbers);
        Table table = known.get(content);
        if (table == null) {
            if (known.size() == MOST || bytes > MOST_BYTES) {
                before = known;
                known = new HashMap<>();
                bytes = 0;
            }
            table = before.containsKey(content) ? before.get(content) : new Table(device, numbers);
            known.put(content, table);
            bytes += (long) numbers.length * Integer.BYTES;
        }
        return table.address;
    }

    /** The address of these numbers as floats. */
    long floats(double... numbers) {
        return ints(Arrays.stream(numbers)
                .mapToInt(number -> Float.floatToRawIntBits((float) number))
                .toArray());
    }
}
