package io.mdc.tensor;

import java.nio.FloatBuffer;

/** A {@link Storage} of floats in host memory. */
public interface HostStorage extends Storage {

    /** The elements, index 0 being the first; shares their memory, and callers share its position: use indices. */
    FloatBuffer floats();

    /** Where the first element is, in bytes. */
    long address();
}
