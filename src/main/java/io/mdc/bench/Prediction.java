package io.mdc.bench;

/** What something would take on this machine. */
public interface Prediction {
    /** In one line, for people. */
    String line();
}
