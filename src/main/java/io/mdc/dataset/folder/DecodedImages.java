package io.mdc.dataset.folder;

import io.mdc.base.DataException;
import io.mdc.base.JavaHeap;
import io.mdc.base.OneLine;
import io.mdc.base.Pixels;
import io.mdc.base.Workers;
import io.mdc.data.Cache;
import io.mdc.data.ImageSet;
import io.mdc.data.LoadRequest;
import io.mdc.data.SourceFile;
import io.mdc.dataset.picture.Picture;
import io.mdc.numpy.NumpyArchive;
import io.mdc.numpy.NumpyArray;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The images of a tree as bytes {@code [n, 3, size, size]}, decoded once on all cores and kept in the cache, from where
 * they are mapped into memory.
 *
 * @param train training images
 * @param test test images
 * @param source what they were made from
 * @param skipped how many files were left out because they cannot be read
 */
record DecodedImages(ImageSet train, ImageSet test, SourceFile source, int skipped) {
    private static final Logger LOG = LoggerFactory.getLogger(DecodedImages.class);
    /** To be raised when the same file decodes to other bytes. */
    private static final String VERSION = "2";

    private static final String TRAIN = "train.bin";
    private static final String TEST = "test.bin";
    private static final String INDEX = "index.npz";
    private static final String CHECKSUM = "sha256.txt";

    /** States of folders that this process has compared with their checksums, which takes a second or two a GB. */
    private static final Set<String> COMPARED = ConcurrentHashMap.newKeySet();

    private static final int SKIPPED = -1;
    private static final int MOST_BYTES = 1 << 30;

    /**
     * What decoding tells of images.
     *
     * @param labels of each, {@link #SKIPPED} for those left out
     * @param sides the shorter of each, 0 for those left out
     */
    private record Told(long[] labels, int[] sides) {
        Told(int images) {
            this(new long[images], new int[images]);
        }
    }

    static DecodedImages of(ImageTree tree, int size, LoadRequest request) {
        List<ImageTree.Entry> entries =
                Stream.concat(tree.train().stream(), tree.test().stream()).toList();
        List<Path> files = entries.stream().map(ImageTree.Entry::file).toList();
        List<Integer> labels = entries.stream().map(ImageTree.Entry::label).toList();
        String rest = VERSION + " " + size + " " + tree.classes() + " " + labels + " " + request.skipBadImages()
                + (request.holdOut() > 0 ? " " + request.holdOut() : "");
        Path folder = request.space()
                .folder(
                        "decoded",
                        Cache.key(files, rest),
                        target -> fill(target, tree, size, request),
                        DecodedImages::damage);
        try {
            return open(folder, tree, size);
        } catch (IOException | RuntimeException e) {
            throw new DataException(folder + ": damaged cache (" + e.getMessage() + "); remove this folder", e);
        }
    }

    private static void fill(Path folder, ImageTree tree, int size, LoadRequest request) throws IOException {
        AtomicLong done = new AtomicLong();
        long all = (long) tree.train().size() + tree.test().size();
        Runnable progress = () -> request.progress().accept(done.incrementAndGet(), all);
        Told train = decode(folder.resolve(TRAIN), tree.train(), size, request, progress);
        Told test = decode(folder.resolve(TEST), tree.test(), size, request, progress);
        requireAllClasses(tree.splits().train(), "training", tree.classes(), train.labels);
        requireAllClasses(tree.splits().test(), "test", tree.classes(), test.labels);
        tellIfEnlarged(tree.splits().root(), train, test, size);
        new NumpyArchive()
                .putText(CHECKSUM, checksum(folder))
                .put("train", NumpyArray.of(train.labels, train.labels.length))
                .put("test", NumpyArray.of(test.labels, test.labels.length))
                .write(folder.resolve(INDEX));
    }

    /** Writes all images in order. */
    private static Told decode(
            Path target, List<ImageTree.Entry> entries, int size, LoadRequest request, Runnable progress)
            throws IOException {
        Told told = new Told(entries.size());
        DecodingMemory memory = new DecodingMemory(JavaHeap.bytes());
        int imageBytes = 3 * size * size;
        try (FileChannel channel = FileChannel.open(target, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
                Workers workers = new Workers(request.threads())) {
            workers.forEach(entries.size(), (i, worker) -> {
                byte[] bytes = new byte[imageBytes];
                told.labels[i] = entries.get(i).label();
                try (DecodingMemory.Share share = memory.share()) {
                    Picture picture = Picture.decode(content(entries.get(i).file()), share);
                    picture.writeSquare(size, bytes);
                    told.sides[i] = picture.shorterSide();
                } catch (IOException e) {
                    if (!request.skipBadImages()) {
                        throw unreadable(entries.get(i).file(), e);
                    }
                    LOG.warn("left out {}: {}", entries.get(i).file(), e.getMessage());
                    told.labels[i] = SKIPPED;
                }
                write(channel, bytes, (long) i * imageBytes);
                progress.run();
            });
        }
        return told;
    }

    /** Images that are larger than their files have them take longer to condense, and show no more. */
    private static void tellIfEnlarged(Path root, Told train, Told test, int size) {
        int[] sides = IntStream.concat(Arrays.stream(train.sides), Arrays.stream(test.sides))
                .filter(side -> side > 0)
                .sorted()
                .toArray();
        int median = sides[sides.length / 2];
        if (median < size) {
            LOG.warn(
                    "{}: most images are smaller than {} pixels and are enlarged; the median is {}, and --size {} enlarges"
                            + " fewer than half",
                    root,
                    size,
                    median,
                    median);
        }
    }

    /** What hinders reading a file is no fault of the image in it, which is not to be skipped then. */
    private static byte[] content(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            if (Files.size(file) <= MOST_BYTES) {
                byte[] content = in.readNBytes(MOST_BYTES + 1);
                if (content.length <= MOST_BYTES) {
                    return content;
                }
            }
        } catch (IOException e) {
            throw new DataException(
                    file + ": was there when its folder was listed and cannot be opened now (" + e
                            + "); check its permissions and the disk",
                    e);
        }
        throw new IOException("it is larger than " + MOST_BYTES + " bytes");
    }

    private static DataException unreadable(Path file, IOException e) {
        return new DataException(
                file + ": cannot be read as an image (" + e.getMessage() + "); replace it; a run that is begun with"
                        + " --skip-bad-images leaves such files out",
                e);
    }

    private static void write(FileChannel channel, byte[] bytes, long position) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            while (buffer.hasRemaining()) {
                channel.write(buffer, position + buffer.position());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void requireAllClasses(Path folder, String split, List<String> classes, long[] labels) {
        for (int c = 0; c < classes.size(); c++) {
            int label = c;
            if (Arrays.stream(labels).noneMatch(l -> l == label)) {
                throw new DataException(folder + ": none of the " + split + " images of class " + classes.get(c)
                        + " can be read; replace them, or name the other classes with --classes");
            }
        }
    }

    private static Optional<String> damage(Path folder) {
        List<Path> files = Stream.of(TRAIN, TEST, INDEX).map(folder::resolve).toList();
        Optional<Path> gone = files.stream().filter(Files::notExists).findFirst();
        if (gone.isPresent()) {
            return Optional.of("its " + gone.get().getFileName() + " is gone");
        }
        try {
            String state = Cache.key(files, "");
            if (!COMPARED.contains(state)) {
                String decoded = NumpyArchive.read(folder.resolve(INDEX)).text(CHECKSUM);
                if (!decoded.equals(checksum(folder))) {
                    return Optional.of("its images are not those that were decoded");
                }
                COMPARED.add(state);
            }
            return Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of("it cannot be read (" + OneLine.reason(e) + ")");
        }
    }

    private static String checksum(Path folder) throws IOException {
        MessageDigest digest = DigestUtils.getSha256Digest();
        for (String name : List.of(TRAIN, TEST)) {
            digest.update(new DigestUtils(DigestUtils.getSha256Digest()).digest(folder.resolve(name)));
        }
        return Hex.encodeHexString(digest.digest());
    }

    private static DecodedImages open(Path folder, ImageTree tree, int size) throws IOException {
        NumpyArchive index = NumpyArchive.read(folder.resolve(INDEX));
        double[] train = index.get("train").toDoubles();
        double[] test = index.get("test").toDoubles();
        long bytes = Files.size(folder.resolve(TRAIN)) + Files.size(folder.resolve(TEST));
        long skipped = Arrays.stream(train).filter(l -> l < 0).count()
                + Arrays.stream(test).filter(l -> l < 0).count();
        return new DecodedImages(
                set(folder.resolve(TRAIN), train, tree, size),
                set(folder.resolve(TEST), test, tree, size),
                new SourceFile(
                        "decoded: " + tree.splits().root() + " at " + size + " pixels", bytes, index.text(CHECKSUM)),
                Math.toIntExact(skipped));
    }

    private static ImageSet set(Path file, double[] labels, ImageTree tree, int size) throws IOException {
        int[] kept =
                IntStream.range(0, labels.length).filter(i -> labels[i] >= 0).toArray();
        Pixels mapped = new MappedPixels(file, labels.length, 3 * size * size);
        return new ImageSet(
                (image, target) -> mapped.copy(kept[image], target),
                Arrays.stream(kept).map(i -> (int) labels[i]).toArray(),
                tree.classes().size(),
                3,
                size,
                size);
    }
}
