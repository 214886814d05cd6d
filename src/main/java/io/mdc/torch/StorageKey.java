package io.mdc.torch;

import io.mdc.numpy.NumpyArray;

/**
 * Elements that lie outside a pickle.
 *
 * @param key by which they are found
 * @param type of an element
 * @param length how many there are
 */
record StorageKey(String key, NumpyArray.Type type, long length) {}
