package io.mdc.evaluate;

import io.mdc.engine.NetworkTrainer;
import java.util.Optional;

/** Remembers finished trials, so that an interrupted evaluation does not repeat them; called from any thread. */
public interface TrialLedger {
    /** The accuracies of a trial finished earlier; empty if it is still to be made. */
    Optional<Accuracies> known(Trial trial);

    /**
     * Takes down a trial that has just finished.
     *
     * @param trained the trained network, read only
     */
    void finished(Trial trial, Accuracies accuracies, NetworkTrainer trained);
}
