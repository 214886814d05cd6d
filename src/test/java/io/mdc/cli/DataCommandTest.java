package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.mdc.data.Datasets;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.StreamSupport;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DataCommandTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    private Path folder;

    @Test
    void everyDataSetIsListed() throws IOException {
        Cli listed = Cli.run("data", "list", "--json");
        assertEquals(ExitCode.DONE, listed.code(), listed.toString());
        List<String> names = StreamSupport.stream(JSON.readTree(listed.out()).spliterator(), false)
                .map(line -> line.get("name").asText())
                .toList();
        assertEquals(Datasets.names(), names);
        assertEquals(170052171, JSON.readTree(listed.out()).get(1).get("bytes").asLong());
        String table = Cli.run("data", "list").out();
        Datasets.names().forEach(name -> assertTrue(table.contains("\n" + name + " "), table));
    }

    @Test
    void showsCountsStatisticsAndASheet() throws IOException {
        Path sheet = folder.resolve("my sheet.png");
        Cli shown = Cli.run("data", "show", "--dataset", "shapes", "--json", "--out", sheet.toString());
        assertEquals(ExitCode.DONE, shown.code(), shown.toString());
        JsonNode figures = JSON.readTree(shown.out());
        assertEquals(10, figures.get("classes").size());
        assertEquals(200, figures.at("/classes/3/train").asInt());
        assertEquals(100, figures.at("/classes/3/test").asInt());
        assertEquals(figures.get("measured"), figures.get("used"));
        BufferedImage image = ImageIO.read(sheet.toFile());
        assertEquals(10 * (2 * 32 + 2) + 2, image.getHeight());
        Cli text = Cli.run("data", "show", "--out", sheet.toString());
        assertTrue(text.out().contains("all"), text.out());
        assertTrue(text.out().endsWith("sheet  " + sheet + "\n"), text.out());
    }

    @Test
    void verifiesByReadingEverything() {
        Cli verified = Cli.run("data", "verify", "--dataset", "shapes");
        assertEquals(ExitCode.DONE, verified.code(), verified.toString());
        assertEquals(
                "shapes: 2000 training and 1000 test images of 10 classes read, 0 left out,"
                        + " 0 published checksums compared\n",
                verified.out());
    }

    @Test
    void anArchiveThatIsNotThePublishedOneFailsVerification() throws IOException {
        Files.writeString(folder.resolve("cifar-10-binary.tar.gz"), "not it");
        Cli verified = Cli.run("data", "verify", "--dataset", "cifar10", "--data-dir", folder.toString());
        assertEquals(ExitCode.DATA, verified.code(), verified.toString());
        assertTrue(verified.err().contains("cifar-10-binary.tar.gz: cannot be unpacked"), verified.err());
    }

    @ParameterizedTest
    @ValueSource(strings = {"shapes", "imagenet10", "folder", "npz", "nothing"})
    void whatCannotBeFetchedSaysSo(String name) {
        Cli fetched = Cli.run("data", "fetch", name);
        assertEquals(ExitCode.USAGE, fetched.code(), fetched.toString());
        assertEquals(1, fetched.err().lines().count(), fetched.err());
    }

    @Test
    void aSubcommandIsNeeded() {
        Cli bare = Cli.run("data");
        assertEquals(ExitCode.USAGE, bare.code());
        assertTrue(bare.err().startsWith("mdc: name one of: list, fetch, verify, show"), bare.err());
    }
}
