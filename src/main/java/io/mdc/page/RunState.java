package io.mdc.page;

/** How far a run is. */
public enum RunState {
    /** A process writes to it. */
    RUNNING("still running"),
    /** It was ended before its time and says so. */
    INTERRUPTED("interrupted"),
    /** It says that it runs, but no process does. */
    STOPPED("stopped without an end"),
    /** It came to its end. */
    FINISHED("finished"),
    /** Its manifest is missing or damaged. */
    UNKNOWN("in an unknown state");

    private final String words;

    RunState(String words) {
        this.words = words;
    }

    /** The state in words. */
    public String words() {
        return words;
    }
}
