/**
 * NumPy's files: arrays ({@code .npy}), archives of them ({@code .npz}) and arrays in Python pickles.
 *
 * <p>Invariants: sizes are checked before memory is taken for them; pickles construct arrays, numbers, texts, lists and
 * dictionaries and nothing else; archives are written in one step and give the same bytes for the same content.
 *
 * <p>To read another type of element, teach it to {@link io.mdc.numpy.NumpyArray}.
 */
package io.mdc.numpy;
