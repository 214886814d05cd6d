package io.mdc.fetch;

import io.mdc.base.AtomicFiles;
import io.mdc.base.DataException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file on its way: what has arrived is kept under the name {@code FILE.part} ({@link Fetcher#PART}), locked against
 * other processes, and only gets its own name when it is complete.
 *
 * <p>All methods throw a {@link DataException} if the disk does not do its part.
 */
final class PartFile implements AutoCloseable {
    private final Path target;
    private final Path path;
    private final FileChannel channel;
    private long length;
    private boolean published;

    /** Opens the part of {@code target} that is there, or an empty one; directories are made as needed. */
    PartFile(Path target) {
        this.target = target;
        this.path = target.resolveSibling(target.getFileName() + Fetcher.PART);
        try {
            Files.createDirectories(target.toAbsolutePath().getParent());
            channel = FileChannel.open(path, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            lock();
            length = channel.size();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private void lock() throws IOException {
        FileLock lock = null;
        try {
            lock = channel.tryLock();
        } catch (OverlappingFileLockException e) {
            // Somebody else in this process has it, which is as good as another process.
        }
        if (lock == null) {
            channel.close();
            throw new DataException(path + ": is being fetched by another process; wait for it or end it");
        }
    }

    Path path() {
        return path;
    }

    long length() {
        return length;
    }

    /** Fails unless the disk has room for this many bytes. */
    void requireRoom(long bytes) {
        try {
            long room = Files.getFileStore(path).getUsableSpace();
            if (room < bytes) {
                throw new DataException(path + ": needs " + Downloads.megabytes(bytes) + ", but only "
                        + Downloads.megabytes(room) + " are free; make room or name another directory with --data-dir");
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    void append(byte[] bytes, int count) {
        try {
            ByteBuffer buffer = ByteBuffer.wrap(bytes, 0, count);
            while (buffer.hasRemaining()) {
                length += channel.write(buffer, length);
            }
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Forgets what has arrived. */
    void clear() {
        try {
            channel.truncate(0);
            length = 0;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Gives the file its own name, all at once; one that has it already is replaced. */
    void publish() {
        try {
            channel.force(true);
            AtomicFiles.move(path, target);
            published = true;
        } catch (IOException e) {
            throw failure(e);
        }
    }

    /** Lets go of the file; what has arrived stays. */
    @Override
    public void close() {
        try {
            if (!published && length == 0) {
                Files.deleteIfExists(path);
            }
            channel.close();
        } catch (IOException e) {
            throw failure(e);
        }
    }

    private DataException failure(IOException e) {
        String reason = e.getMessage();
        if (e instanceof AccessDeniedException) {
            reason = "permission denied";
        } else if (e instanceof FileAlreadyExistsException) {
            reason = e.getMessage() + " is not a directory";
        } else if (e instanceof FileSystemException detailed && detailed.getReason() != null) {
            reason = detailed.getReason();
        }
        return new DataException(
                path + ": cannot be written (" + reason + "); make room or name another directory with --data-dir", e);
    }
}
