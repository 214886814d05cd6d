package io.mdc.cli;

import io.mdc.config.RunConfig;
import java.nio.file.Path;
import java.util.Optional;

/** What {@code mdc condense} does once its settings are known. */
@FunctionalInterface
interface CondenseJob {
    /**
     * Condenses a data set.
     *
     * @param config valid settings; of a resumed run those it was begun with, but for how it is computed
     * @param out run directory asked for; present if {@code resume}
     * @param resume whether to continue the run in {@code out}
     * @param console where to write
     * @return an {@link ExitCode}
     * @throws Exception any failure; {@code Failures} turns it into a line and a code
     */
    int run(RunConfig config, Optional<Path> out, boolean resume, Console console) throws Exception;
}
