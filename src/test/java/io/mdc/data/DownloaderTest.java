package io.mdc.data;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Downloads from servers on this machine that misbehave. */
class DownloaderTest {
    private static final String FILE = "data-set.bin";
    private static final byte[] CONTENT = new byte[300_000];

    static {
        new SplittableRandom(1).nextBytes(CONTENT);
    }

    @TempDir
    private Path folder;

    private HttpServer server;
    private final List<String> ranges = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.start();
    }

    @AfterEach
    void stop() {
        server.stop(0);
    }

    private interface Answer {
        void write(HttpExchange exchange, long start) throws IOException;
    }

    /** Serves below {@code /name/} and returns that address. */
    private URI serve(String name, Answer answer) {
        server.createContext("/" + name + "/", exchange -> {
            String range = exchange.getRequestHeaders().getFirst("Range");
            ranges.add(name + " " + range);
            long start = range == null ? 0 : Long.parseLong(range.replaceAll("\\D", ""));
            try (exchange) {
                answer.write(exchange, start);
            }
        });
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/" + name + "/");
    }

    private static void send(HttpExchange exchange, byte[] content, long start, int upTo) throws IOException {
        exchange.sendResponseHeaders(start > 0 ? 206 : 200, content.length - start);
        exchange.getResponseBody().write(content, (int) start, upTo - (int) start);
    }

    private static Download download(URI... addresses) {
        try {
            String md5 =
                    HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(CONTENT));
            List<URI> files = Arrays.stream(addresses).map(a -> a.resolve(FILE)).toList();
            return new Download(FILE, files, CONTENT.length, "MD5", md5);
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private boolean fetch(Download download, URI... mirrors) {
        return new Downloader(Duration.ofMillis(1)).fetch(download, List.of(mirrors), folder, bytes -> {}, () -> false);
    }

    private String failure(Download download) {
        String message =
                assertThrows(DataException.class, () -> fetch(download)).getMessage();
        assertFalse(message.contains("\n"), message);
        assertFalse(Files.exists(folder.resolve(FILE)));
        return message;
    }

    private void assertFetched() throws IOException {
        assertArrayEquals(CONTENT, Files.readAllBytes(folder.resolve(FILE)));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(1, files.count());
        }
    }

    @Test
    void aFileIsFetchedOnceWithProgress() throws IOException {
        URI good = serve("good", (exchange, start) -> send(exchange, CONTENT, start, CONTENT.length));
        AtomicLong last = new AtomicLong();
        Downloader downloader = new Downloader();
        assertTrue(downloader.fetch(download(good), List.of(), folder, last::set, () -> false));
        assertFetched();
        assertEquals(CONTENT.length, last.get());
        assertTrue(fetch(download(good)));
        assertEquals(List.of("good null"), ranges);
    }

    @Test
    void aConnectionThatBreaksOffIsResumed() throws IOException {
        URI broken = serve(
                "broken",
                (exchange, start) -> send(exchange, CONTENT, start, start == 0 ? CONTENT.length / 2 : CONTENT.length));
        assertTrue(fetch(download(broken)));
        assertFetched();
        assertEquals(List.of("broken null", "broken bytes=" + CONTENT.length / 2 + "-"), ranges);
    }

    @Test
    void whatArrivedBeforeAnInterruptionIsUsedByTheNextCall() throws IOException {
        URI good = serve("good", (exchange, start) -> send(exchange, CONTENT, start, CONTENT.length));
        AtomicLong arrived = new AtomicLong();
        assertFalse(
                new Downloader().fetch(download(good), List.of(), folder, arrived::set, () -> arrived.get() > 100_000));
        assertFalse(Files.exists(folder.resolve(FILE)));
        assertTrue(fetch(download(good)));
        assertFetched();
        assertEquals("good bytes=" + arrived.get() + "-", ranges.get(1));
    }

    @Test
    void aServerWithoutRangesStartsOver() throws IOException {
        Files.write(folder.resolve("." + FILE + ".part"), Arrays.copyOf(CONTENT, 1000));
        URI plain = serve("plain", (exchange, start) -> send(exchange, CONTENT, 0, CONTENT.length));
        assertTrue(fetch(download(plain)));
        assertFetched();
    }

    @Test
    void aDamagedPartIsThrownAwayAndFetchedAgain() throws IOException {
        Files.write(folder.resolve("." + FILE + ".part"), new byte[1000]);
        URI good = serve("good", (exchange, start) -> send(exchange, CONTENT, start, CONTENT.length));
        assertTrue(fetch(download(good)));
        assertFetched();
    }

    @Test
    void aServerThatLiesAboutTheSizeIsRefused() {
        URI liar = serve("liar", (exchange, start) -> {
            exchange.sendResponseHeaders(200, CONTENT.length + 5);
            exchange.getResponseBody().write(CONTENT);
        });
        assertTrue(failure(download(liar)).contains("the server announces 300005 bytes, expected 300000"));
        URI endless = serve("endless", (exchange, start) -> {
            exchange.sendResponseHeaders(200, 0); // chunked: no size announced
            exchange.getResponseBody().write(CONTENT);
            exchange.getResponseBody().write(CONTENT);
        });
        assertTrue(failure(download(endless)).contains("the server sends more than 300000 bytes"));
    }

    @Test
    void aWrongFileIsRefusedByItsChecksum() throws IOException {
        byte[] other = CONTENT.clone();
        other[77]++;
        URI wrong = serve("wrong", (exchange, start) -> send(exchange, other, start, other.length));
        String message = failure(download(wrong));
        assertTrue(message.startsWith(FILE + ": cannot be downloaded: " + wrong + FILE + ": MD5 is "), message);
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(0, files.count());
        }
    }

    @Test
    void mirrorsAndOtherAddressesAreTriedInOrder() throws IOException {
        URI missing = serve("missing", (exchange, start) -> exchange.sendResponseHeaders(404, -1));
        byte[] other = new byte[CONTENT.length];
        URI wrong = serve("wrong", (exchange, start) -> send(exchange, other, start, other.length));
        URI good = serve("good", (exchange, start) -> send(exchange, CONTENT, start, CONTENT.length));
        assertTrue(fetch(download(wrong, good), missing));
        assertFetched();
        assertEquals(List.of("missing null", "wrong null", "good null"), ranges);
    }

    @Test
    void aServerThatIsNotThereIsNamed() {
        URI nowhere = URI.create("http://127.0.0.1:1/");
        assertTrue(failure(download(nowhere)).contains(nowhere + FILE + ": "));
    }

    @Test
    void aFolderThatCannotBeMadeIsNamed() throws IOException {
        Path file = Files.createFile(folder.resolve("file"));
        Downloader downloader = new Downloader();
        String message = assertThrows(
                        DataException.class,
                        () -> downloader.fetch(download(), List.of(), file.resolve("inner"), bytes -> {}, () -> false))
                .getMessage();
        assertTrue(message.startsWith(file.resolve("inner") + ": cannot be written"), message);
    }

    @Test
    void completenessNeedsSizeAndChecksum() throws IOException {
        Path file = folder.resolve(FILE);
        assertFalse(Downloader.isComplete(download(), folder));
        Files.write(file, new byte[CONTENT.length]);
        assertFalse(Downloader.isComplete(download(), folder));
        Files.write(file, CONTENT);
        assertTrue(Downloader.isComplete(download(), folder));
    }
}
