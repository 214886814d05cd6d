package io.mdc.check;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.mdc.base.DataException;
import io.mdc.numpy.NumpyArray;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Precision;
import io.mdc.testing.TestBackends;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ChecksTest {
    private static final Path BUILT_IN = Path.of("src/main/resources/io/mdc/check/reference");

    /** More cases than the program has built in, where there are any. */
    private static final Path MORE = Path.of(System.getProperty("mdc.golden", "../shared/golden"));

    /** Cases of methods beyond those there are. */
    private static final Path METHODS = Path.of(System.getProperty("mdc.golden.methods", "../shared/golden-methods"));

    @TempDir
    private Path directory;

    private static String failures(List<CheckResult> results) {
        return results.stream()
                .filter(result -> !result.status().equals("ok"))
                .map(CheckResult::toString)
                .collect(Collectors.joining("\n"));
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void everyBuiltInCaseIsWithinItsTolerance(Backend backend) throws IOException {
        List<CheckResult> results = Checks.builtIn().run(List.of(backend));
        assertEquals("", failures(results));
        try (Stream<Path> folders = Files.list(BUILT_IN)) {
            Set<String> names = folders.filter(Files::isDirectory)
                    .map(folder -> folder.getFileName().toString())
                    .collect(Collectors.toCollection(TreeSet::new));
            assertEquals(names, results.stream().map(CheckResult::name).collect(Collectors.toCollection(TreeSet::new)));
        }
        for (CheckResult result : results) {
            assertEquals(backend.name(), result.path());
            assertEquals(backend.precision() == Precision.DOUBLE ? "double" : "float", result.precision());
            assertTrue(result.error() > 0 || !result.name().startsWith("matching-"), result::toString);
        }
    }

    @Test
    void everyCaseOfALargerSetIsWithinItsTolerance() {
        assumeTrue(
                Files.isDirectory(MORE),
                "no directory " + MORE + "; -Dmdc.golden=DIR names one with more reference cases");
        List<CheckResult> results = Checks.in(MORE).run(List.of(TestBackends.DOUBLE, TestBackends.HOST));
        assertEquals("", failures(results));
    }

    @ParameterizedTest
    @MethodSource("io.mdc.testing.TestBackends#all")
    void casesOfMethodsAreWithinTheirTolerance(Backend backend) {
        assumeTrue(
                Files.isDirectory(METHODS),
                "no directory " + METHODS + "; -Dmdc.golden.methods=DIR names one with reference cases of methods");
        for (CheckResult result : Checks.in(METHODS).run(List.of(backend))) {
            assertEquals("ok", result.status(), result::toString);
        }
    }

    /** Copies a built-in case. */
    private Path copy(String name) throws IOException {
        Path target = Files.createDirectories(directory.resolve(name));
        try (Stream<Path> files = Files.list(BUILT_IN.resolve(name))) {
            for (Path file : files.toList()) {
                Files.copy(file, target.resolve(file.getFileName()));
            }
        }
        return target;
    }

    /** Changes one element of an array by a part of the array's largest. */
    private static void disturb(Path file, double part) throws IOException {
        NumpyArray array;
        try (InputStream in = Files.newInputStream(file)) {
            array = NumpyArray.read(in);
        }
        double[] values = array.toDoubles();
        double largest = 0;
        int place = 0;
        for (int i = 0; i < values.length; i++) {
            if (Math.abs(values[i]) > largest) {
                largest = Math.abs(values[i]);
                place = i;
            }
        }
        values[place] += part * largest;
        try (OutputStream out = Files.newOutputStream(file)) {
            NumpyArray.of(values, array.shape()).write(out);
        }
    }

    private CheckResult only(Backend backend) {
        List<CheckResult> results = Checks.in(directory).run(List.of(backend));
        assertEquals(1, results.size());
        return results.get(0);
    }

    @ParameterizedTest
    @CsvSource({
        "decode-8-f2,decoded",
        "decode-14-f3,grad_images",
        "augment-rotate,output",
        "augment-contrast,grad_input",
        "network-convnet,logits",
        "network-convnet,grad.layers.conv.1.weight",
        "network-convnet,grad_input",
        "matching-all-prefixes-mse,grad_syn",
        "matching-base-cosine,grad_syn",
        "matching-dc-cosine,grad_syn",
        "distribution-all-prefixes,grad_syn",
        "trajectory-3-steps,grad_syn",
        "matching-subset-frozen-mse,grad_syn",
        "train-3-steps,after.classifier.weight",
        "update-5-steps,syn_after",
        "lbpe,score",
        "lbpe,order"
    })
    void aDisturbedReferenceFails(String name, String array) throws IOException {
        Path file = copy(name).resolve(array + ".npy");
        CheckResult before = only(TestBackends.HOST);
        assertEquals("ok", before.status());
        disturb(file, 0.05);
        CheckResult after = only(TestBackends.HOST);
        assertEquals("failed", after.status());
        assertTrue(after.isFailed());
        assertFalse(before.isFailed());
        assertTrue(after.error() > after.tolerance() && before.error() < before.tolerance());
    }

    @ParameterizedTest
    @CsvSource({
        "network-convnet,loss",
        "matching-all-prefixes-mse,total_loss",
        "matching-dc-cosine,total_loss",
        "matching-subset-l1,total_loss",
        "matching-subset-l1,base_loss"
    })
    void aDisturbedScalarFails(String name, String key) throws IOException {
        Path file = copy(name).resolve("case.json");
        ObjectMapper json = new ObjectMapper();
        var settings = (ObjectNode) json.readTree(file.toFile());
        settings.put(key, settings.get(key).asDouble() * (1 + 1e-8));
        json.writeValue(file.toFile(), settings);
        CheckResult result = only(TestBackends.DOUBLE);
        assertEquals("failed", result.status());
        assertEquals(1e-8, result.error(), 1e-9);
    }

    @Test
    void aDisturbedLossOfOnePrefixFails() throws IOException {
        Path file = copy("matching-all-prefixes-mse").resolve("case.json");
        assertEquals("ok", only(TestBackends.DOUBLE).status());
        ObjectMapper json = new ObjectMapper();
        var settings = (ObjectNode) json.readTree(file.toFile());
        var losses = (ArrayNode) settings.get("prefix_losses");
        losses.set(2, losses.get(2).asDouble() * (1 + 1e-7));
        json.writeValue(file.toFile(), settings);
        assertEquals("failed", only(TestBackends.DOUBLE).status());
    }

    @Test
    void aReferenceThatIsNotANumberFails() throws IOException {
        Path file = copy("matching-base-mse").resolve("grad_syn.npy");
        disturb(file, Double.NaN);
        CheckResult result = only(TestBackends.HOST);
        assertEquals("failed", result.status(), "though other arrays of the case agree");
    }

    @Test
    void casesOfUnknownNetworksAreSkippedWithTheReasonAndThoseOfUnknownKindsRefused() throws IOException {
        copy("augment-flip");
        Files.move(directory.resolve("augment-flip"), directory.resolve("sorcery-1"));
        assertTrue(assertThrows(DataException.class, () -> only(TestBackends.HOST))
                .getMessage()
                .startsWith("reference case sorcery-1: is of no known kind; names begin with decode-, "));
        Files.move(directory.resolve("sorcery-1"), directory.resolve("augment-sharpen"));
        assertEquals("no such augmentation yet", only(TestBackends.HOST).reason());
        Files.move(directory.resolve("augment-sharpen"), directory.resolve("network-other"));
        CheckResult result = only(TestBackends.HOST);
        assertEquals("no such network yet", result.reason());
        assertEquals("skipped", result.status());
        assertFalse(result.isFailed());
    }

    @Test
    void damagedCasesAreNamed() throws IOException {
        Path output = copy("augment-flip").resolve("output.npy");
        Files.write(output, new byte[30]);
        String damaged =
                assertThrows(DataException.class, () -> only(TestBackends.HOST)).getMessage();
        assertEquals("reference case augment-flip: output.npy: not a .npy array", damaged);
        Files.delete(output);
        String missing =
                assertThrows(DataException.class, () -> only(TestBackends.HOST)).getMessage();
        assertEquals("reference case augment-flip: output.npy is missing", missing);
        Files.write(directory.resolve("augment-flip/case.json"), new byte[] {'{'});
        assertThrows(DataException.class, () -> only(TestBackends.HOST));
    }

    @Test
    void aValueThatIsNotThereIsNamed() throws IOException {
        Files.writeString(copy("decode-8-f2").resolve("case.json"), "{}");
        String without =
                assertThrows(DataException.class, () -> only(TestBackends.HOST)).getMessage();
        assertTrue(without.startsWith("reference case decode-8-f2: No value for property 'factor'"), without);
    }

    @Test
    void aDirectoryWithoutCasesIsRefused() {
        String empty =
                assertThrows(DataException.class, () -> Checks.in(directory)).getMessage();
        assertTrue(empty.startsWith(directory + ": no reference cases"), empty);
        assertThrows(DataException.class, () -> Checks.in(directory.resolve("missing")));
    }

    @Test
    void resultsAreThoseThatScriptsRelyOn() throws IOException {
        copy("decode-8-f2");
        List<CheckResult> results =
                Checks.in(directory).run(List.of(TestBackends.DOUBLE, TestBackends.FLOAT, TestBackends.HOST));
        assertEquals(
                List.of("nd4j double", "nd4j float", "host float"),
                results.stream().map(r -> r.path() + " " + r.precision()).toList());
        ObjectMapper json = new ObjectMapper();
        var tree = json.readTree(json.writeValueAsString(results.get(0)));
        List<String> fields = new ArrayList<>();
        tree.fieldNames().forEachRemaining(fields::add);
        assertTrue(
                fields.containsAll(List.of("name", "path", "precision", "error", "tolerance", "status")),
                fields::toString);
        assertFalse(fields.contains("reason"), "only skipped cases have a reason");
        assertEquals(1e-9, tree.get("tolerance").asDouble());
    }
}
