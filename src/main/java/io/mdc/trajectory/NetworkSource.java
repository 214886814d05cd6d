package io.mdc.trajectory;

import io.mdc.base.Seeds;
import io.mdc.engine.Initializer;
import io.mdc.engine.step.ParameterSet;

/** Where the parameters of networks that were trained before the run come from. */
@FunctionalInterface
public interface NetworkSource {

    /**
     * A state of a network, 0 being the one it begins with.
     *
     * @param into overwritten
     */
    void read(int network, int state, ParameterSet into);

    /** Networks that were never trained, for measurements of speed. */
    static NetworkSource untrained() {
        return (network, state, into) -> Initializer.initialize(into, Seeds.generator(0, "untrained", network, state));
    }
}
