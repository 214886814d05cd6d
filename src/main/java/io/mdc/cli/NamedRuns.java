package io.mdc.cli;

import io.mdc.directory.RunDirectory;
import io.mdc.job.RunFinder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The runs that a command line names. */
final class NamedRuns {
    private NamedRuns() {}

    /**
     * Every run once, however it is named.
     *
     * @param named directories of runs, or directories that hold some
     * @throws io.mdc.setting.ConfigException if one is neither
     */
    static List<RunDirectory> open(List<Path> named) throws IOException {
        Map<Path, RunDirectory> directories = new LinkedHashMap<>();
        for (Path path : named) {
            for (RunDirectory directory : RunFinder.openAll(path)) {
                directories.putIfAbsent(directory.path().toRealPath(), directory);
            }
        }
        return List.copyOf(directories.values());
    }
}
