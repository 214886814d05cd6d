package io.mdc.fetch;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Requests of one file from one address over HTTP, each for what has not arrived yet. */
final class Transfer {
    private static final int BUFFER = 1 << 16;
    private static final Pattern CONTENT_RANGE = Pattern.compile("bytes (\\d+)-\\d+/(\\d+|\\*)");
    // A read that hangs cannot be ended in Java 17: it is left to a thread that does not keep the process alive.
    private static final ExecutorService READERS = Executors.newCachedThreadPool(work -> {
        Thread thread = new Thread(work, "mdc-fetch");
        thread.setDaemon(true);
        return thread;
    });

    private final HttpClient client;
    private final URI address;
    private final long bytes;
    private final Duration patience;
    private Optional<String> validator = Optional.empty();

    /** For a file of {@code bytes} bytes; {@code patience} is the longest silence of the server. */
    Transfer(HttpClient client, URI address, long bytes, Duration patience) {
        this.client = client;
        this.address = address;
        this.bytes = bytes;
        this.patience = patience;
    }

    /**
     * Asks for what the part lacks and appends it; a server that sends the whole file instead gets its way.
     *
     * @throws RefusedException if the address does not have the file
     * @throws IOException if the connection cannot be made or breaks off: asking again may help
     */
    void run(PartFile part, LongConsumer progress) throws IOException, InterruptedException {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address).timeout(patience).header("User-Agent", "mdc");
        if (part.length() > 0) {
            request.header("Range", "bytes=" + part.length() + "-");
            validator.ifPresent(tag -> request.header("If-Range", tag));
        }
        HttpResponse<InputStream> response = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream body = response.body()) {
            accept(response, part);
            receive(body, part, progress);
        }
        if (part.length() < bytes) {
            throw new EOFException("it ended after " + part.length() + " of " + bytes + " bytes");
        }
    }

    /** Puts the part into the state in which the response's body continues it. */
    private void accept(HttpResponse<?> response, PartFile part) throws IOException {
        int status = response.statusCode();
        if (status == 200) {
            requireSize(response.headers().firstValueAsLong("Content-Length").orElse(bytes));
            part.clear();
            validator = response.headers().firstValue("ETag").filter(tag -> !tag.startsWith("W/"));
        } else if (status == 206) {
            requireRange(response.headers().firstValue("Content-Range").orElse(""), part.length());
        } else if (status == 416) {
            part.clear();
            throw new IOException("HTTP 416, nothing to continue");
        } else if (status == 408 || status == 429 || status >= 500) {
            throw new IOException("HTTP " + status);
        } else {
            throw new RefusedException("HTTP " + status);
        }
    }

    private void requireRange(String range, long from) throws RefusedException {
        Matcher matcher = CONTENT_RANGE.matcher(range);
        if (!matcher.matches() || !matcher.group(1).equals(Long.toString(from))) {
            throw new RefusedException("asked for bytes from " + from + ", it sends '" + range + "'");
        }
        if (!matcher.group(2).equals("*")) {
            requireSize(Long.parseLong(matcher.group(2)));
        }
    }

    private void requireSize(long announced) throws RefusedException {
        if (announced != bytes) {
            throw new RefusedException("it has " + announced + " bytes, expected " + bytes);
        }
    }

    private void receive(InputStream body, PartFile part, LongConsumer progress)
            throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        for (int n = read(body, buffer); n >= 0; n = read(body, buffer)) {
            if (part.length() + n > bytes) {
                part.clear();
                throw new RefusedException("it sends more than the expected " + bytes + " bytes");
            }
            part.append(buffer, n);
            progress.accept(part.length());
        }
    }

    private int read(InputStream body, byte[] buffer) throws IOException, InterruptedException {
        Future<Integer> read = READERS.submit(() -> body.read(buffer));
        try {
            return read.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            throw new HttpTimeoutException("nothing came for " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw new IOException("it broke off: " + e.getCause().getMessage(), e);
        }
    }
}
