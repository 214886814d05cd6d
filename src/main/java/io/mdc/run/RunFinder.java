package io.mdc.run;

import io.mdc.base.DataException;
import io.mdc.base.OneLine;
import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/** Finds run directories, those of families too, and looks at them. */
public final class RunFinder {
    /** How far below a directory runs are looked for. */
    public static final int DEPTH = 5;

    private static final Set<FileVisitOption> NO_LINKS = EnumSet.noneOf(FileVisitOption.class);

    /** What runs have beside their settings; other programs have files called {@code config.yaml} as well. */
    private static final List<String> OTHERS =
            List.of("manifest.json", "metrics.jsonl", "mls.jsonl", "synthetic.npz", "checkpoint");

    private RunFinder() {}

    /**
     * Looks at all runs in a directory, or at the one that it is.
     *
     * @return by path, numbers in it by their value; none if there are none
     * @throws DataException if it is no directory
     */
    public static List<RunSummary> below(Path directory) throws IOException {
        if (!Files.isDirectory(directory)) {
            throw new DataException(directory + ": not a directory");
        }
        // A link that was named is followed, those below are not.
        Path start = Files.isSymbolicLink(directory) ? directory.toRealPath() : directory;
        TreeMap<Path, RunSummary> found =
                new TreeMap<>(Comparator.comparing((Path path) -> RunDirectory.sortable(path.toString()))
                        .thenComparing(Comparator.naturalOrder()));
        Files.walkFileTree(start, NO_LINKS, DEPTH, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path path, BasicFileAttributes attributes) {
                boolean hidden = path.getFileName() != null
                        && path.getFileName().toString().startsWith(".")
                        && !path.equals(start);
                if (hidden) {
                    return FileVisitResult.SKIP_SUBTREE;
                } else if (isRun(path)) {
                    found.put(path, RunSummary.of(path));
                    return FileVisitResult.SKIP_SUBTREE;
                }
                members(path).forEach(member -> found.put(member.path(), member));
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path path, IOException failure) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path path, IOException failure) {
                return FileVisitResult.CONTINUE;
            }
        });
        return List.copyOf(found.values());
    }

    /** Runs of a family that were not begun; those that were are found by themselves. */
    private static List<RunSummary> members(Path directory) {
        List<RunSummary> members = new ArrayList<>();
        if (Family.isAt(directory)) {
            try {
                Family.at(directory).members().forEach((name, config) -> {
                    Path path = directory.resolve(name);
                    if (!Files.exists(path)) {
                        members.add(RunSummary.waiting(path, config));
                    }
                });
            } catch (DataException e) {
                members.add(RunSummary.damaged(directory, OneLine.reason(e)));
            }
        }
        return members;
    }

    private static boolean isRun(Path directory) {
        long others = OTHERS.stream()
                .filter(name -> Files.exists(directory.resolve(name)))
                .count();
        return Files.isRegularFile(directory.resolve("config.yaml"))
                ? others > 0 || RunDirectory.hasSettings(directory)
                : others > 1;
    }
}
