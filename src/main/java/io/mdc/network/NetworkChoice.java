package io.mdc.network;

import io.mdc.setting.TextForm;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * A network by name, as in {@code resnet10} or, with a width, {@code resnet10:16}; or a file of a DL4J graph.
 *
 * @param architecture a network this program can make; empty for a file
 * @param width channels, see {@link Architecture#width}; empty for what the settings say
 * @param file {@code .zip} as DL4J saves models, or {@code .json} as it writes configurations; empty for a name
 */
public record NetworkChoice(Optional<Architecture> architecture, OptionalInt width, Optional<Path> file) {
    private static final int WIDEST = 1024;

    /**
     * Checks that there is either a name or a file.
     *
     * @throws IllegalArgumentException if there are both or neither, or the width is out of range
     */
    public NetworkChoice {
        if (architecture.isPresent() == file.isPresent()) {
            throw new IllegalArgumentException("must be a name or a file");
        }
        if (width.isPresent() && (file.isPresent() || width.getAsInt() < 1 || width.getAsInt() > WIDEST)) {
            throw new IllegalArgumentException("must have a width from 1 to " + WIDEST);
        }
    }

    /**
     * Reads the text form.
     *
     * @param text a name, a name and a width, or a path
     * @return the choice
     * @throws IllegalArgumentException if it is none of these
     */
    public static NetworkChoice parse(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        if (lower.endsWith(".zip") || lower.endsWith(".json")) {
            return new NetworkChoice(Optional.empty(), OptionalInt.empty(), Optional.of(Path.of(text)));
        }
        String[] parts = text.split(":", 2);
        if (!TextForm.names(Architecture.class).contains(parts[0])) {
            throw new IllegalArgumentException("must be one of " + allowed());
        }
        Architecture named = TextForm.parseConstant(Architecture.class, parts[0]);
        if (parts.length == 1) {
            return new NetworkChoice(Optional.of(named), OptionalInt.empty(), Optional.empty());
        }
        if (!parts[1].matches("\\d{1,6}")) {
            throw new IllegalArgumentException("must have a width from 1 to " + WIDEST);
        }
        return new NetworkChoice(Optional.of(named), OptionalInt.of(Integer.parseInt(parts[1])), Optional.empty());
    }

    /** The same network, a file named by its absolute path. */
    public NetworkChoice absolute() {
        return new NetworkChoice(
                architecture, width, file.map(path -> path.toAbsolutePath().normalize()));
    }

    /**
     * The same architecture with another width; a file as it is.
     *
     * @throws IllegalArgumentException if the width is out of range
     */
    public NetworkChoice withWidth(int channels) {
        return file.isPresent() ? this : new NetworkChoice(architecture, OptionalInt.of(channels), file);
    }

    /** Says what {@link #parse} takes, for help and messages. */
    public static String allowed() {
        return String.join(", ", TextForm.names(Architecture.class))
                + ", alone or with a width as in resnet10:16; or a DL4J file .zip or .json";
    }

    /** Returns the text form, which {@link #parse} reads. */
    @Override
    public String toString() {
        String name =
                architecture.map(TextForm::kebab).orElseGet(() -> file.get().toString());
        return name + (width.isPresent() ? ":" + width.getAsInt() : "");
    }
}
