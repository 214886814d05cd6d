package io.mdc.page;

import io.mdc.data.SourceFile;
import io.mdc.directory.Circumstances;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** What there is of one run on its own. */
final class RunSection {
    private static final int DIGITS = 12;

    private RunSection() {}

    static RunView of(RunReading reading) {
        return new RunView(
                reading.name(),
                reading.run().path().toString(),
                reading.state(),
                progress(reading),
                reading.faults(),
                warnings(reading),
                SelectionSection.distances(reading),
                SelectionSection.timeline(reading),
                SelectionSection.byClass(reading),
                reading.images(),
                SettingsSection.all(reading),
                environment(reading),
                reading.commands());
    }

    private static String progress(RunReading reading) {
        return reading.origin().shard().map(shard -> "shard " + shard + ": ").orElse("") + state(reading);
    }

    private static String state(RunReading reading) {
        String loops = reading.begun()
                + reading.config().map(config -> " of " + config.loop().outer()).orElse("") + " outer loops";
        String finished = reading.origin().withoutLoops().orElse("finished, " + loops);
        return switch (reading.state()) {
            case FINISHED -> finished;
            case EVALUATING -> finished + "; its prefixes are being evaluated now";
            case RUNNING -> "still running, now at " + loops + "; this is what there is so far";
            case WAITING, STOPPED ->
                "stopped after " + loops + "; this is what there is so far, and mdc condense --resume goes on";
            case DAMAGED -> "damaged; " + loops + " are logged";
        };
    }

    private static List<String> warnings(RunReading reading) {
        List<String> warnings = new ArrayList<>();
        reading.circumstances().ifPresent(all -> {
            warnings.addAll(all.warnings());
            if (!all.classes().isEmpty()) {
                AccuracyTexts.chance(reading.evaluation(), all.classes().size()).ifPresent(warnings::add);
            }
        });
        return warnings;
    }

    private static List<Fact> environment(RunReading reading) {
        if (reading.circumstances().isEmpty()) {
            return List.of();
        }
        Circumstances all = reading.circumstances().get();
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact("program", "mdc " + all.program()));
        facts.add(new Fact("backend", String.valueOf(all.backend())));
        facts.add(new Fact("processor", String.valueOf(all.cpu())));
        facts.add(new Fact("Java", String.valueOf(all.java())));
        facts.add(new Fact("threads", Integer.toString(all.threads())));
        facts.add(new Fact("classes", String.join(", ", all.classes())));
        for (SourceFile file : all.data()) {
            facts.add(new Fact(
                    "data",
                    file.path() + ", " + String.format(Locale.ROOT, "%,d", file.bytes()) + " bytes, SHA-256 "
                            + file.sha256().substring(0, DIGITS) + "…"));
        }
        return facts;
    }
}
