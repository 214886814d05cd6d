package io.mdc.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The processor, its instruction sets, and the cores that may be used. */
final class ProcessorExamination implements Examination {
    private static final List<String> TOLD = List.of("avx2", "fma", "avx512f", "avx512bw", "avx512vl");

    /** Of the cores, as the mean number of processes that want one. */
    private static final double BUSY = 0.5;

    @Override
    public List<Finding> examine(Surroundings here) {
        Processor processor = Processor.of(here);
        List<Finding> findings = new ArrayList<>();
        findings.add(processor(processor));
        findings.add(cores(here, processor));
        return findings;
    }

    private static Finding processor(Processor processor) {
        String features = TOLD.stream().filter(processor.features()::contains).collect(Collectors.joining(" "));
        String missing = Stream.of("avx2", "fma")
                .filter(name -> !processor.features().contains(name))
                .collect(Collectors.joining(" or "));
        if (processor.features().isEmpty()) {
            return Finding.fine("processor", processor.model() + ", instruction sets unknown");
        } else if (!processor.isFast()) {
            return Finding.advised(
                    "processor",
                    processor.model() + ", no " + missing + ": the plain build of ND4J runs, several times slower",
                    "use a machine that has them; in a virtual machine, have its host pass its processor through");
        }
        return Finding.fine("processor", processor.model() + ", " + features);
    }

    private static Finding cores(Surroundings here, Processor processor) {
        int usable = here.java().processors();
        OptionalDouble limit = ControlGroups.cores(here);
        String found = usable
                + (processor.cores() > 0 ? " of the machine's " + processor.cores() : "")
                + (limit.isPresent()
                        ? String.format(Locale.ROOT, ", control group's limit %.1f", limit.getAsDouble())
                        : "");
        OptionalDouble load = load(here);
        if (load.isPresent() && limit.isEmpty() && load.getAsDouble() > BUSY * Math.max(usable, processor.cores())) {
            return Finding.advised(
                    "cores",
                    found + String.format(Locale.ROOT, "; other processes keep %.1f busy", load.getAsDouble()),
                    "give --threads as many as are free; times will not be those of an idle machine");
        }
        return Finding.fine("cores", found);
    }

    private static OptionalDouble load(Surroundings here) {
        return here.text("proc/loadavg").stream()
                .filter(text -> text.matches("(?s)\\d+(\\.\\d+)? .*"))
                .mapToDouble(text -> Double.parseDouble(text.substring(0, text.indexOf(' '))))
                .findFirst();
    }
}
