package io.mdc.directory;

import io.mdc.setting.Share;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Where the images of a run come from, if they were not all condensed in it.
 *
 * @param order in which they are, and whose they were before, of a run that was made by ordering another's
 * @param shard the classes that were condensed, of a run of which that is not all
 * @param merged the shards whose classes are together in it; none of a run that was not made of them; copied
 * @param joined the runs whose images are together in it; none of a run that was not made of several; copied
 * @param imported the file that they are from, of a run that was imported
 */
public record ImageOrigin(
        Optional<Reordering> order,
        Optional<Share> shard,
        List<Part> merged,
        List<Part> joined,
        Optional<Source> imported) {
    /** Over {@link #orderedBy} in tables of runs. */
    public static final String ORDERED_BY = "ordered by";

    /** That of a run which condensed all its images. */
    public static final ImageOrigin CONDENSED =
            new ImageOrigin(Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.empty());

    /**
     * The file that images were imported from.
     *
     * @param file its absolute path
     * @param sha256 of the file
     * @param reading how it was read, for people
     */
    public record Source(String file, String sha256, String reading) {
        /**
         * Makes sure that nothing is missing.
         *
         * @throws NullPointerException if something is
         * @throws IllegalArgumentException if the path is not that of a file
         */
        public Source {
            Objects.requireNonNull(sha256, "sha256");
            Objects.requireNonNull(reading, "reading");
            if (Path.of(file).getFileName() == null) {
                throw new IllegalArgumentException("not the path of a file: " + file);
            }
        }

        /** The last part of the path. */
        public String name() {
            return Path.of(file).getFileName().toString();
        }
    }

    /**
     * A run that is part of another.
     *
     * @param run its absolute path
     * @param set SHA-256 of its condensed set's file
     */
    public record Part(String run, String set) {
        /**
         * Makes sure that nothing is missing.
         *
         * @throws NullPointerException if something is
         */
        public Part {
            Objects.requireNonNull(run, "run");
            Objects.requireNonNull(set, "set");
        }
    }

    /** Copies the lists. */
    public ImageOrigin {
        merged = List.copyOf(merged);
        joined = List.copyOf(joined);
    }

    /** That of a run in which only some classes are condensed, or all. */
    public static ImageOrigin of(Share classes) {
        return new ImageOrigin(
                Optional.empty(),
                Optional.of(classes).filter(share -> share.of() > 1),
                List.of(),
                List.of(),
                Optional.empty());
    }

    /** That of a run whose classes are those of several shards. */
    public static ImageOrigin merged(List<Part> shards) {
        return new ImageOrigin(Optional.empty(), Optional.empty(), shards, List.of(), Optional.empty());
    }

    /** That of a run whose images are those of others together. */
    public static ImageOrigin joined(List<Part> runs) {
        return new ImageOrigin(Optional.empty(), Optional.empty(), List.of(), runs, Optional.empty());
    }

    /** That of a run whose images are from a file of others. */
    public static ImageOrigin imported(Source source) {
        return new ImageOrigin(Optional.empty(), Optional.empty(), List.of(), List.of(), Optional.of(source));
    }

    /** What the images were ordered by, in a word. */
    public String orderedBy() {
        return order.map(Reordering::by).orElse("nothing");
    }

    /** That of a run whose images are those of a run of this origin, in another order. */
    public ImageOrigin ordered(Reordering reordering) {
        return new ImageOrigin(Optional.of(reordering), shard, merged, joined, imported);
    }

    /** How a run without loops of its own was made, in words; empty if it has such loops. */
    public Optional<String> withoutLoops() {
        List<String> words = new ArrayList<>();
        imported.ifPresent(source -> words.add("imported"));
        if (!joined.isEmpty()) {
            words.add("joined of " + joined.size() + " runs");
        }
        order.ifPresent(reordering -> words.add("ordered from " + reordering.run()));
        return words.isEmpty() ? Optional.empty() : Optional.of(String.join(", ", words));
    }
}
