package io.mdc.data;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.LongConsumer;
import java.util.stream.Stream;

/**
 * Downloads published files: resumes what was broken off, tries mirrors, and gives a file its name only when its size
 * and checksum are right.
 *
 * <p>What has arrived is kept beside the target as {@code .NAME.part}, from where a later call goes on.
 */
public final class Downloader {
    private static final int ATTEMPTS = 4;
    private static final Duration CONNECT = Duration.ofSeconds(30);
    private static final int BUFFER = 1 << 16;

    private final HttpClient client = HttpClient.newBuilder()
            .followRedirects(HttpClient.Redirect.NORMAL)
            .connectTimeout(CONNECT)
            .build();
    private final Duration pause;

    /** A downloader that waits a second, then longer and longer, before it tries an address again. */
    public Downloader() {
        this(Duration.ofSeconds(1));
    }

    Downloader(Duration pause) {
        this.pause = pause;
    }

    /** What a server sends is not the file; another attempt at the same address is no use. */
    private static final class WrongFileException extends IOException {
        private static final long serialVersionUID = 1L;

        WrongFileException(String message) {
            super(message);
        }
    }

    /**
     * Whether a file is there with the right size and checksum.
     *
     * @throws DataException if it cannot be read
     */
    public static boolean isComplete(Download download, Path folder) {
        Path file = folder.resolve(download.file());
        try {
            return Files.isRegularFile(file)
                    && Files.size(file) == download.bytes()
                    && checksum(download, file).equals(download.checksum());
        } catch (IOException e) {
            throw new DataException(file + ": cannot be read (" + e.getMessage() + "); check its permissions", e);
        }
    }

    /**
     * Downloads a file unless it is there already.
     *
     * @param download what to get
     * @param mirrors folders to try first, to which the file's name is appended
     * @param folder where to, made if need be
     * @param progress told how many bytes have arrived
     * @param stop asked often; what has arrived is kept
     * @return whether the file is there now; false if stopped
     * @throws DataException if no address has it, or it cannot be written
     */
    public boolean fetch(
            Download download, List<URI> mirrors, Path folder, LongConsumer progress, BooleanSupplier stop) {
        if (isComplete(download, folder)) {
            return true;
        }
        requireWritable(folder);
        Path part = folder.resolve("." + download.file() + ".part");
        List<String> problems = new ArrayList<>();
        for (URI address : addresses(download, mirrors)) {
            try {
                if (!fetch(download, address, part, progress, stop)) {
                    return false;
                }
                Files.move(part, folder.resolve(download.file()), StandardCopyOption.ATOMIC_MOVE);
                return true;
            } catch (IOException e) {
                problems.add(address + ": " + reason(e));
            }
        }
        throw new DataException(download.file() + ": cannot be downloaded: " + String.join("; ", problems)
                + "; try again later to go on, or another --mirror");
    }

    private static void requireWritable(Path folder) {
        try {
            Files.createDirectories(folder);
            if (!Files.isWritable(folder)) {
                throw new IOException("no permission");
            }
        } catch (IOException e) {
            throw new DataException(
                    folder + ": cannot be written (" + e + "); name another directory with --data-dir", e);
        }
    }

    private static List<URI> addresses(Download download, List<URI> mirrors) {
        Stream<URI> first = mirrors.stream().map(mirror -> {
            String base = mirror.toString();
            return URI.create((base.endsWith("/") ? base : base + "/") + download.file());
        });
        return Stream.concat(first, download.addresses().stream()).toList();
    }

    private boolean fetch(Download download, URI address, Path part, LongConsumer progress, BooleanSupplier stop)
            throws IOException {
        int failures = 0;
        while (true) {
            long before = size(part);
            try {
                if (before < download.bytes()) {
                    receive(download, address, part, progress, stop);
                }
                if (stop.getAsBoolean()) {
                    return false;
                }
                String actual = checksum(download, part);
                if (actual.equals(download.checksum())) {
                    return true;
                }
                Files.delete(part);
                if (before == 0) {
                    throw new WrongFileException(
                            download.algorithm() + " is " + actual + ", expected " + download.checksum());
                }
            } catch (WrongFileException e) {
                throw e;
            } catch (IOException e) {
                failures = size(part) > before ? 1 : failures + 1;
                if (failures >= ATTEMPTS) {
                    throw e;
                }
                sleep(pause.multipliedBy(1L << (failures - 1)));
            }
        }
    }

    private void receive(Download download, URI address, Path part, LongConsumer progress, BooleanSupplier stop)
            throws IOException {
        long have = size(part);
        HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(CONNECT);
        if (have > 0) {
            request.header("Range", "bytes=" + have + "-");
        }
        HttpResponse<InputStream> response = send(request.build());
        try (InputStream body = response.body()) {
            boolean resumed = response.statusCode() == 206;
            if (response.statusCode() != 200 && !resumed) {
                throw new WrongFileException("the server answers with status " + response.statusCode());
            }
            long start = resumed ? have : 0;
            long announced =
                    response.headers().firstValueAsLong("Content-Length").orElse(download.bytes() - start);
            if (start + announced != download.bytes()) {
                throw new WrongFileException(
                        "the server announces " + (start + announced) + " bytes, expected " + download.bytes());
            }
            copy(download, body, part, start, progress, stop);
        }
    }

    private HttpResponse<InputStream> send(HttpRequest request) throws IOException {
        try {
            return client.send(request, HttpResponse.BodyHandlers.ofInputStream());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static void copy(
            Download download, InputStream body, Path part, long start, LongConsumer progress, BooleanSupplier stop)
            throws IOException {
        StandardOpenOption mode = start > 0 ? StandardOpenOption.APPEND : StandardOpenOption.TRUNCATE_EXISTING;
        long arrived = start;
        try (OutputStream out =
                Files.newOutputStream(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE, mode)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = body.read(buffer); n >= 0 && !stop.getAsBoolean(); n = body.read(buffer)) {
                arrived += n;
                if (arrived > download.bytes()) {
                    throw new WrongFileException("the server sends more than " + download.bytes() + " bytes");
                }
                out.write(buffer, 0, n);
                progress.accept(arrived);
            }
        } catch (WrongFileException e) {
            Files.deleteIfExists(part);
            throw e;
        }
        if (arrived < download.bytes() && !stop.getAsBoolean()) {
            throw new IOException("the connection broke off after " + arrived + " of " + download.bytes() + " bytes");
        }
    }

    private static long size(Path part) throws IOException {
        try {
            return Files.size(part);
        } catch (NoSuchFileException e) {
            return 0;
        }
    }

    private static String checksum(Download download, Path file) throws IOException {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance(download.algorithm());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        }
        return HexFormat.of().formatHex(digest.digest());
    }

    private static void sleep(Duration time) throws IOException {
        try {
            Thread.sleep(time.toMillis());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }

    private static String reason(IOException e) {
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
