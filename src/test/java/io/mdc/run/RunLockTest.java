package io.mdc.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.base.DataException;
import io.mdc.base.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That other processes are kept out, {@code KillsIT} shows. */
@SuppressWarnings("try") // the lock is held, not used
class RunLockTest {
    @TempDir
    private Path folder;

    private String refusal() {
        return assertThrows(DataException.class, () -> RunLock.take(folder)).getMessage();
    }

    private Path holder(String host) throws IOException {
        RunLock.Holder holder = new RunLock.Holder(77, host, "2026-01-31T10:00:00Z");
        return Files.writeString(folder.resolve("lock"), Json.text(holder));
    }

    @Test
    void aLockIsHeldUntilItIsClosed() throws IOException {
        try (RunLock lock = RunLock.take(folder)) {
            assertTrue(refusal().startsWith(folder + "/lock: in use by process "), refusal());
        }
        assertFalse(Files.exists(folder.resolve("lock")));
        RunLock.take(folder).close();
    }

    /** Tries to take a lock in a process of its own. */
    static final class Taker {
        private Taker() {}

        public static void main(String[] args) throws IOException {
            try (RunLock lock = RunLock.take(Path.of(args[0]))) {
                System.out.println("taken");
            } catch (DataException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void itIsHeldAgainstOtherProcessesWhateverThisOneDoes() throws Exception {
        try (RunLock lock = RunLock.take(folder)) {
            lock.touch();
            refusal();
            Process other = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-cp",
                            System.getProperty("java.class.path"),
                            Taker.class.getName(),
                            folder.toString())
                    .redirectErrorStream(true)
                    .start();
            String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertTrue(
                    said.startsWith(folder + "/lock: in use by process "
                            + ProcessHandle.current().pid()),
                    said);
        }
    }

    @Test
    void aFileThatADeadProcessOfThisMachineLeftIsNoLock() throws IOException {
        String here;
        try (RunLock lock = RunLock.take(folder)) {
            here = Json.read(Files.readString(folder.resolve("lock")), RunLock.Holder.class)
                    .host();
        }
        holder(here);
        RunLock.take(folder).close();
    }

    @Test
    void aProcessOfAnotherMachineHoldsItWhileItsFileIsTouched() throws IOException {
        Path file = holder("elsewhere.example");
        assertEquals(
                folder
                        + "/lock: in use by process 77 on elsewhere.example since 2026-01-31T10:00:00Z; wait until it ends, or"
                        + " stop it",
                refusal());
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(RunLock.STALE.multipliedBy(2))));
        RunLock.take(folder).close();
    }

    @Test
    void aFileThatSaysNothingIsNoLock() throws IOException {
        Files.writeString(folder.resolve("lock"), "\u0000");
        RunLock.take(folder).close();
    }

    @Test
    void askingWhoHoldsItChangesNothing() throws IOException {
        assertFalse(RunLock.isHeld(folder));
        try (RunLock lock = RunLock.take(folder)) {
            assertTrue(RunLock.isHeld(folder));
            lock.touch();
        }
        Path file = holder("elsewhere.example");
        assertTrue(RunLock.isHeld(folder));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(RunLock.STALE.multipliedBy(2))));
        String before = Files.readString(file);
        assertFalse(RunLock.isHeld(folder));
        assertEquals(before, Files.readString(file));
    }
}
