package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The program, without its launcher, in a locale that knows ASCII only, on names that are not ASCII. */
@EnabledOnOs(OS.LINUX)
class LocaleIT {
    private static final int PATIENCE_SECONDS = 60;
    private static final List<String> PHOTOS =
            List.of("train/cat/größe.png", "train/été/1.png", "val/cat/2.png", "val/été/3.png");
    private static final String HELP = " in it cannot be expressed in this locale, whose encoding is US-ASCII; set"
            + " LC_ALL=C.UTF-8 and start again\n";

    @TempDir
    private Path folder;

    private byte[] photo;

    @BeforeEach
    void draw() throws IOException {
        Path file = folder.resolve("photo.png");
        BufferedImage image = new BufferedImage(16, 16, BufferedImage.TYPE_INT_RGB);
        image.setRGB(8, 8, 0xFFFFFF);
        ImageIO.write(image, "png", file.toFile());
        photo = Files.readAllBytes(file);
    }

    /** Can be made whatever the locale of this process. */
    private Path archive() throws IOException {
        Path archive = folder.resolve("photos.zip");
        try (ZipOutputStream zip = new ZipOutputStream(Files.newOutputStream(archive), StandardCharsets.UTF_8)) {
            for (String name : PHOTOS) {
                zip.putNextEntry(new ZipEntry(name));
                zip.write(photo);
            }
        }
        return archive;
    }

    /** Unpacks the archive by a process of its own that knows UTF-8, and returns where to. */
    private Path unpacked() throws Exception {
        assertEquals(ExitCode.DONE, verify("C.UTF-8", archive()).code());
        try (var folders = Files.list(folder.resolve("cache/unpacked"))) {
            return folders.findFirst().orElseThrow();
        }
    }

    private Cli verify(String locale, Path data, String... more) throws Exception {
        List<String> arguments =
                new ArrayList<>(List.of("data", "verify", "--dataset=folder", "--size=8", "--data-dir=" + data));
        arguments.addAll(List.of(more));
        Map<String, String> environment =
                Map.of("LC_ALL", locale, "MDC_DATA_DIR", folder.resolve("cache").toString());
        try (JavaProcess process = JavaProcess.start(folder, environment, arguments)) {
            assertTrue(process.ends(TimeUnit.SECONDS.toMillis(PATIENCE_SECONDS)), "does not end");
            return process.result();
        }
    }

    @Test
    void anArchiveSaysThatTheLocaleIsAtFault() throws Exception {
        Path archive = archive();
        Cli ascii = verify("C", archive);
        assertEquals(ExitCode.DATA, ascii.code(), ascii.toString());
        assertEquals("mdc: " + archive + ": the name 'train/cat/größe.png'" + HELP, ascii.err());
        Cli unicode = verify("C.UTF-8", archive);
        assertEquals(ExitCode.DONE, unicode.code(), unicode.toString());
    }

    @Test
    void photosAreReadWhateverTheirNamesAndNotSkipped() throws Exception {
        Cli cat = verify("C", unpacked(), "--classes=cat", "--skip-bad-images");
        assertEquals(ExitCode.DONE, cat.code(), cat.toString());
        assertEquals(
                "folder: 1 training and 1 test images of 3x8x8 in 1 classes, loaded without complaint\n", cat.out());
    }

    @Test
    void aClassSaysThatTheLocaleIsAtFault() throws Exception {
        Path data = unpacked();
        Cli all = verify("C", data, "--skip-bad-images");
        assertEquals(ExitCode.DATA, all.code(), all.toString());
        assertTrue(all.err().startsWith("mdc: " + data + "/train: the name '"), all.err());
        assertTrue(all.err().endsWith("'" + HELP), all.err());
    }
}
