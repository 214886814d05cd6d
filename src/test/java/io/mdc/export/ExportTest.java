package io.mdc.export;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.data.SourceFile;
import io.mdc.setting.ConfigException;
import io.mdc.testing.Folders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExportTest {
    @TempDir
    private Path folder;

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @EnumSource(Format.class)
    void cardAndScriptAreWithTheImagesAndNothingElse(Format format) throws IOException {
        Path place = folder.resolve("deep/out");
        ExportFiles files = TinyExport.export(format).write(TinyExport.images(), place);
        String script = Files.readString(files.script());
        if (format.writer().isDirectory()) {
            assertEquals(List.of("out"), names(folder.resolve("deep")));
            assertEquals(place.resolve("CARD.md"), files.card());
            assertTrue(script.contains("parent / \"\"\n"), script);
        } else {
            assertEquals(List.of("out", "out.card.md", "out.train.py"), names(folder.resolve("deep")));
            assertTrue(script.contains("parent / \"out\"\n"), script);
            String checksum = SourceFile.of(place).sha256();
            assertTrue(Files.readString(files.card()).contains("SHA-256 of `out`: `" + checksum + "`."));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"out", "out.card.md", "out.train.py"})
    void nothingIsReplaced(String name) throws IOException {
        Path mine = Files.writeString(folder.resolve(name), "mine");
        Path out = folder.resolve("out");
        String message = assertThrows(ConfigException.class, () -> TinyExport.export(Format.PT)
                        .write(TinyExport.images(), out))
                .getMessage();
        assertEquals(
                "--out " + out + ": " + (name.equals("out") ? "" : mine + " ") + "exists already; name another path",
                message);
        assertEquals(List.of(name), names(folder));
        assertEquals("mine", Files.readString(mine));
    }

    @Test
    void anEmptyDirectoryIsNotTakenEither() throws IOException {
        Path out = Files.createDirectory(folder.resolve("out"));
        assertThrows(ConfigException.class, () -> TinyExport.export(Format.NPY).write(TinyExport.images(), out));
        assertEquals(List.of(), Folders.files(out));
    }

    @ParameterizedTest
    @EnumSource(
            value = Format.class,
            names = {"CIFAR_BINARY", "FOLDER"})
    void imagesThatDoNotFitLeaveNothing(Format format) throws IOException {
        ExportedImages images = TinyExport.images(TinyExport.set(2, 4, 1), 1, ImageKind.STORED);
        assertThrows(ConfigException.class, () -> TinyExport.export(format).write(images, folder.resolve("deep/out")));
        assertEquals(List.of(), names(folder));
    }

    @Test
    void whatFailsHalfWayLeavesNothing() throws IOException {
        String longName = "n".repeat(250); // a card beside it would have too long a name
        for (Format format : List.of(Format.NPZ, Format.CIFAR_BINARY)) {
            assertThrows(IOException.class, () -> TinyExport.export(format)
                    .write(TinyExport.images(), folder.resolve(longName)));
            assertEquals(List.of(), names(folder));
        }
    }

    @Test
    void thePlaceMustHaveAName() {
        assertFalse(Files.exists(Path.of("/.card.md")));
        assertThrows(ConfigException.class, () -> ExportFiles.at(Path.of("/"), Format.PT.writer()));
        assertThrows(ConfigException.class, () -> ExportFiles.at(Path.of(""), Format.PT.writer()));
    }
}
