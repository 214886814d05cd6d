package io.mdc.fetch;

import io.mdc.base.DataException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Fetches published files over HTTP.
 *
 * <p>A file is there under its own name only once size and checksum are right; until then it grows as
 * {@code FILE.part}, which a later call continues.
 */
public final class Fetcher {
    /** How names of files that are not complete yet end. */
    public static final String PART = ".part";

    /** Tries at one address in a row without a single new byte. */
    private static final int TRIES = 4;

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(1);

    private final HttpClient client;
    private final Duration patience;
    private final Duration firstPause;
    private final FetchObserver observer;

    /**
     * Creates a fetcher that gives a silent server a minute, and waits 1, 2 and 4 seconds between tries.
     *
     * @param observer told how far it is, from the calling thread
     */
    public Fetcher(FetchObserver observer) {
        this(observer, PATIENCE, FIRST_PAUSE);
    }

    Fetcher(FetchObserver observer, Duration patience, Duration firstPause) {
        this.client = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NORMAL)
                .connectTimeout(patience)
                .build();
        this.observer = observer;
        this.patience = patience;
        this.firstPause = firstPause;
    }

    /**
     * Fetches a file unless it is there and right; one that is there and wrong is replaced.
     *
     * @param download the file
     * @param mirrors addresses of directories that may have it too, tried before its own
     * @param directory where to put it; made if needed
     * @return whether it had to be fetched
     * @throws DataException if no address has the right file or it cannot be written
     * @throws InterruptedException if the thread is interrupted; what has arrived is kept
     */
    public boolean fetch(Download download, List<URI> mirrors, Path directory) throws InterruptedException {
        Path target = directory.resolve(download.file());
        if (Files.exists(target)) {
            Optional<String> mismatch = download.mismatch(target);
            if (mismatch.isEmpty()) {
                return false;
            }
            observer.note(target + ": " + mismatch.get() + "; fetching it again");
        }
        List<String> failures = new ArrayList<>();
        try (PartFile part = new PartFile(target)) {
            observer.begin(download.file(), download.bytes(), Math.min(part.length(), download.bytes()));
            for (URI address : addresses(download, mirrors)) {
                if (!failures.isEmpty()) {
                    observer.note(failures.get(failures.size() - 1) + "; trying " + address);
                }
                try {
                    obtain(download, address, part);
                    part.publish();
                    return true;
                } catch (IOException e) {
                    failures.add(address + ": " + describe(e));
                }
            }
        }
        throw new DataException(download.file() + ": cannot be fetched (" + String.join("; ", failures)
                + "); try again to continue, name another address with --mirror, or put the file into " + directory);
    }

    private static List<URI> addresses(Download download, List<URI> mirrors) {
        List<URI> addresses = new ArrayList<>();
        for (URI mirror : mirrors) {
            String base = mirror.toString();
            addresses.add(URI.create(base + (base.endsWith("/") ? "" : "/") + download.file()));
        }
        addresses.addAll(download.addresses());
        return addresses;
    }

    /** Completes the part; what was there before may be of another file, so that failing with it is no proof. */
    private void obtain(Download download, URI address, PartFile part) throws IOException, InterruptedException {
        while (true) {
            boolean continued = part.length() > 0;
            complete(download, address, part);
            Optional<String> mismatch = download.mismatch(part.path());
            if (mismatch.isEmpty()) {
                return;
            }
            part.clear();
            observer.update(0, "nothing of use yet");
            if (!continued) {
                throw new RefusedException("another file: " + mismatch.get());
            }
            observer.note(part.path() + ": what was there is of another file; fetching all of it");
        }
    }

    private void complete(Download download, URI address, PartFile part) throws IOException, InterruptedException {
        if (part.length() > download.bytes()) {
            part.clear();
        }
        part.requireRoom(download.bytes() - part.length());
        Transfer transfer = new Transfer(client, address, download.bytes(), patience);
        long reached = part.length();
        for (int tries = 1; part.length() < download.bytes(); tries++) {
            try {
                transfer.run(
                        part, done -> observer.update(done, Downloads.megabytes(done) + " from " + address.getHost()));
            } catch (RefusedException e) {
                throw e;
            } catch (IOException e) {
                if (part.length() > reached) {
                    reached = part.length();
                    tries = 1;
                }
                if (tries == TRIES) {
                    throw e;
                }
                Duration pause = firstPause.multipliedBy(1L << (tries - 1));
                observer.note(address + ": " + describe(e) + "; trying again in " + pause.toSeconds() + " s");
                Thread.sleep(pause.toMillis());
            }
        }
    }

    private static String describe(IOException e) {
        if (e instanceof ConnectException) {
            return "no connection";
        }
        return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
    }
}
