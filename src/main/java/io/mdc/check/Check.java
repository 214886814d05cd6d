package io.mdc.check;

import io.mdc.tensor.Backend;
import java.io.IOException;

/** Recomputes one kind of reference case. */
interface Check {

    /**
     * The largest relative error over the arrays and numbers of the case.
     *
     * @throws SkippedException if the program cannot compute this case
     * @throws IOException if a file of the case is missing or damaged
     */
    double relativeError(ReferenceCase reference, Backend backend) throws IOException;
}
