package io.mdc.directory;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.evaluate.Cell;
import io.mdc.evaluate.Protocol;
import io.mdc.evaluate.Trial;
import io.mdc.network.NetworkChoice;
import io.mdc.run.TinySettings;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrainedModelsTest {
    @TempDir
    private Path folder;

    @Test
    void everyNetworkHasAFileOfItsOwn() throws IOException {
        var config = TinySettings.with();
        TrainedModels models = new TrainedModels(
                NewRun.create(folder.resolve("run"), config),
                new Protocol(Map.of(), 1, "", ""),
                config.network(),
                TinySettings.dataset());
        List<String> names = List.of("a-net.json", "a/net.json", "a_net.json", "a net.json", "resnet10:4").stream()
                .map(network ->
                        models.file(new Trial(new Cell(NetworkChoice.parse(network), OptionalInt.empty(), 2, 8, 5), 1)))
                .map(file -> file.getFileName().toString())
                .toList();
        assertEquals("a-net.json-size2-repeat1.zip", names.get(0));
        assertTrue(names.get(1).matches("a-net\\.json-[0-9a-f]{8}-size2-repeat1\\.zip"), names.get(1));
        assertEquals("resnet10-4-size2-repeat1.zip", names.get(4));
        assertEquals(names.size(), names.stream().distinct().count(), names.toString());
    }
}
