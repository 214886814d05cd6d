package io.mdc.base;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** That other processes are kept out, {@code KillsIT} shows. */
@SuppressWarnings("try") // the lock is held, not used
class DirectoryLockTest {
    @TempDir
    private Path folder;

    private String refusal() {
        return assertThrows(DataException.class, () -> DirectoryLock.take(folder))
                .getMessage();
    }

    private Path holder(String host) throws IOException {
        return holder(host, "");
    }

    private Path holder(String host, String boot) throws IOException {
        LockHolder holder = new LockHolder(77, host, boot, "2026-01-31T10:00:00Z");
        return Files.writeString(folder.resolve("lock"), Json.text(holder));
    }

    @Test
    void aLockIsHeldUntilItIsClosed() throws IOException {
        try (DirectoryLock lock = DirectoryLock.take(folder)) {
            assertTrue(refusal().startsWith(folder + "/lock: in use by process "), refusal());
        }
        assertFalse(Files.exists(folder.resolve("lock")));
        DirectoryLock.take(folder).close();
    }

    /** Tries to take a lock in a process of its own. */
    static final class Taker {
        private Taker() {}

        public static void main(String[] args) throws IOException {
            try (DirectoryLock lock = DirectoryLock.take(Path.of(args[0]))) {
                System.out.println("taken");
            } catch (DataException e) {
                System.out.println(e.getMessage());
            }
        }
    }

    @Test
    void itIsHeldAgainstOtherProcessesWhateverThisOneDoes() throws Exception {
        try (DirectoryLock lock = DirectoryLock.take(folder)) {
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
        LockHolder here;
        try (DirectoryLock lock = DirectoryLock.take(folder)) {
            here = Json.read(Files.readString(folder.resolve("lock")), LockHolder.class);
        }
        holder(here.host(), here.boot());
        DirectoryLock.take(folder).close();
    }

    @Test
    void aProcessOfAnotherMachineHoldsItWhileItsFileIsTouched() throws IOException {
        Path file = holder("elsewhere.example");
        assertEquals(
                folder
                        + "/lock: in use by process 77 on elsewhere.example since 2026-01-31T10:00:00Z; wait until it ends, or"
                        + " stop it",
                refusal());
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(DirectoryLock.STALE.multipliedBy(2))));
        DirectoryLock.take(folder).close();
    }

    /** As where files are stamped by a server, whose clock is late. */
    @Test
    void theClockThatStampsFilesTellsWhetherOneIsTouched() throws IOException {
        Instant late = Instant.now().minus(DirectoryLock.STALE.multipliedBy(3));
        Path file = holder("elsewhere.example");
        Files.setLastModifiedTime(file, FileTime.from(late.minusSeconds(30)));
        Locking atServer = new Locking() {
            @Override
            public SystemLock lock(FileChannel channel) {
                return SystemLock.of(channel);
            }

            @Override
            public Instant now(Path beside) {
                return late;
            }
        };
        assertThrows(InUseException.class, () -> DirectoryLock.take(folder, atServer));
        Files.setLastModifiedTime(file, FileTime.from(late.minus(DirectoryLock.STALE.multipliedBy(2))));
        DirectoryLock.take(folder, atServer).close();
    }

    @Test
    void theTimeIsThatOfAFileWhichIsGoneThen() throws IOException {
        Locking system = SystemLock::of;
        Instant before = Instant.now().minusSeconds(2);
        assertTrue(system.now(folder.resolve("lock")).isAfter(before));
        assertTrue(system.now(folder.resolve("no folder/lock")).isAfter(before));
        try (Stream<Path> files = Files.list(folder)) {
            assertEquals(List.of(), files.toList());
        }
    }

    @Test
    void aMachineOfTheSameNameIsAnother() throws IOException {
        Path file = holder(LockHolder.here().host(), "another boot");
        assertTrue(refusal().startsWith(file + ": in use by process 77 on "), refusal());
        assertTrue(DirectoryLock.isHeld(folder));
    }

    @Test
    void linuxTellsWhenItWasStarted() throws IOException {
        assertEquals("", Boot.read(folder.resolve("nothing")));
        assertEquals("1-2", Boot.read(Files.writeString(folder.resolve("boot"), "1-2\n")));
        assertEquals(Boot.ID, LockHolder.here().boot());
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void whoWasSuspendedAndHasASuccessorLeavesTheDirectoryToIt(boolean inAFileOfItsOwn) throws IOException {
        DirectoryLock lock = DirectoryLock.take(folder);
        lock.touch();
        DirectoryLock.requireOwn(folder);
        if (inAFileOfItsOwn) {
            Files.delete(folder.resolve("lock"));
            DirectoryLock.requireOwn(folder);
        }
        Path file = holder("elsewhere.example");
        String others = Files.readString(file);
        lock.touch();
        assertEquals(
                file
                        + ": taken over by process 77 on elsewhere.example since 2026-01-31T10:00:00Z, as this process did"
                        + " not touch it for 3 minutes; it ends here, and leaves the directory to the other",
                assertThrows(InUseException.class, () -> DirectoryLock.requireOwn(folder))
                        .getMessage());
        lock.close();
        assertEquals(others, Files.readString(file));
        DirectoryLock.requireOwn(folder);
    }

    @Test
    void aFileThatSaysNothingIsNoLock() throws IOException {
        Files.writeString(folder.resolve("lock"), "\u0000");
        DirectoryLock.take(folder).close();
    }

    @Test
    void askingWhoHoldsItChangesNothing() throws IOException {
        assertFalse(DirectoryLock.isHeld(folder));
        try (DirectoryLock lock = DirectoryLock.take(folder)) {
            assertTrue(DirectoryLock.isHeld(folder));
            lock.touch();
        }
        Path file = holder("elsewhere.example");
        assertTrue(DirectoryLock.isHeld(folder));
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(DirectoryLock.STALE.multipliedBy(2))));
        String before = Files.readString(file);
        assertFalse(DirectoryLock.isHeld(folder));
        assertEquals(before, Files.readString(file));
    }

    @Test
    void aLinkInItsPlaceIsNotFollowed() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine"), "mine");
        Path file = Files.createSymbolicLink(folder.resolve("lock"), mine);
        assertEquals(file + ": is a link, which no lock of mdc is; remove it", refusal());
        assertFalse(DirectoryLock.isHeld(folder));
        assertEquals("mine", Files.readString(mine));
        assertTrue(Files.isSymbolicLink(file));
    }

    @Test
    void onAFileSystemWithoutLocksTheTouchedFileDecidesForAllMachines() throws IOException {
        Path file = folder.resolve("lock");
        try (DirectoryLock lock = takeWithoutLocks()) {
            assertTrue(Files.readString(file).contains(LockHolder.here().host()));
        }
        assertFalse(Files.exists(file));
        Path here = holder(LockHolder.here().host(), Boot.ID);
        assertTrue(
                assertThrows(InUseException.class, this::takeWithoutLocks)
                        .getMessage()
                        .startsWith(here + ": in use by process 77 on "),
                "nobody can tell that it is dead");
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(DirectoryLock.STALE.multipliedBy(2))));
        takeWithoutLocks().close();
        Files.createFile(file);
        assertEquals(
                file + ": in use by another process; wait until it ends, or stop it",
                assertThrows(InUseException.class, this::takeWithoutLocks).getMessage(),
                "whose name it will have in a moment");
    }

    private DirectoryLock takeWithoutLocks() throws IOException {
        return DirectoryLock.take(folder, file -> SystemLock.NONE);
    }

    @Test
    void aFileThatCannotBeLockedHasNoLock() throws IOException {
        FileChannel closed = FileChannel.open(
                Files.createFile(folder.resolve("file")), StandardOpenOption.READ, StandardOpenOption.WRITE);
        closed.close();
        assertEquals(SystemLock.NONE, SystemLock.of(closed));
    }
}
