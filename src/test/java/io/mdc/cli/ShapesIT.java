package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The built-in images are worth condensing: one a class teaches little, all of them nearly everything. */
class ShapesIT {
    @TempDir
    private Path folder;

    @Test
    void oneImageOfAClassTeachesLittleAndAllTeachEverything() throws IOException {
        String run = folder.resolve("run").toString();
        Cli condensed = Cli.run(
                "condense",
                "--outer=0",
                "--init=random",
                "--factor=1",
                "--ipc=1",
                "--width=16",
                "--epochs=200",
                "--evaluate=false",
                "--out=" + run);
        assertEquals(ExitCode.DONE, condensed.code(), condensed.err());
        Cli compared = Cli.run("evaluate", run, "--robust", "--draws=2", "--epochs-real=12", "--json");
        assertEquals(ExitCode.DONE, compared.code(), compared.err());
        JsonNode last = new ObjectMapper().readTree(compared.out()).at("/results/0/last");
        double random = last.at("/random/mean").asDouble();
        assertTrue(random > 15 && random < 60, "random image of each class: " + random);
        assertTrue(last.at("/real").asDouble() > 95, "all images: " + last.at("/real"));
    }
}
