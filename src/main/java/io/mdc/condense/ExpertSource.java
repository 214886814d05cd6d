package io.mdc.condense;

import io.mdc.base.Seeds;
import io.mdc.engine.Initializer;
import io.mdc.engine.step.ParameterSet;

/** Where the parameters of experts come from. */
@FunctionalInterface
interface ExpertSource {

    /**
     * The parameters of an expert after an epoch.
     *
     * @param into overwritten
     */
    void read(int expert, int epoch, ParameterSet into);

    /** Networks that were never trained, for measurements of speed. */
    static ExpertSource untrained() {
        return (expert, epoch, into) ->
                Initializer.initialize(into, Seeds.generator(0, "untrained-expert", expert, epoch));
    }
}
