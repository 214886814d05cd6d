package io.mdc.job;

import io.mdc.base.DataException;
import io.mdc.base.OneLine;
import io.mdc.config.RunConfig;
import io.mdc.directory.RunDirectory;
import io.mdc.directory.RunSummary;
import io.mdc.family.Family;
import io.mdc.setting.ConfigException;
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
import java.util.Locale;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Finds run directories, those of families too, and looks at them. */
public final class RunFinder {
    /** How far below a directory runs are looked for. */
    public static final int DEPTH = 5;

    private static final Pattern NUMBER = Pattern.compile("\\d+");
    private static final int DIGITS = 20;
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
        Path start = start(directory);
        TreeMap<Path, RunSummary> found = new TreeMap<>(Comparator.comparing((Path path) -> sortable(path.toString()))
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

    /** Where runs of a directory are looked for: a link that was named is followed, those below are not. */
    public static Path start(Path directory) throws IOException {
        return Files.isSymbolicLink(directory) ? directory.toRealPath() : directory;
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

    /**
     * Opens the directory of an earlier run, or all those in a directory.
     *
     * @return the run; or those directly in {@code path}, by name, numbers in names by their value
     * @throws ConfigException if it is not a run and has none
     * @throws IOException if it cannot be listed
     */
    public static List<RunDirectory> openAll(Path path) throws IOException {
        if (!Files.exists(path.resolve(RunDirectory.CONFIG)) && Files.isDirectory(path)) {
            try (Stream<Path> entries = Files.list(path)) {
                List<RunDirectory> runs = entries.filter(
                                entry -> Files.isRegularFile(entry.resolve(RunDirectory.CONFIG)))
                        .sorted(Comparator.comparing(
                                entry -> sortable(entry.getFileName().toString())))
                        .map(RunDirectory::open)
                        .toList();
                if (!runs.isEmpty()) {
                    return runs;
                }
            }
        }
        return List.of(RunDirectory.open(path));
    }

    /** The first of {@code runs/NAME}, {@code runs/NAME-2}, … that does not exist. */
    public static Path unused(RunConfig config) {
        String name = config.data().dataset() + "-"
                + config.method().method().name().toLowerCase(Locale.ROOT) + "-ipc"
                + config.synthetic().ipc() + "-seed" + config.seed();
        Path path = Path.of("runs", name);
        for (int i = 2; Files.exists(path); i++) {
            path = Path.of("runs", name + "-" + i);
        }
        return path;
    }

    /** The name with numbers of equal length, so that 10 comes after 9. */
    private static String sortable(String name) {
        return NUMBER.matcher(name)
                .replaceAll(
                        number -> "0".repeat(Math.max(0, DIGITS - number.group().length())) + number.group());
    }

    private static boolean isRun(Path directory) {
        long others = OTHERS.stream()
                .filter(name -> Files.exists(directory.resolve(name)))
                .count();
        return Files.isRegularFile(directory.resolve(RunDirectory.CONFIG))
                ? others > 0 || RunDirectory.hasSettings(directory)
                : others > 1;
    }
}
