package io.mdc.cli;

import io.mdc.directory.Machine;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Prints the manual page. */
@Command(
        name = "manual",
        description = "Print the manual page, all commands and options, for mdc manual | man -l -.",
        footer = {"", "Example: mdc manual"},
        sortOptions = false)
final class ManualCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    ManualCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        console.out().print(ManualPage.of(spec.root(), Machine.version()));
        return ExitCode.DONE;
    }
}
