package io.mdc.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Everything about data sets; its subcommands do the work. */
@Command(name = "data", description = "List, fetch, verify and show data sets.", synopsisSubcommandLabel = "COMMAND")
final class DataCommand implements Runnable {
    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "name one of: list, fetch, verify, show");
    }
}
