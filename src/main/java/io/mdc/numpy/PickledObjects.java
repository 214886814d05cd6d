package io.mdc.numpy;

import net.razorvine.pickle.IObjectConstructor;
import net.razorvine.pickle.PickleException;

/** What a pickle may be made of besides plain values: an allow-list of classes and functions. */
public interface PickledObjects {
    /** NumPy's arrays and numbers, of a pickle of at most so many bytes. */
    static PickledObjects arrays(long length) {
        return new PickledArrays(length);
    }

    /**
     * What stands for a class or function.
     *
     * @param name module, dot, name
     * @throws PickleException if it is not on the list
     */
    IObjectConstructor constructor(String name);

    /**
     * What becomes of something when it is given its state.
     *
     * @param effort counted like bytes made
     * @throws PickleException if nothing becomes of it
     */
    default Object complete(Object target, Object state, int effort) {
        throw new PickleException("state of something that has none");
    }

    /**
     * What stands for an object outside the pickle.
     *
     * @throws PickleException if there are none
     */
    default Object persistent(Object id) {
        throw new PickleException("an object outside the pickle");
    }
}
