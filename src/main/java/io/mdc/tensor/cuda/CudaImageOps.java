package io.mdc.tensor.cuda;

import io.mdc.base.Pixels;
import io.mdc.tensor.Allocator;
import io.mdc.tensor.ImageOps;
import io.mdc.tensor.Rectangle;
import io.mdc.tensor.Room;
import io.mdc.tensor.Tensor;
import io.mdc.tensor.Warp;
import java.util.Arrays;
import java.util.Comparator;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@link ImageOps} by kernels; images go to the device as bytes, to stay there if there is room, and parameters with
 * each call.
 */
final class CudaImageOps implements ImageOps {
    /** The most that a warp is made of. */
    private static final int NUMBERS = 5;

    /** Bytes of images that a call may send, if they are not there. */
    private static final int MOST_SENT = 1 << 26;

    private final Device device;
    private final ThreadLocal<Room> copies;

    CudaImageOps(Device device, Allocator memory) {
        this.device = device;
        copies = ThreadLocal.withInitial(() -> new Room(memory));
    }

    @Override
    public void load(Pixels pixels, int[] images, double[] scale, double[] shift, Tensor out) {
        int length = Math.toIntExact(out.size() / images.length);
        int most = Math.max(1, MOST_SENT / length);
        if (images.length > most) {
            load(pixels, Arrays.copyOf(images, most), scale, shift, out.rows(0, most));
            int[] others = Arrays.copyOfRange(images, most, images.length);
            load(pixels, others, scale, shift, out.rows(most, images.length));
            return;
        }
        Lane lane = device.lane();
        long[] addresses = addresses(pixels, length, images, lane);
        lane.launch(
                Kernel.LOAD_PIXELS,
                Grid.each(out.size()),
                lane.longs(addresses),
                lane.floats(scale),
                lane.floats(shift),
                out,
                out.dim(1),
                plane(out),
                out.size());
    }

    /** Where the images are: resident, or else sent with this call. */
    private long[] addresses(Pixels pixels, int length, int[] images, Lane lane) {
        OptionalLong[] known = device.images().addresses(pixels, length, images);
        int[] others = IntStream.range(0, images.length)
                .filter(i -> known[i].isEmpty())
                .toArray();
        byte[] all = new byte[Math.multiplyExact(length, others.length)];
        byte[] one = new byte[length];
        for (int i = 0; i < others.length; i++) {
            pixels.copy(images[others[i]], one);
            System.arraycopy(one, 0, all, i * length, length);
        }
        long[] addresses =
                Arrays.stream(known).mapToLong(address -> address.orElse(0)).toArray();
        if (others.length > 0) {
            long sent = lane.bytes(all);
            for (int i = 0; i < others.length; i++) {
                addresses[others[i]] = sent + (long) i * length;
            }
        }
        return addresses;
    }

    @Override
    public void scaleChannels(double[] scale, double[] shift, Tensor x) {
        Lane lane = device.lane();
        lane.launch(
                Kernel.SCALE_CHANNELS,
                Grid.each(x.size()),
                lane.floats(scale),
                lane.floats(shift),
                x,
                x.dim(1),
                plane(x),
                x.size());
    }

    @Override
    public void brighten(double[] amount, Tensor x) {
        Lane lane = device.lane();
        lane.launch(
                Kernel.BRIGHTEN,
                Grid.each(x.size()),
                lane.floats(amount),
                each(amount.length),
                x,
                x.size() / x.dim(0),
                x.size());
    }

    @Override
    public void blendWithChannelMean(double[] factor, Tensor x) {
        Lane lane = device.lane();
        long pixels = (long) x.dim(0) * plane(x);
        lane.launch(
                Kernel.BLEND_WITH_CHANNEL_MEAN,
                Grid.each(pixels),
                lane.floats(factor),
                each(factor.length),
                x,
                x.dim(1),
                plane(x),
                pixels);
    }

    @Override
    public void blendWithImageMean(double[] factor, Tensor x) {
        Lane lane = device.lane();
        int image = Math.toIntExact(x.size() / x.dim(0));
        lane.launch(
                Kernel.BLEND_WITH_IMAGE_MEAN,
                Grid.blocks(x.dim(0), image),
                lane.floats(factor),
                each(factor.length),
                x,
                image);
    }

    @Override
    public void recolour(double[] amount, double[] saturation, double[] contrast, Tensor x) {
        recolour(false, amount, saturation, contrast, x);
    }

    @Override
    public void recolourAdjoint(double[] saturation, double[] contrast, Tensor gradient) {
        recolour(true, new double[1], saturation, contrast, gradient);
    }

    private void recolour(boolean adjoint, double[] amount, double[] saturation, double[] contrast, Tensor x) {
        int count = Math.max(amount.length, Math.max(saturation.length, contrast.length));
        double[] three = new double[3 * count];
        for (int i = 0; i < count; i++) {
            three[3 * i] = amount[amount.length == 1 ? 0 : i];
            three[3 * i + 1] = saturation[saturation.length == 1 ? 0 : i];
            three[3 * i + 2] = contrast[contrast.length == 1 ? 0 : i];
        }
        Lane lane = device.lane();
        lane.launch(
                Kernel.RECOLOUR,
                Grid.blocks(x.dim(0), plane(x)),
                adjoint,
                lane.floats(three),
                each(count),
                x,
                x.dim(1),
                plane(x));
    }

    @Override
    public void mixChannels(double[][] matrices, double[][] shifts, Tensor x) {
        double[] mixes = IntStream.range(0, matrices.length)
                .boxed()
                .flatMap(i -> Stream.of(matrices[i], shifts[shifts.length == 1 ? 0 : i]))
                .flatMapToDouble(Arrays::stream)
                .toArray();
        Tensor before = copy(x);
        Lane lane = device.lane();
        lane.launch(
                Kernel.MIX_CHANNELS,
                Grid.each(x.size()),
                lane.floats(mixes),
                each(matrices.length),
                before,
                x,
                x.dim(1),
                plane(x),
                x.size());
    }

    @Override
    public double[] planeMeans(Tensor x) {
        int planes = x.dim(0) * x.dim(1);
        long plane = plane(x);
        double[] means = device.results()
                .of(planes, out -> device.lane()
                        .launch(Kernel.ROW_SUMS, Grid.blocks(planes, plane), x, out, plane, x.size()))
                .get();
        for (int p = 0; p < planes; p++) {
            means[p] /= plane;
        }
        return means;
    }

    @Override
    public void erase(Rectangle[] rectangles, Tensor x) {
        int[] edges = Arrays.stream(rectangles)
                .flatMapToInt(r -> IntStream.of(r.top(), r.bottom(), r.left(), r.right()))
                .toArray();
        Lane lane = device.lane();
        lane.launch(
                Kernel.ERASE,
                Grid.each(x.size()),
                lane.ints(edges),
                each(rectangles.length),
                x,
                x.dim(1),
                x.dim(2),
                x.dim(3),
                x.size());
    }

    @Override
    public void exchange(Rectangle rectangle, int[] from, Tensor x) {
        Tensor before = copy(x);
        Lane lane = device.lane();
        lane.launch(
                Kernel.EXCHANGE,
                Grid.each(x.size()),
                lane.ints(from),
                before,
                x,
                rectangle.top(),
                rectangle.bottom(),
                rectangle.left(),
                rectangle.right(),
                x.dim(1),
                x.dim(2),
                x.dim(3),
                x.size());
    }

    @Override
    public void warp(Tensor x, int[] sources, Warp[] warps, Tensor out) {
        Tensor from = x == out ? copy(x) : x;
        Lane lane = device.lane();
        lane.launch(
                Kernel.WARP,
                Grid.each(out.size()),
                from,
                sources == null ? null : lane.ints(sources),
                lane.doubles(numbers(warps)),
                each(warps.length),
                out,
                x.dim(1),
                x.dim(2),
                x.dim(3),
                out.dim(2),
                out.dim(3),
                out.size());
    }

    @Override
    public void warpAdjoint(Tensor dOut, int[] sources, Warp[] warps, Tensor dx) {
        Tensor gradients = dOut == dx ? copy(dOut) : dOut;
        Lane lane = device.lane();
        Long first = null;
        Long list = null;
        if (sources != null) {
            first = lane.ints(firsts(sources, dx.dim(0)));
            list = lane.ints(IntStream.range(0, sources.length)
                    .boxed()
                    .sorted(Comparator.comparingInt(i -> sources[i]))
                    .mapToInt(Integer::intValue)
                    .toArray());
        }
        lane.launch(
                Kernel.WARP_ADJOINT,
                Grid.each(dx.size()),
                gradients,
                first,
                list,
                lane.doubles(numbers(warps)),
                each(warps.length),
                dx,
                dx.dim(1),
                dx.dim(2),
                dx.dim(3),
                dOut.dim(2),
                dOut.dim(3),
                dx.size());
    }

    /** Where in the list of outputs by their images those of each image begin, and where the last end. */
    private static int[] firsts(int[] sources, int images) {
        int[] first = new int[images + 1];
        for (int image : sources) {
            first[image + 1]++;
        }
        Arrays.parallelPrefix(first, Integer::sum);
        return first;
    }

    /** A kind and {@link #NUMBERS} numbers for each. */
    private static double[] numbers(Warp[] warps) {
        double[] all = new double[warps.length * (1 + NUMBERS)];
        for (int i = 0; i < warps.length; i++) {
            double[] own = warps[i].numbers();
            all[i * (1 + NUMBERS)] = code(warps[i].kind());
            System.arraycopy(own, 0, all, i * (1 + NUMBERS) + 1, own.length);
        }
        return all;
    }

    /** As {@code images.cu} has it. */
    private static int code(Warp.Kind kind) {
        return switch (kind) {
            case SHIFT -> 0;
            case FLIP -> 1;
            case LINEAR -> 2;
            case ENLARGE -> 3;
            case SHRINK -> 4;
        };
    }

    private Tensor copy(Tensor x) {
        Tensor copy = copies.get().like(x);
        CudaStorage.of(x).copyTo(CudaStorage.of(copy));
        return copy;
    }

    /** 1 where there is a parameter for each image, 0 where one is for all; for one image, either. */
    private static int each(int parameters) {
        return parameters == 1 ? 0 : 1;
    }

    private static int plane(Tensor x) {
        return x.dim(2) * x.dim(3);
    }
}
