package io.mdc.cli;

import io.mdc.run.Machine;
import picocli.CommandLine.IVersionProvider;

/** The program's version, as the build wrote it. */
final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
        return new String[] {"mdc " + Machine.version()};
    }
}
