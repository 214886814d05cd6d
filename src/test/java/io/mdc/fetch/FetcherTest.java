package io.mdc.fetch;

import static io.mdc.testing.FileServer.fail;
import static io.mdc.testing.FileServer.serve;
import static io.mdc.testing.FileServer.serveUpTo;
import static io.mdc.testing.FileServer.serveWhole;
import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.sun.net.httpserver.HttpHandler;
import io.mdc.base.DataException;
import io.mdc.base.Seeds;
import io.mdc.testing.FileServer;
import io.mdc.testing.FileServer.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Fetches a file of 300,000 bytes from servers on this machine that do what servers do. */
@Timeout(60)
class FetcherTest {
    private static final int BYTES = 300_000;
    private static final int HALF = BYTES / 2;
    private static final byte[] CONTENT = bytes(1);
    private static final byte[] OTHER = bytes(2);

    private final FileServer server = new FileServer();
    private final List<String> notes = new ArrayList<>();
    private final List<Long> reached = new ArrayList<>();

    @TempDir
    private Path folder;

    private static byte[] bytes(int seed) {
        byte[] bytes = new byte[BYTES];
        Seeds.generator(seed, "fetcher").nextBytes(bytes);
        return bytes;
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private final class Recorder implements FetchObserver {
        @Override
        public void begin(String file, long bytes, long done) {
            assertEquals("file.bin", file);
            assertEquals(BYTES, bytes);
            reached.add(done);
        }

        @Override
        public void update(long done, String status) {
            reached.add(done);
        }

        @Override
        public void note(String line) {
            notes.add(line);
        }
    }

    private boolean fetch(Duration patience, URI own, URI... mirrors) throws Exception {
        String checksum =
                HexFormat.of().formatHex(MessageDigest.getInstance("MD5").digest(CONTENT));
        Download download =
                new Download("file.bin", List.of(own.resolve("file.bin")), BYTES, Download.Algorithm.MD5, checksum);
        return new Fetcher(new Recorder(), patience, Duration.ofMillis(1)).fetch(download, List.of(mirrors), folder);
    }

    private boolean fetch(URI own, URI... mirrors) throws Exception {
        return fetch(Duration.ofSeconds(20), own, mirrors);
    }

    private String failure(URI own, URI... mirrors) {
        String message =
                assertThrows(DataException.class, () -> fetch(own, mirrors)).getMessage();
        assertFalse(Files.exists(folder.resolve("file.bin")));
        return message;
    }

    private URI good() {
        return server.on("/good/", exchange -> serve(exchange, CONTENT));
    }

    private Path part() {
        return folder.resolve("file.bin.part");
    }

    private void assertFetched() throws IOException {
        assertArrayEquals(CONTENT, Files.readAllBytes(folder.resolve("file.bin")));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(folder.resolve("file.bin")), files.toList());
        }
    }

    private List<String> ranges() {
        return server.requests().stream().map(Request::range).toList();
    }

    @Test
    void whatIsThereAndRightIsNotFetchedAgain() throws Exception {
        assertTrue(fetch(good()));
        assertFetched();
        assertEquals(0, reached.get(0));
        assertEquals(BYTES, reached.get(reached.size() - 1));
        assertFalse(fetch(URI.create("http://localhost:1/")));
        assertEquals(1, server.requests().size());
        assertEquals(List.of(), notes);
    }

    @Test
    void whatIsThereAndWrongIsReplaced() throws Exception {
        Path file = Files.write(folder.resolve("file.bin"), OTHER);
        assertTrue(fetch(good()));
        assertFetched();
        assertTrue(notes.get(0).startsWith(file + ": MD5 "), notes.toString());
    }

    @Test
    void brokenConnectionIsContinuedWhereItBroke() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        URI address = server.on(
                "/half/",
                exchange -> serveUpTo(exchange, CONTENT, calls.incrementAndGet() == 1 ? HALF : CONTENT.length));
        assertTrue(fetch(address));
        assertFetched();
        assertEquals(2, server.requests().size());
        Request second = server.requests().get(1);
        assertEquals("bytes=" + HALF + "-", second.range());
        assertEquals(FileServer.TAG, second.ifRange());
        assertEquals(1, notes.size(), notes.toString());
    }

    @Test
    void manyBreaksAreFineAsLongAsEachBringsSomething() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        URI address = server.on(
                "/steps/", exchange -> serveUpTo(exchange, CONTENT, Math.min(BYTES, 30_000 * calls.incrementAndGet())));
        assertTrue(fetch(address));
        assertFetched();
        assertEquals(10, server.requests().size());
    }

    @Test
    void anEarlierProcessIsContinued() throws Exception {
        Files.write(part(), Arrays.copyOf(CONTENT, HALF));
        assertTrue(fetch(good()));
        assertFetched();
        assertEquals(List.of(new Request("/good/file.bin", "bytes=" + HALF + "-", null)), server.requests());
        assertEquals(HALF, reached.get(0));
    }

    @Test
    void whatArrivedIsKeptFromAnAddressThatHasAnotherFile() throws Exception {
        Files.write(part(), Arrays.copyOf(CONTENT, HALF));
        String message = failure(server.on("/portal/", exchange -> serveWhole(exchange, new byte[99], true)));
        assertTrue(message.contains("it has 99 bytes, expected 300000"), message);
        assertArrayEquals(Arrays.copyOf(CONTENT, HALF), Files.readAllBytes(part()));
    }

    @Test
    void completePartIsOnlyGivenItsName() throws Exception {
        Files.write(part(), CONTENT);
        assertTrue(fetch(good()));
        assertFetched();
        assertEquals(List.of(), server.requests());
    }

    @ParameterizedTest
    @ValueSource(ints = {1, HALF, BYTES, BYTES + 1})
    void partOfAnotherFileIsThrownAway(int length) throws Exception {
        Files.write(part(), Arrays.copyOf(OTHER, length));
        assertTrue(fetch(good()));
        assertFetched();
    }

    @Test
    void serverThatIgnoresRangesMakesItStartOver() throws Exception {
        Files.write(part(), Arrays.copyOf(CONTENT, HALF));
        assertTrue(fetch(server.on("/whole/", exchange -> serveWhole(exchange, CONTENT, true))));
        assertFetched();
        assertEquals(1, server.requests().size());
    }

    @Test
    void serverWithoutLengthsIsFine() throws Exception {
        assertTrue(fetch(server.on("/whole/", exchange -> serveWhole(exchange, CONTENT, false))));
        assertFetched();
    }

    @Test
    void serverThatRefusesToContinueMakesItStartOver() throws Exception {
        Files.write(part(), Arrays.copyOf(CONTENT, HALF));
        HttpHandler handler = exchange -> {
            if (exchange.getRequestHeaders().containsKey("Range")) {
                fail(exchange, 416);
            } else {
                serve(exchange, CONTENT);
            }
        };
        assertTrue(fetch(server.on("/refuses/", handler)));
        assertFetched();
        assertEquals(Arrays.asList("bytes=" + HALF + "-", null), ranges());
    }

    @Test
    void rangeThatWasNotAskedForIsNotMixedIn() throws Exception {
        Files.write(part(), Arrays.copyOf(CONTENT, HALF));
        URI address = server.on("/shifted/", exchange -> {
            exchange.getResponseHeaders().set("Content-Range", "bytes 0-" + (BYTES - 1) + "/" + BYTES);
            exchange.sendResponseHeaders(206, BYTES);
            exchange.getResponseBody().write(CONTENT);
        });
        String message = failure(address);
        assertTrue(message.contains("asked for bytes from " + HALF + ", it sends 'bytes 0-299999/300000'"), message);
        assertArrayEquals(Arrays.copyOf(CONTENT, HALF), Files.readAllBytes(part()));
    }

    @Test
    void mirrorsComeFirstAndMissingFilesLeadToTheNextAddress() throws Exception {
        URI missing = server.on("/missing/", exchange -> fail(exchange, 404));
        URI mirror = URI.create(
                server.on("/mirror", exchange -> serve(exchange, CONTENT)).toString());
        assertTrue(fetch(good(), missing, mirror));
        assertFetched();
        assertEquals(
                List.of("/missing/file.bin", "/mirror/file.bin"),
                server.requests().stream().map(Request::path).toList());
        assertEquals(List.of(missing + "file.bin: HTTP 404; trying " + mirror + "/file.bin"), notes);
    }

    @Test
    void aFileBegunAtOneAddressIsContinuedAtTheNext() throws Exception {
        URI mirror = server.on("/breaks/", exchange -> serveUpTo(exchange, CONTENT, HALF));
        assertTrue(fetch(good(), mirror));
        assertFetched();
        Request last = server.requests().get(server.requests().size() - 1);
        assertEquals(new Request("/good/file.bin", "bytes=" + HALF + "-", null), last);
    }

    @Test
    void anotherFileIsRefusedAndTheNextAddressTried() throws Exception {
        URI wrong = server.on("/wrong/", exchange -> serve(exchange, OTHER));
        assertTrue(fetch(good(), wrong));
        assertFetched();
        assertTrue(notes.get(0).startsWith(wrong + "file.bin: another file: MD5 "), notes.toString());
    }

    @Test
    void anotherFileEverywhereLeavesNothingBehind() throws Exception {
        URI wrong = server.on("/wrong/", exchange -> serve(exchange, OTHER));
        String message = failure(wrong);
        assertTrue(
                message.startsWith("file.bin: cannot be fetched (" + wrong + "file.bin: another file: MD5 "), message);
        assertTrue(message.contains("--mirror") && message.lines().count() == 1, message);
        assertEquals(0, reached.get(reached.size() - 1));
        assertFalse(Files.exists(part()));
        assertEquals(1, server.requests().size());
    }

    @ParameterizedTest
    @ValueSource(ints = {10, BYTES + 1})
    void announcedSizeMustBeThePublishedOne(int size) {
        URI address = server.on("/size/", exchange -> serveWhole(exchange, new byte[size], true));
        String message = failure(address);
        assertTrue(message.contains("it has " + size + " bytes, expected 300000"), message);
        assertEquals(1, server.requests().size());
        assertFalse(Files.exists(part()));
    }

    @Test
    void moreThanWasPublishedIsRefused() {
        byte[] more = Arrays.copyOf(CONTENT, BYTES + 100);
        String message = failure(server.on("/more/", exchange -> serveWhole(exchange, more, false)));
        assertTrue(message.contains("it sends more than the expected 300000 bytes"), message);
        assertFalse(Files.exists(part()));
    }

    @Test
    void whatArrivedOfAFileThatAlwaysBreaksOffIsKept() throws Exception {
        byte[] less = Arrays.copyOf(CONTENT, HALF);
        String message = failure(server.on("/less/", exchange -> serveWhole(exchange, less, false)));
        assertTrue(message.contains("it ended after 150000 of 300000 bytes"), message);
        assertArrayEquals(less, Files.readAllBytes(part()));
        assertTrue(server.requests().size() <= 5, server.requests().toString());
    }

    @Test
    void busyServerIsAskedAgain() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        URI address = server.on("/busy/", exchange -> {
            if (calls.incrementAndGet() < 3) {
                fail(exchange, 503);
            } else {
                serve(exchange, CONTENT);
            }
        });
        assertTrue(fetch(address));
        assertFetched();
        assertEquals(List.of(address + "file.bin: HTTP 503; trying again in 0 s"), notes.subList(0, 1));
    }

    @Test
    void silentServerIsLeftAndContinued() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        URI address = server.on("/silent/", exchange -> {
            if (calls.incrementAndGet() > 1) {
                serve(exchange, CONTENT);
                return;
            }
            serveUpTo(exchange, CONTENT, HALF);
            try {
                Thread.sleep(30_000);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        assertTrue(fetch(Duration.ofSeconds(1), address));
        assertFetched();
        assertEquals(Arrays.asList(null, "bytes=" + HALF + "-"), ranges());
    }

    @Test
    void redirectsAreFollowed() throws Exception {
        URI good = good();
        URI moved = server.on("/moved/", exchange -> {
            exchange.getResponseHeaders().set("Location", good + "file.bin");
            fail(exchange, 301);
        });
        assertTrue(fetch(moved));
        assertFetched();
    }

    @Test
    void noServerIsSaid() {
        String message = failure(URI.create("http://localhost:1/"));
        assertTrue(message.contains("(http://localhost:1/file.bin: no connection)"), message);
    }

    @Test
    void twoProcessesDoNotWriteTheSamePart() {
        try (PartFile other = new PartFile(folder.resolve("file.bin"))) {
            assertEquals(
                    other.path() + ": is being fetched by another process; wait for it or end it", failure(good()));
        }
    }

    @Test
    void checksumsAreThoseOfTheAlgorithmNamed() throws IOException, NoSuchAlgorithmException {
        Path abc = Files.writeString(folder.resolve("abc"), "abc");
        // The digest of "abc" in FIPS 180-4's example and in RFC 1321's test suite.
        String sha256 = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        String md5 = "900150983cd24fb0d6963f7d28e17f72";
        assertTrue(new Download("abc", List.of(), 3, Download.Algorithm.SHA_256, sha256)
                .mismatch(abc)
                .isEmpty());
        assertTrue(new Download("abc", List.of(), 3, Download.Algorithm.MD5, md5)
                .mismatch(abc)
                .isEmpty());
        String other = md5.replace('9', '8');
        assertEquals(
                "MD5 " + md5 + ", expected " + other,
                new Download("abc", List.of(), 3, Download.Algorithm.MD5, other)
                        .mismatch(abc)
                        .orElseThrow());
        assertEquals(
                "3 bytes, expected 4",
                new Download("abc", List.of(), 4, Download.Algorithm.MD5, md5)
                        .mismatch(abc)
                        .orElseThrow());
    }

    @Test
    void malformedChecksumsAreRefused() {
        String digits = "0".repeat(32);
        for (String wrong : List.of("", digits.substring(1), digits + "0".repeat(32), "A" + digits.substring(1))) {
            assertThrows(
                    IllegalArgumentException.class,
                    () -> new Download("f", List.of(), 3, Download.Algorithm.MD5, wrong),
                    wrong);
        }
        assertThrows(
                IllegalArgumentException.class, () -> new Download("f", List.of(), -1, Download.Algorithm.MD5, digits));
    }
}
