package io.mdc.testing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An HTTP server on this machine that serves one file in all the ways that go right and wrong. */
public final class FileServer implements AutoCloseable {
    public static final String TAG = "\"tag\"";

    /** What a client asked for; headers that it did not send are null. */
    public record Request(String path, String range, String ifRange) {}

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Request> requests = new CopyOnWriteArrayList<>();

    public FileServer() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.start();
    }

    /** Answers requests below {@code path} and returns the address of that. */
    public URI on(String path, HttpHandler handler) {
        server.createContext(path, exchange -> {
            requests.add(new Request(
                    exchange.getRequestURI().getPath(),
                    exchange.getRequestHeaders().getFirst("Range"),
                    exchange.getRequestHeaders().getFirst("If-Range")));
            try (exchange) {
                handler.handle(exchange);
            }
        });
        return URI.create("http://localhost:" + server.getAddress().getPort() + path);
    }

    /** Returns the requests so far. */
    public List<Request> requests() {
        return List.copyOf(requests);
    }

    /** Serves the file as a good server does, from where it is asked to. */
    public static void serve(HttpExchange exchange, byte[] content) throws IOException {
        serveUpTo(exchange, content, content.length);
    }

    /** The same, but breaks off before byte {@code end} of the file. */
    public static void serveUpTo(HttpExchange exchange, byte[] content, int end) throws IOException {
        String range = exchange.getRequestHeaders().getFirst("Range");
        int start = range == null ? 0 : Integer.parseInt(range.replaceAll("bytes=(\\d+)-", "$1"));
        exchange.getResponseHeaders().set("ETag", TAG);
        if (range != null) {
            exchange.getResponseHeaders()
                    .set("Content-Range", "bytes " + start + "-" + (content.length - 1) + "/" + content.length);
        }
        exchange.sendResponseHeaders(range == null ? 200 : 206, content.length - start);
        exchange.getResponseBody().write(Arrays.copyOfRange(content, start, Math.max(start, end)));
        exchange.getResponseBody().flush();
    }

    /** Sends all of {@code content} with 200, whatever is asked for; without saying how long it is if so wished. */
    public static void serveWhole(HttpExchange exchange, byte[] content, boolean sayLength) throws IOException {
        exchange.sendResponseHeaders(200, sayLength ? content.length : 0);
        exchange.getResponseBody().write(content);
        exchange.getResponseBody().close();
    }

    /** Answers with a status and no body. */
    public static void fail(HttpExchange exchange, int status) throws IOException {
        exchange.sendResponseHeaders(status, -1);
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
