package io.mdc.tensor;

/** Memory of Java arrays, which no backend's ops know. */
public final class HeapMemory implements Allocator {
    @Override
    public Precision precision() {
        return Precision.DOUBLE;
    }

    @Override
    public Storage allocate(int[] shape) {
        long size = Tensor.elements(shape);
        return new HeapStorage(new double[(int) size], 0, size);
    }

    private record HeapStorage(double[] elements, long start, long size) implements Storage {
        private int at(long first, int i) {
            return (int) (start + first) + i;
        }

        @Override
        public Precision precision() {
            return Precision.DOUBLE;
        }

        @Override
        public Storage view(long first, int[] shape) {
            return new HeapStorage(elements, start + first, Tensor.elements(shape));
        }

        @Override
        public void read(long first, double[] values) {
            System.arraycopy(elements, at(first, 0), values, 0, values.length);
        }

        @Override
        public void read(long first, float[] values) {
            for (int i = 0; i < values.length; i++) {
                values[i] = (float) elements[at(first, i)];
            }
        }

        @Override
        public void write(long first, double[] values) {
            System.arraycopy(values, 0, elements, at(first, 0), values.length);
        }

        @Override
        public void write(long first, float[] values) {
            for (int i = 0; i < values.length; i++) {
                elements[at(first, i)] = values[i];
            }
        }

        @Override
        public HostStorage host() {
            throw new IllegalStateException("Java arrays have no address");
        }
    }
}
