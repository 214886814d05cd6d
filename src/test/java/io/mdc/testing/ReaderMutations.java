package io.mdc.testing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import io.mdc.base.DataException;
import io.mdc.setting.ConfigException;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;

/**
 * Holds readers to their word: whatever is in a file, they read it, or end with the one clear error, soon and without
 * taking memory out of proportion.
 *
 * <p>A number of inputs of each family is tried, 500 unless {@code -Dmdc.mutations=N} says otherwise; the same number
 * gives the same inputs. What fails is kept in {@code target/mutations}.
 */
public final class ReaderMutations {
    private static final int COUNT = Integer.getInteger("mdc.mutations", 500);
    private static final int SECONDS = 5;
    private static final long MOST_BYTES = 1L << 30;
    private static final int MOST_FAILURES = 10;
    private static final Path KEPT = Path.of("target", "mutations");

    /** Reads files of a fixture. */
    public interface Reader {
        /** Reads what is in a folder; a {@link DataException} or {@link ConfigException} is a good end. */
        void read(Path folder) throws IOException;
    }

    private ReaderMutations() {}

    /**
     * Reads a fixture again and again, each time with one of its files damaged.
     *
     * @param family what the files are
     * @param fixture a folder, read without a failure if nothing is damaged; files in it are changed and restored
     */
    public static void check(String family, Path fixture, Reader reader) throws Exception {
        List<Path> files;
        try (Stream<Path> paths = Files.walk(fixture)) {
            files = paths.filter(Files::isRegularFile).sorted().toList();
        }
        reader.read(fixture);
        List<String> failures = new ArrayList<>();
        ExecutorService thread = Executors.newSingleThreadExecutor(ReaderMutations::daemon);
        try {
            for (int i = 0; i < COUNT && failures.size() < MOST_FAILURES; i++) {
                SplittableRandom random = new SplittableRandom(i);
                Path file = files.get(random.nextInt(files.size()));
                byte[] whole = Files.readAllBytes(file);
                Files.write(file, new Mutator(random).mutate(whole));
                String problem = problem(thread.submit(() -> end(reader, fixture)));
                if (problem != null) {
                    Path kept = Files.createDirectories(KEPT).resolve(family + "-" + i + "-" + file.getFileName());
                    Files.copy(file, kept, StandardCopyOption.REPLACE_EXISTING);
                    failures.add(kept + ": " + problem);
                }
                Files.write(file, whole);
            }
        } finally {
            thread.shutdownNow();
        }
        assertEquals(List.of(), failures, family);
    }

    private static Thread daemon(Runnable work) {
        Thread thread = new Thread(work, "reader");
        thread.setDaemon(true);
        return thread;
    }

    private static String problem(Future<String> end) throws InterruptedException, ExecutionException {
        try {
            return end.get(SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException e) {
            return Thread.getAllStackTraces().entrySet().stream()
                    .filter(entry -> entry.getKey().getName().equals("reader"))
                    .map(entry ->
                            "still at " + Stream.of(entry.getValue()).limit(12).toList())
                    .findFirst()
                    .orElse("took too long");
        }
    }

    /** What is wrong with how reading ends, or null. */
    private static String end(Reader reader, Path folder) {
        long before = allocated();
        String problem = null;
        try {
            reader.read(folder);
        } catch (DataException | ConfigException e) {
            boolean clear = e.getMessage() != null && e.getMessage().matches("\\P{Cntrl}+");
            problem = clear ? null : "not one readable line: " + e;
        } catch (Throwable e) { // whatever it is
            problem = e + " at " + Stream.of(e.getStackTrace()).limit(12).toList();
        }
        long taken = allocated() - before;
        return problem == null && taken > MOST_BYTES ? "took " + taken + " bytes" : problem;
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
