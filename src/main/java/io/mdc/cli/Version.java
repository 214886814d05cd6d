package io.mdc.cli;

import io.mdc.backend.Backends;
import io.mdc.directory.Machine;
import picocli.CommandLine.IVersionProvider;

/** The program's version and commit, as the build wrote them, and the build of ND4J that it runs on here. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {
            "mdc " + Machine.version(), "commit " + Machine.commit(), "backend " + Backends.build(),
        };
    }
}
