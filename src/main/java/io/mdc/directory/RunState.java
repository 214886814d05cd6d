package io.mdc.directory;

/** How far a run is. */
public enum RunState {
    /** One of a family whose turn has not come. */
    WAITING,
    /** A process condenses it, or its prefixes are evaluated by what condenses it. */
    RUNNING,
    /** Ended before it was condensed; {@code --resume} goes on. */
    STOPPED,
    /** Condensed to its end. */
    FINISHED,
    /** Condensed to its end, and a process evaluates it now. */
    EVALUATING,
    /** What is in its directory cannot be read, or does not belong together. */
    DAMAGED
}
