package io.mdc.base;

import java.io.IOException;
import java.nio.channels.FileChannel;

/** What the operating system says when it is asked for the lock of a file. */
enum SystemLock {
    /** This process has it now, and nobody else on its machine. */
    OURS,

    /** Another process has it. */
    OTHERS,

    /** The file system has no locks. */
    NONE;

    /** Asks for that of a file. */
    static SystemLock of(FileChannel file) {
        try {
            return file.tryLock() == null ? OTHERS : OURS;
        } catch (IOException e) {
            return NONE;
        }
    }
}
