package io.mdc.cli;

import io.mdc.base.Json;
import io.mdc.doctor.Doctor;
import io.mdc.doctor.Finding;
import io.mdc.doctor.Surroundings;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Tells what this machine has for the program. */
@Command(
        name = "doctor",
        description = "Look at this machine: Java, processor, native libraries, threads, memory, GPU, directories and"
                + " locale, each with what to do where it is not well. Nothing is written.",
        footer = {"", "Example: mdc doctor"},
        sortOptions = false)
final class DoctorCommand implements Callable<Integer> {
    private static final String FINE = "ok";
    private static final String ADVISED = "advice";

    private final Console console;
    private final Supplier<Surroundings> surroundings;

    @Option(names = "--json", description = "Print the findings as JSON.")
    private boolean json;

    /** A finding; {@code advice} is null if it is well. */
    private record Line(String subject, String status, String found, String advice) {
        static Line of(Finding finding) {
            return new Line(
                    finding.subject(),
                    finding.advice().isPresent() ? ADVISED : FINE,
                    finding.found(),
                    finding.advice().orElse(null));
        }
    }

    DoctorCommand(Console console, Supplier<Surroundings> surroundings) {
        this.console = console;
        this.surroundings = surroundings;
    }

    @Override
    public Integer call() {
        List<Finding> findings = Doctor.examine(surroundings.get());
        console.out().print(json ? Json.text(findings.stream().map(Line::of).toList()) : text(findings));
        return ExitCode.DONE;
    }

    private static String text(List<Finding> findings) {
        int width = findings.stream()
                .mapToInt(finding -> finding.subject().length())
                .max()
                .orElse(0);
        StringBuilder text = new StringBuilder();
        for (Finding finding : findings) {
            String status = finding.advice().isPresent() ? ADVISED : FINE;
            text.append(line(status, finding.subject(), width, finding.found()));
            finding.advice().ifPresent(advice -> text.append(line("", "", width, "-> " + advice)));
        }
        return text.toString();
    }

    private static String line(String status, String subject, int width, String text) {
        return status + " ".repeat(ADVISED.length() + 2 - status.length())
                + subject + " ".repeat(width + 2 - subject.length())
                + text + "\n";
    }
}
