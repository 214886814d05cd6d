package io.mdc.dataset;

import io.mdc.base.DataException;
import io.mdc.base.OneLine;
import io.mdc.data.Dataset;
import io.mdc.data.ImageSet;
import io.mdc.data.SourceFile;
import io.mdc.numpy.NumpyArray;
import io.mdc.numpy.NumpyUnpickler;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.razorvine.pickle.PickleException;
import org.apache.commons.codec.binary.Hex;
import org.apache.commons.codec.digest.DigestUtils;

/** Reads the Python version of a CIFAR data set: pickled dictionaries of {@code data [n, 3072]} and labels. */
final class CifarPickles {
    private final CifarLayout layout;
    private final int trainRecords;
    private final int testRecords;

    CifarPickles(CifarLayout layout, int trainRecords, int testRecords) {
        this.layout = layout;
        this.trainRecords = trainRecords;
        this.testRecords = testRecords;
    }

    Dataset load(Path folder) {
        List<SourceFile> sources = new ArrayList<>();
        List<String> names = classNames(folder.resolve(layout.pickleMeta()));
        ImageSet train = read(folder, layout.pickleTrain(), trainRecords, names, sources);
        ImageSet test = read(folder, List.of(layout.pickleTest()), testRecords, names, sources);
        return layout.dataset(names, train, test, sources);
    }

    private List<String> classNames(Path meta) {
        if (!Files.exists(meta)) {
            return layout.card().classNames();
        }
        Object names = unpickle(meta, new ArrayList<>()).get(layout.namesKey());
        if (!(names instanceof List<?> list) || list.size() != layout.classes()) {
            throw new DataException(meta + ": no list of " + layout.classes() + " " + layout.namesKey()
                    + " in it; unpack it again or remove it");
        }
        return list.stream().map(name -> text(meta, name)).toList();
    }

    /** A name, which is bytes where Python 3 has saved anew what Python 2 had saved. */
    private static String text(Path meta, Object name) {
        if (name instanceof byte[] bytes) {
            return new String(bytes, StandardCharsets.UTF_8);
        } else if (name instanceof String text) {
            return text;
        }
        throw new DataException(meta + ": a class name that is no text; unpack it again or remove it");
    }

    private ImageSet read(Path folder, List<String> files, int records, List<String> names, List<SourceFile> sources) {
        byte[] pixels = new byte[Math.multiplyExact(files.size() * records, CifarReader.IMAGE)];
        int[] labels = new int[files.size() * records];
        for (int f = 0; f < files.size(); f++) {
            Path file = folder.resolve(files.get(f));
            Map<?, ?> content = unpickle(file, sources);
            List<?> list = labels(content.get(layout.labelKey()));
            if (!(content.get("data") instanceof NumpyArray data)
                    || !isImages(data, records)
                    || list.size() != records) {
                throw new DataException(file + ": not " + records + " images 'data' with as many '" + layout.labelKey()
                        + "'; unpack or download it again");
            }
            data.bytes().get(0, pixels, f * records * CifarReader.IMAGE, records * CifarReader.IMAGE);
            for (int i = 0; i < records; i++) {
                labels[f * records + i] = label(file, i, list.get(i));
            }
        }
        return CifarReader.balanced(pixels, labels, names, folder, String.join(", ", files));
    }

    private static boolean isImages(NumpyArray data, int records) {
        int[] flat = {records, CifarReader.IMAGE};
        int[] planes = {records, CifarReader.CHANNELS, CifarReader.SIDE, CifarReader.SIDE};
        return data.type() == NumpyArray.Type.UINT8
                && (Arrays.equals(data.shape(), flat) || Arrays.equals(data.shape(), planes));
    }

    /** A list, or an array made a list; empty if it is neither. */
    private static List<?> labels(Object value) {
        if (value instanceof NumpyArray array) {
            return Arrays.stream(array.toDoubles()).boxed().toList();
        }
        return value instanceof List<?> list ? list : List.of();
    }

    private int label(Path file, int record, Object value) {
        if (value instanceof Number number
                && number.doubleValue() == number.intValue()
                && number.intValue() >= 0
                && number.intValue() < layout.classes()) {
            return number.intValue();
        }
        throw new DataException(
                file + ": record " + record + " has label " + (value instanceof Number ? value : "that is no number")
                        + ", expected 0.." + (layout.classes() - 1)
                        + "; the file is corrupt: unpack or download it again");
    }

    private static Map<?, ?> unpickle(Path file, List<SourceFile> sources) {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            throw new DataException(file + ": no such readable file; unpack the data set again");
        }
        MessageDigest digest = DigestUtils.getSha256Digest();
        try (InputStream in =
                new BufferedInputStream(new DigestInputStream(Files.newInputStream(file), digest), 1 << 16)) {
            Object content = new NumpyUnpickler(Files.size(file)).load(in);
            in.transferTo(OutputStream.nullOutputStream());
            sources.add(new SourceFile(file.toString(), Files.size(file), Hex.encodeHexString(digest.digest())));
            if (content instanceof Map<?, ?> map) {
                return map;
            }
            throw new PickleException("no dictionary");
        } catch (PickleException | IOException e) {
            throw new DataException(
                    file + ": not a pickle of images (" + OneLine.reason(e) + "); unpack or download it again", e);
        }
    }
}
