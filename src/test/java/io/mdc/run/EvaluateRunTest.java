package io.mdc.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;

import io.mdc.data.Dataset;
import io.mdc.evaluate.CondensedSet;
import io.mdc.evaluate.Protocol;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluateRunTest {
    private static final Dataset DATA = TinySettings.dataset();

    @TempDir
    private Path folder;

    @BeforeEach
    void writeNetworks() throws IOException {
        write("a", "one");
        write("b", "two");
    }

    private void write(String in, String content) throws IOException {
        Files.writeString(Files.createDirectories(folder.resolve(in)).resolve("net.json"), content);
    }

    private static Protocol protocol(String condensing, String networks) {
        return EvaluateRun.protocol(
                TinySettings.with("network", condensing, "networks", networks).evaluating(),
                DATA,
                new CondensedSet(new float[4 * 3 * 12 * 12], new int[] {4, 3, 12, 12}, 4, 1));
    }

    @Test
    void aFileOfANetworkCountsByNameAndContentNotByPlace() throws IOException {
        Protocol first = protocol(folder + "/a/net.json", folder + "/a/net.json");
        assertEquals(first, protocol(folder + "/b/../a/net.json", folder + "/./a/net.json"));
        assertNotEquals(first, protocol(folder + "/a/net.json", folder + "/b/net.json"));
        assertNotEquals(first, protocol("convnet", folder + "/a/net.json"));
        write("a", "changed");
        assertNotEquals(first, protocol(folder + "/a/net.json", folder + "/a/net.json"));
    }

    @Test
    void filesOfOneNameThatChangePlacesAreTold() throws IOException {
        String both = folder + "/a/net.json," + folder + "/b/net.json";
        Protocol before = protocol("convnet", both);
        write("a", "two");
        write("b", "one");
        assertNotEquals(before, protocol("convnet", both));
    }
}
