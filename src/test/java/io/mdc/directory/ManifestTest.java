package io.mdc.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.mdc.backend.Compute;
import io.mdc.base.DataException;
import io.mdc.base.Json;
import io.mdc.base.Workers;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.run.TinySettings;
import io.mdc.setting.Share;
import io.mdc.testing.TestBackends;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestTest {
    private static final RunConfig CONFIG = TinySettings.with("seed", "9");
    private static final Dataset DATA = TinySettings.dataset();

    @TempDir
    private Path folder;

    static Manifest begun(int threads) {
        try (Compute compute = new Compute(TestBackends.HOST, new Workers(threads), 4)) {
            return Manifest.begun(CONFIG, DATA, compute);
        }
    }

    @Test
    void tellsTheCircumstancesOfARun() {
        Manifest manifest = begun(3);
        assertEquals(3, manifest.threads());
        assertEquals(9, manifest.seed());
        assertEquals(DATA.sources(), manifest.data());
        assertEquals(DATA.classNames(), manifest.classes());
        assertEquals(DATA.normalization(), manifest.normalization());
        assertEquals(Machine.version(), manifest.version());
        assertEquals(Manifest.Status.RUNNING, manifest.status());
        assertNull(manifest.ended());
        assertEquals(0, manifest.resumed());
    }

    @Test
    void anEndedRunHasItsTimes() {
        Manifest finished = begun(1).ended(true, List.of(), 2.5);
        assertEquals(Manifest.Status.FINISHED, finished.status());
        assertEquals(2.5, finished.condenseSeconds());
        Instant started = Instant.parse(finished.started());
        assertEquals(false, Instant.parse(finished.ended()).isBefore(started));
        assertEquals(
                Manifest.Status.INTERRUPTED, begun(1).ended(false, List.of(), 0).status());
    }

    @Test
    void aResumedRunKeepsItsStartAndAddsItsSeconds() {
        Manifest first = begun(1).ended(false, List.of(), 2.5);
        try (Compute other = new Compute(TestBackends.FLOAT, new Workers(2), 4)) {
            Manifest second = first.resumedBy(CONFIG, DATA, other, first.condenseSeconds(), 7);
            assertEquals(first.started(), second.started());
            assertEquals(1, second.resumed());
            assertEquals(2, second.threads());
            assertEquals(Machine.backend(TestBackends.FLOAT), second.backend());
            assertEquals(Manifest.Status.RUNNING, second.status());
            assertNull(second.ended());
            assertEquals(4, second.ended(true, List.of(), 1.5).condenseSeconds());
            assertEquals(7, second.loopsBefore());
            assertNull(second.ended(true, List.of(), 1.5).loopsBefore());
        }
    }

    @Test
    void warningsOfAllPartsAreKeptOnce() {
        Manifest first = begun(1).ended(false, List.of("a"), 1);
        try (Compute compute = new Compute(TestBackends.HOST, new Workers(1), 4)) {
            Manifest second = first.resumedBy(CONFIG, DATA, compute, 0, 0);
            assertEquals(
                    List.of("a", "b"), second.ended(true, List.of("b", "a"), 1).warnings());
        }
    }

    @Test
    void theFileHasTheFieldsThatScriptsRelyOn() throws IOException {
        ObjectMapper json = new ObjectMapper();
        Manifest manifest = begun(1).ended(false, List.of(), 1);
        var tree = json.readTree(json.writeValueAsString(manifest));
        List<String> fields = new ArrayList<>();
        tree.fieldNames().forEachRemaining(fields::add);
        assertEquals(
                List.of(
                        "version",
                        "backend",
                        "cpu",
                        "java",
                        "threads",
                        "chunk",
                        "seed",
                        "data",
                        "classes",
                        "normalization",
                        "skipped_images",
                        "left_out_files",
                        "started",
                        "ended",
                        "status",
                        "resumed",
                        "warnings",
                        "condense_seconds"),
                fields);
        assertEquals("interrupted", tree.get("status").asText());
        Path file = folder.resolve("manifest.json");
        json.writeValue(file.toFile(), manifest);
        assertEquals(manifest, Manifest.read(file));
    }

    @Test
    void damageIsDataThatIsCorrupt() throws IOException {
        Path file = folder.resolve("manifest.json");
        for (String text : new String[] {"{\"version\": ", "{\"status\": \"lost\"}", "{}", "[]"}) {
            Files.writeString(file, text);
            String message = assertThrows(DataException.class, () -> Manifest.read(file), text)
                    .getMessage();
            assertEquals(file + ": not a readable manifest", message);
        }
    }

    /** Two zero bytes first are taken for UTF-32, of which the rest then is none. */
    @Test
    void bytesTakenForAnotherEncodingAreDamageToo() throws IOException {
        Path file = folder.resolve("manifest.json");
        byte[] bytes = Json.text(begun(1)).getBytes(StandardCharsets.UTF_8);
        bytes[0] = 0;
        bytes[1] = 0;
        Files.write(file, bytes);
        assertThrows(DataException.class, () -> Manifest.read(file));
    }

    @Test
    void numbersAndPathsThatNoneCanHaveAreDamage() throws IOException {
        Path file = folder.resolve("manifest.json");
        String text = Json.line(begun(1));
        for (String hostile : List.of(
                "\"loops_before\":-1",
                "\"imported\":{\"file\":\"/\",\"sha256\":\"a\",\"reading\":\"b\"}",
                "\"imported\":{\"file\":\"\\u0000\",\"sha256\":\"a\",\"reading\":\"b\"}")) {
            String others = text.replace("\"loops_before\":0,", "").replace(",\"loops_before\":0", "");
            Files.writeString(file, others.substring(0, others.length() - 1) + "," + hostile + "}");
            assertThrows(DataException.class, () -> Manifest.read(file), hostile);
        }
    }

    @Test
    void theOriginOfImagesIsKeptAsItIsReadAndWritten() throws IOException {
        Path file = folder.resolve("manifest.json");
        List<ImageOrigin.Part> parts = List.of(new ImageOrigin.Part("/a", "0"));
        for (ImageOrigin origin : List.of(
                ImageOrigin.CONDENSED,
                ImageOrigin.of(new Share(2, 5)),
                ImageOrigin.merged(parts),
                ImageOrigin.joined(parts).ordered(new Reordering("/b", "1", "random", List.of(), 1)),
                ImageOrigin.imported(new ImageOrigin.Source("/home/me/idc.pt", "abc", "as it was")))) {
            Files.writeString(file, Json.text(begun(1).from(origin)));
            assertEquals(origin, Manifest.read(file).ended(true, List.of(), 1).origin());
        }
    }
}
