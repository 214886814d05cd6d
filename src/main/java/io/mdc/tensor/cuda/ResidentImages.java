package io.mdc.tensor.cuda;

import com.sun.jna.Memory;
import io.mdc.base.Pixels;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Images as bytes on a device: each goes there when it is first wanted, and stays as long as a part of the memory that
 * is kept for them has room. Thread-safe.
 */
final class ResidentImages {
    /** Part of a device's memory that images may take. */
    private static final int SHARE = 8;

    /** Images that memory is taken for at a time, unless they are large. */
    private static final int MOST_AT_ONCE = 4096;

    private static final long MOST_BYTES_AT_ONCE = 1 << 24;

    private final Device device;
    private final List<Collection> collections = new ArrayList<>();
    private long left;

    /** Those of one set of images. */
    private static final class Collection {
        private final WeakReference<Pixels> of;
        private final Map<Integer, Long> addresses = new HashMap<>();
        private final List<Block> blocks = new ArrayList<>();

        Collection(Pixels of) {
            this.of = new WeakReference<>(of);
        }

        /** Whether nobody can ask for them any more; their memory is free then, or soon. */
        boolean isGone() {
            return of.refersTo(null);
        }

        long bytes() {
            return blocks.stream().mapToLong(block -> block.bytes).sum();
        }
    }

    /** Memory for several images. */
    private static final class Block {
        private final long address;
        private final long bytes;
        private final int room;
        private int used;

        Block(Device device, int room, int length) {
            this.room = room;
            bytes = (long) room * length;
            address = device.allocate(this, bytes);
        }
    }

    ResidentImages(Device device) {
        this.device = device;
        left = device.info().bytes() / SHARE;
    }

    /**
     * Where images are on the device.
     *
     * @param length bytes of each
     * @return an address for each, empty for those that there is no room for
     */
    synchronized OptionalLong[] addresses(Pixels pixels, int length, int[] images) {
        Collection collection = collection(pixels);
        Set<Integer> missing = new HashSet<>();
        for (int image : images) {
            if (!collection.addresses.containsKey(image)) {
                missing.add(image);
            }
        }
        if (!missing.isEmpty()) {
            bring(
                    collection,
                    pixels,
                    length,
                    missing.stream().sorted().mapToInt(i -> i).toArray());
        }
        return IntStream.of(images)
                .mapToObj(image -> collection.addresses.containsKey(image)
                        ? OptionalLong.of(collection.addresses.get(image))
                        : OptionalLong.empty())
                .toArray(OptionalLong[]::new);
    }

    private Collection collection(Pixels pixels) {
        for (Collection collection : collections) {
            left += collection.isGone() ? collection.bytes() : 0;
        }
        collections.removeIf(Collection::isGone);
        for (Collection collection : collections) {
            if (collection.of.refersTo(pixels)) {
                return collection;
            }
        }
        Collection made = new Collection(pixels);
        collections.add(made);
        return made;
    }

    /** Sends images, as many at a time as fit behind each other. */
    private void bring(Collection collection, Pixels pixels, int length, int[] images) {
        int from = 0;
        while (from < images.length) {
            Block block = blockWithRoom(collection, length);
            if (block == null) {
                return;
            }
            int to = Math.min(images.length, from + block.room - block.used);
            send(collection, block, pixels, length, Arrays.copyOfRange(images, from, to));
            from = to;
        }
    }

    private Block blockWithRoom(Collection collection, int length) {
        List<Block> blocks = collection.blocks;
        if (!blocks.isEmpty() && blocks.get(blocks.size() - 1).used < blocks.get(blocks.size() - 1).room) {
            return blocks.get(blocks.size() - 1);
        }
        int room = (int) Math.max(1, Math.min(MOST_AT_ONCE, MOST_BYTES_AT_ONCE / length));
        if ((long) room * length > left) {
            return null;
        }
        try {
            blocks.add(new Block(device, room, length));
        } catch (OutOfMemoryError e) {
            left = 0; // they can be sent with each call
            return null;
        }
        left -= (long) room * length;
        return blocks.get(blocks.size() - 1);
    }

    private void send(Collection collection, Block block, Pixels pixels, int length, int[] images) {
        long start = block.address + (long) block.used * length;
        byte[] one = new byte[length];
        try (Memory host = new Memory((long) images.length * length)) {
            for (int i = 0; i < images.length; i++) {
                pixels.copy(images[i], one);
                host.write((long) i * length, one, 0, length);
                collection.addresses.put(images[i], start + (long) i * length);
            }
            device.write(start, host, host.size());
        }
        block.used += images.length;
    }
}
