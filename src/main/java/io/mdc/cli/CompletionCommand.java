package io.mdc.cli;

import io.mdc.setting.TextForm;
import java.util.Iterator;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints what a shell needs to complete commands and options. */
@Command(
        name = "completion",
        description = "Print a script by which a shell completes commands and options: source it in a startup file.",
        footer = {"", "Example: mdc completion bash"},
        sortOptions = false)
final class CompletionCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    private CommandSpec spec;

    @Parameters(
            paramLabel = "SHELL",
            completionCandidates = Shells.class,
            description = "The shell: ${COMPLETION-CANDIDATES}.")
    private String shell;

    /** The shells that run the script, which is one for both. */
    enum Shell {
        BASH,
        ZSH
    }

    /** Their names, for help. */
    static final class Shells implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return TextForm.names(Shell.class).iterator();
        }
    }

    CompletionCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        TextForm.parseConstant("shell", Shell.class, shell);
        CommandSpec root = spec.root();
        console.out().print(AutoComplete.bash(root.name(), root.commandLine()));
        return ExitCode.DONE;
    }
}
