package io.mdc.dataset;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.EnumSet;
import java.util.Set;
import us.hebi.matlab.mat.format.BufferAllocator;
import us.hebi.matlab.mat.format.Mat5Reader;
import us.hebi.matlab.mat.format.Mat5Tag;
import us.hebi.matlab.mat.format.Mat5Type;
import us.hebi.matlab.mat.types.MatlabType;
import us.hebi.matlab.mat.types.Source;

/**
 * Reads the arrays of numbers of given names from a MATLAB file; others are passed over, and memory is taken for no
 * more than a file of that length can hold.
 */
final class MatReader extends Mat5Reader {
    /** What DEFLATE can save at most. */
    private static final long MOST_GROWTH = 1032;
    /** Flags, extents and names of arrays. */
    private static final int LONGEST_HEADER = 1024;

    private static final Set<MatlabType> NUMBERS = EnumSet.range(MatlabType.Double, MatlabType.UInt64);

    private final Set<String> names;
    private final long length;

    /** A reader of a file of that length. */
    MatReader(Source source, Set<String> names, long length) {
        super(source);
        this.names = names;
        this.length = length;
        disableSubsystemProcessing();
        setEntryFilter(entry -> names.contains(entry.getName()) && NUMBERS.contains(entry.getType()));
        setBufferAllocator(new Room(length * MOST_GROWTH));
    }

    @Override
    protected Mat5Reader createChildReader(Source inner) {
        return new MatReader(inner, names, length);
    }

    @Override
    protected Mat5Tag readTagWithExpectedType(Mat5Type expected) throws IOException {
        Mat5Tag tag = super.readTagWithExpectedType(expected);
        boolean header = expected != Mat5Type.Matrix;
        if (header && (tag.getNumBytes() < 0 || tag.getNumBytes() > LONGEST_HEADER)) {
            throw new IOException("an array with a header of " + tag.getNumBytes() + " bytes");
        }
        return tag;
    }

    private record Room(long most) implements BufferAllocator {
        @Override
        public ByteBuffer allocate(int bytes) {
            if (bytes < 0 || bytes > most) {
                throw new IllegalArgumentException("an item of " + bytes + " bytes");
            }
            return ByteBuffer.allocate(bytes);
        }

        @Override
        public void release(ByteBuffer buffer) {}
    }
}
