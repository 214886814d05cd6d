package io.mdc.run;

import io.mdc.base.DirectoryLock;
import io.mdc.directory.RunDirectory;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/** Locks of several run directories, given back together. */
public final class RunLocks implements AutoCloseable {
    private final Deque<DirectoryLock> taken = new ArrayDeque<>();

    /**
     * Takes one more.
     *
     * @throws io.mdc.base.DataException if another process, or another job of this one, has it
     */
    public void take(RunDirectory directory) throws IOException {
        taken.push(directory.lock());
    }

    @Override
    public void close() throws IOException {
        while (!taken.isEmpty()) {
            taken.pop().close();
        }
    }
}
