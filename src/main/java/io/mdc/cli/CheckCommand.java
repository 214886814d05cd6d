package io.mdc.cli;

import io.mdc.backend.BackendKind;
import io.mdc.backend.Backends;
import io.mdc.backend.Compute;
import io.mdc.backend.GpuPrecision;
import io.mdc.base.Json;
import io.mdc.check.CheckResult;
import io.mdc.check.Checks;
import io.mdc.directory.Machine;
import io.mdc.report.Table;
import io.mdc.setting.TextForm;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Precision;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Checks the numerics of this machine. */
@Command(
        name = "check",
        description = "Compare the numerics of this machine and backend with reference values.",
        footer = {"", "Example: mdc check --json"},
        sortOptions = false)
final class CheckCommand implements Callable<Integer> {
    private final Console console;

    @Option(
            names = "--golden",
            paramLabel = "DIR",
            description = "Check the cases in the folders of DIR instead of the few that come with the program.")
    private Path golden;

    @Option(
            names = "--backend",
            paramLabel = "NAME",
            defaultValue = "auto",
            description = "Check this backend alone, nd4j, host or cuda; auto is all but cuda (default: auto).")
    private String backend;

    @Option(names = "--json", description = "Print the results as JSON.")
    private boolean json;

    private record Report(String backend, List<CheckResult> cases) {}

    CheckCommand(Console console) {
        this.console = console;
    }

    @Override
    public Integer call() {
        Checks checks = golden == null ? Checks.builtIn() : Checks.in(golden);
        List<Backend> backends = backends();
        List<CheckResult> results = checks.run(backends);
        String machine = Backends.description(backends.get(0));
        if (json) {
            console.out().print(Json.text(new Report(machine, results)));
        } else {
            console.out().print(text(machine, results));
        }
        boolean computed = results.stream().anyMatch(result -> result.error() != null);
        return computed && results.stream().noneMatch(CheckResult::isFailed) ? ExitCode.DONE : ExitCode.FAILED;
    }

    private List<Backend> backends() {
        return switch (TextForm.parseConstant("backend", BackendKind.class, backend)) {
            case ND4J -> ofNd4j();
            case HOST -> ofHost();
            case CUDA -> List.of(Compute.cuda(GpuPrecision.FP32));
            case AUTO ->
                Backends.hostMemory()
                        ? Stream.of(ofNd4j(), ofHost()).flatMap(List::stream).toList()
                        : ofNd4j();
        };
    }

    private static List<Backend> ofNd4j() {
        return List.of(Backends.nd4j(Precision.DOUBLE), Backends.nd4j(Precision.FLOAT));
    }

    private static List<Backend> ofHost() {
        return List.of(Backends.host(), Backends.hostDirect(), Backends.hostWinograd());
    }

    private static String text(String machine, List<CheckResult> results) {
        Table table = new Table("case", "path", "precision", "relative error", "tolerance", "status");
        for (CheckResult result : results) {
            table.row(
                    result.name(),
                    result.path(),
                    result.precision(),
                    result.error() == null ? "-" : scientific(result.error()),
                    scientific(result.tolerance()),
                    result.reason() == null ? result.status() : result.status() + ": " + result.reason());
        }
        long failed = results.stream().filter(CheckResult::isFailed).count();
        long skipped =
                results.stream().filter(r -> r.status().equals("skipped")).count();
        return table + Machine.cpu() + ", " + machine + ": " + (results.size() - failed - skipped) + " ok, " + failed
                + " failed, " + skipped + " skipped\n";
    }

    private static String scientific(double value) {
        return String.format(Locale.ROOT, "%.1e", value);
    }
}
