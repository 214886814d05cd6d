package io.mdc.cli;

/** What the program's exit code tells a script. */
public final class ExitCode {
    /** Done. */
    public static final int DONE = 0;

    /** Failed for a reason that is none of the others. */
    public static final int FAILED = 1;

    /** An option, a setting or a configuration file is wrong, or asks for a backend that cannot run here. */
    public static final int USAGE = 2;

    /** Data is missing or corrupt. */
    public static final int DATA = 3;

    /** Out of memory. */
    public static final int MEMORY = 4;

    /** Interrupted; what was reached is saved. */
    public static final int INTERRUPTED = 130;

    private ExitCode() {}
}
