package io.mdc.base;

import java.nio.charset.Charset;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;

/**
 * Names of files that the encoding of this process's locale cannot express, such as umlauts where {@code LC_ALL=C}.
 *
 * <p>Java turns what it cannot decode into U+FFFD and refuses what it cannot encode, so that a file that is there
 * cannot be found by its name.
 */
public final class FileNames {
    /** What stands in a name for what could not be decoded. */
    public static final String UNKNOWN = "\uFFFD";

    private FileNames() {}

    /**
     * The path of a name in a folder.
     *
     * @param place what the name comes from, for the message
     * @throws DataException if the locale cannot express the name
     * @throws InvalidPathException if no locale could
     */
    public static Path resolve(Path folder, String name, Object place) {
        try {
            return folder.resolve(name);
        } catch (InvalidPathException e) {
            if (!encoding().newEncoder().canEncode(name)) {
                throw new DataException(inexpressible(place, name, encoding()), e);
            }
            throw e;
        }
    }

    /**
     * The last name of a path that was listed.
     *
     * @throws DataException if the locale cannot express it
     */
    public static String of(Path path) {
        String name = path.getFileName().toString();
        if (name.contains(UNKNOWN)) {
            throw new DataException(inexpressible(path.getParent(), name, encoding()));
        }
        return name;
    }

    static String inexpressible(Object place, String name, Charset encoding) {
        return place + ": the name '" + name + "' in it "
                + (encoding.name().startsWith("UTF")
                        ? "is not in " + encoding + "; rename it"
                        : "cannot be expressed in this locale, whose encoding is " + encoding
                                + "; set LC_ALL=C.UTF-8 and start again");
    }

    private static Charset encoding() {
        return Charset.forName(System.getProperty("sun.jnu.encoding", "UTF-8"));
    }
}
