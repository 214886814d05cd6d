package io.mdc.cli;

import io.mdc.testing.Folders;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** What a run, or a family of runs, gave: its files by name, without what differs from time to time. */
record RunFiles(SortedMap<String, String> files) {
    private static final Pattern TIMES = Pattern.compile("\"(condense_)?seconds\" ?: ?[-+.0-9E]+");

    static RunFiles of(Path run) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        for (Path file : Folders.files(run)) {
            String name = run.relativize(file).toString();
            files.put(
                    name,
                    name.endsWith("manifest.json") ? "times of its own" : content(name, Files.readAllBytes(file)));
        }
        return new RunFiles(files);
    }

    private static String content(String name, byte[] bytes) {
        if (name.contains("checkpoint/")) {
            return "how often it is written depends on time";
        }
        if (name.contains("models/")) {
            return "DL4J's archives bear the time at which they are written";
        }
        if (name.endsWith(".json") || name.endsWith(".jsonl")) {
            String text =
                    TIMES.matcher(new String(bytes, StandardCharsets.UTF_8)).replaceAll("");
            // Trials are made side by side, and written as they end.
            return name.endsWith("evaluation.trials.jsonl")
                    ? String.join("\n", text.lines().sorted().toList())
                    : text;
        }
        return bytes.length + " bytes, hash " + Arrays.hashCode(bytes);
    }
}
