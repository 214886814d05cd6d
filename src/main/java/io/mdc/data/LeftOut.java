package io.mdc.data;

import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What lay among the files of a data set and is not part of it.
 *
 * @param badImages image files that cannot be read
 * @param otherFiles numbers of files that are not images of a class, by kind, such as {@code .txt}
 */
public record LeftOut(int badImages, SortedMap<String, Integer> otherFiles) {
    /** Nothing was left out. */
    public static final LeftOut NOTHING = new LeftOut(0, new TreeMap<>());

    /** Copies the map. */
    public LeftOut {
        otherFiles = Collections.unmodifiableSortedMap(new TreeMap<>(otherFiles));
    }

    /** The number of files that are not images. */
    public int others() {
        return otherFiles.values().stream().mapToInt(Integer::intValue).sum();
    }

    /** Such as "2 bad images, 7 other files (6 .txt, 1 .xml)"; empty if nothing was left out. */
    public String text() {
        String bad = badImages == 0 ? "" : badImages + (badImages == 1 ? " bad image" : " bad images");
        return bad + (badImages == 0 || others() == 0 ? "" : ", ") + text(otherFiles);
    }

    private String text(Map<String, Integer> files) {
        if (files.isEmpty()) {
            return "";
        }
        return others()
                + (others() == 1 ? " other file" : " other files")
                + files.entrySet().stream()
                        .map(kind -> kind.getValue() + " " + kind.getKey())
                        .collect(Collectors.joining(", ", " (", ")"));
    }
}
