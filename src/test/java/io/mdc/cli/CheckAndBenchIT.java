package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about the machine. */
class CheckAndBenchIT {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Path REFERENCE = Path.of("src/main/resources/io/mdc/check/reference");

    @TempDir
    private Path folder;

    @Test
    void builtInCasesPassInDoubleAndFloat() throws IOException {
        Cli checked = Cli.run("check", "--json");
        assertEquals(ExitCode.DONE, checked.code(), checked.toString());
        JsonNode report = JSON.readTree(checked.out());
        assertTrue(report.get("backend").asText().startsWith("CpuBackend"), checked.out());
        Set<String> seen = new TreeSet<>();
        for (JsonNode result : report.get("cases")) {
            assertEquals("ok", result.get("status").asText(), result.toString());
            double error = result.get("error").asDouble();
            assertTrue(error >= 0 && error <= result.get("tolerance").asDouble(), result.toString());
            seen.add(result.get("path").asText() + " " + result.get("precision").asText());
        }
        assertEquals(
                Set.of("host float", "host-direct float", "host-winograd float", "nd4j double", "nd4j float"), seen);
        long names = StreamSupport.stream(report.get("cases").spliterator(), false)
                .map(result -> result.get("name").asText())
                .distinct()
                .count();
        assertEquals(Files.readAllLines(REFERENCE.resolve("index.txt")).size(), names);
    }

    @Test
    void caseOverItsToleranceFailsTheCheck() throws IOException {
        Path wrong = copy("augment-flip", "augment-flip");
        assertEquals(ExitCode.DONE, check().code());
        // The flipped image is not the image itself.
        Files.delete(wrong.resolve("output.npy"));
        Files.copy(wrong.resolve("input.npy"), wrong.resolve("output.npy"));
        Cli checked = check();
        assertEquals(ExitCode.FAILED, checked.code());
        assertTrue(checked.out().contains("0 ok, 5 failed, 0 skipped\n"), checked.out());
    }

    @Test
    void unknownNetworkIsSkippedWithTheReason() throws IOException {
        Path other = copy("network-convnet", "network-other");
        // A ConvNet is known by its first convolution.
        Files.delete(other.resolve("param.layers.conv.0.weight.npy"));
        Cli checked = check();
        assertEquals(ExitCode.FAILED, checked.code(), "nothing was checked: " + checked);
        assertTrue(checked.out().contains("skipped: no such network yet"), checked.out());
        copy("augment-crop", "augment-crop");
        assertEquals(ExitCode.DONE, check().code());
    }

    @Test
    void referenceCasesThatAreNotThereOrDamagedAreMissingData() throws IOException {
        assertData(folder.resolve("nowhere"), "cannot be read as a directory of reference cases");
        assertData(folder, "no reference cases");
        Path broken = copy("augment-crop", "augment-crop");
        Files.write(broken.resolve("input.npy"), new byte[] {1, 2, 3});
        assertData(folder, "reference case augment-crop: ");
    }

    @Test
    void benchOfAMethodWithoutALossOnPrefixesHasNoRowsOfOne() {
        String[] tiny = ("bench --depth 1 --width 4 --ipc 2 --batch-real 4 --n-data 8 --batch-train 4 --classes 2"
                        + " --times 1 --threads 1")
                .split(" ");
        List<String> alone = rows(Cli.join(tiny, "--method=idc"));
        assertEquals(List.of("class step, idc", "training step", "inner loop, idc"), alone);
        assertEquals(
                List.of("class step, idc", "class step, mdc", "training step", "inner loop, idc", "inner loop, mdc"),
                rows(tiny));
        assertEquals(List.of("class step, dm", "training step", "inner loop, dm"), rows(Cli.join(tiny, "--method=dm")));
    }

    private static List<String> rows(String... command) {
        Cli measured = Cli.run(command);
        assertEquals(ExitCode.DONE, measured.code(), measured.err());
        return measured.out()
                .lines()
                .filter(line -> line.matches("(class|training) step.*|inner loop,.*"))
                .map(line -> line.replaceFirst("( \\(|  ).*", ""))
                .toList();
    }

    @Test
    void benchMeasuresWhatScriptsRelyOn() throws IOException {
        Cli measured = Cli.run(
                ("bench --json --depth 1 --width 4 --ipc 2 --batch-real 4 --n-data 8 --batch-train 4 --classes 2"
                                + " --times 1 --threads 1")
                        .split(" "));
        assertEquals(ExitCode.DONE, measured.code(), measured.err());
        JsonNode report = JSON.readTree(measured.out());
        for (String field : new String[] {
            "class_step_idc_s",
            "class_step_mdc_s",
            "training_step_s",
            "inner_loop_idc_s",
            "inner_loop_mdc_s",
            "gemm_gflops"
        }) {
            assertTrue(report.get(field).asDouble() > 0, field + " in " + measured.out());
        }
        assertTrue(report.has("peak_rss_mib"), measured.out());
        assertTrue(report.at("/spread/inner_loop_mdc_s/least_s").asDouble() > 0, measured.out());
        double share = 0;
        for (JsonNode phase : report.get("phases")) {
            share += phase.get("share").asDouble();
        }
        assertEquals(1, share, 1e-6, measured.out());
        assertTrue(report.at("/phases/training/gflops").asDouble() > 0, measured.out());
        assertEquals(4, report.at("/config/width").asInt());
        assertEquals(2, report.at("/config/classes").asInt());
    }

    @Test
    void estimateTellsTimeAndMemoryOfARun() throws IOException {
        Cli told = Cli.run("estimate --json --width 4 --ipc 2 --outer 3 --inner 5".split(" "));
        assertEquals(ExitCode.DONE, told.code(), told.err());
        JsonNode estimate = JSON.readTree(told.out());
        assertEquals(15, estimate.get("inner_loops").asInt());
        assertEquals(
                15 * estimate.get("inner_loop_s").asDouble(),
                estimate.get("seconds").asDouble(),
                1e-9,
                told.out());
        assertTrue(estimate.get("peak_rss_mib").asInt() > 50, told.out());
    }

    private Cli check() {
        return Cli.run("check", "--golden", folder.toString());
    }

    private void assertData(Path golden, String message) {
        Cli checked = Cli.run("check", "--golden", golden.toString());
        assertEquals(ExitCode.DATA, checked.code(), checked.toString());
        assertTrue(checked.err().startsWith("mdc: ") && checked.err().contains(message), checked.err());
        assertEquals(1, checked.err().lines().count(), checked.err());
    }

    private Path copy(String name, String as) throws IOException {
        Path target = Files.createDirectory(folder.resolve(as));
        try (Stream<Path> files = Files.list(REFERENCE.resolve(name))) {
            files.forEach(file -> {
                try {
                    Files.copy(file, target.resolve(file.getFileName()));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
        return target;
    }
}
