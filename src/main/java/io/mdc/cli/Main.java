package io.mdc.cli;

import io.mdc.backend.Compute;
import io.mdc.doctor.Surroundings;
import java.io.ObjectInputFilter;
import java.io.PrintWriter;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** Entry point of the program: the commands, and what becomes of their failures. */
@Command(
        name = "mdc",
        description = "Condense an image data set once; every prefix of the result trains a network.",
        versionProvider = Version.class,
        footer = {"", "Example: mdc condense --out runs/first"},
        synopsisSubcommandLabel = "COMMAND")
public final class Main {
    @Option(
            names = {"-h", "--help"},
            usageHelp = true,
            scope = ScopeType.INHERIT,
            description = "Show this help.")
    @SuppressWarnings("unused") // picocli reads it
    private boolean help;

    @Option(
            names = {"-V", "--version"},
            versionHelp = true,
            description = "Show the version.")
    @SuppressWarnings("unused") // picocli reads it
    private boolean version;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Show the stack trace of a failure; so does MDC_DEBUG=1 in the environment.")
    private boolean verbose;

    private Main() {}

    /**
     * Runs a command and ends the process with its {@link ExitCode}.
     *
     * @param args the command line
     */
    public static void main(String[] args) {
        refuseSerialisedObjects();
        Console console = Console.standard();
        Main main = new Main();
        Compute.tellOnce(console::note);
        System.setErr(new QuietErrorStream(System.err, main::isVerbose));
        System.exit(main.run(args, console));
    }

    /** No file of this program holds Java objects; a library that is led to read one all the same is stopped. */
    private static void refuseSerialisedObjects() {
        if (ObjectInputFilter.Config.getSerialFilter() == null) {
            ObjectInputFilter.Config.setSerialFilter(object -> ObjectInputFilter.Status.REJECTED);
        }
    }

    /**
     * Runs a command in this process, for logs rather than a terminal.
     *
     * @param args the command line
     * @param out where data goes
     * @param err where progress and failures go
     * @return an {@link ExitCode}
     */
    public static int run(String[] args, PrintWriter out, PrintWriter err) {
        return new Main().run(args, new Console(out, err, false));
    }

    private int run(String[] args, Console console) {
        Failures failures = new Failures(console.err(), this::isVerbose);
        int code = execute(args, console, failures);
        boolean written = !console.out().checkError();
        return written || code != ExitCode.DONE ? code : failures.outputLost();
    }

    private int execute(String[] args, Console console, Failures failures) {
        try {
            return commandLine(this, console)
                    .setParameterExceptionHandler((e, given) -> failures.report(e))
                    .setExecutionExceptionHandler((e, line, parsed) -> failures.report(e))
                    .execute(args);
        } catch (Error e) {
            // picocli passes on what is not an Exception; running out of memory comes here.
            return failures.report(e);
        } finally {
            console.out().flush();
            console.err().flush();
        }
    }

    /** Returns the parser with every command. */
    static CommandLine commandLine(Console console) {
        return commandLine(new Main(), console);
    }

    /** The commands in the order help lists them. */
    private static List<Object> commands(Console console) {
        return List.of(
                new CondenseCommand(console),
                new EvaluateCommand(console),
                new RunsCommand(console),
                new OrderCommand(console),
                new MergeCommand(console),
                new ExportCommand(console),
                new ImportCommand(console),
                new ReportCommand(console),
                new CompareCommand(console),
                new ReproduceCommand(console),
                new DataCommand(console),
                new DoctorCommand(console, Surroundings::here),
                new CheckCommand(console),
                new BenchCommand(console),
                new EstimateCommand(console),
                new CompletionCommand(console),
                new ManualCommand(console));
    }

    private static CommandLine commandLine(Main main, Console console) {
        CommandLine line = new CommandLine(main);
        commands(console).forEach(command -> line.addSubcommand(subcommand(command)));
        return line.setOut(console.out())
                .setErr(console.err())
                .setUsageHelpWidth(110)
                .setUsageHelpAutoWidth(true);
    }

    /** Returns the parser of one command, with the options for its settings and the commands below it. */
    static CommandLine subcommand(Object command) {
        CommandLine line = new CommandLine(command);
        if (command instanceof ConfiguredCommand configured) {
            SettingOptions.add(line.getCommandSpec(), configured.settings(), configured::defaultOf);
        } else if (command instanceof DataCommand group) {
            group.commands().forEach(below -> line.addSubcommand(subcommand(below)));
        }
        return line;
    }

    private boolean isVerbose() {
        return verbose || "1".equals(System.getenv("MDC_DEBUG"));
    }
}
