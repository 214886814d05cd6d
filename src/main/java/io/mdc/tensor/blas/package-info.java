/**
 * Products of matrices in host memory by OpenBLAS, called by address.
 *
 * <p>Invariants: nothing is allocated by a call, and a product's bits depend on its operands alone. Addresses are not
 * checked here: callers have checked their shapes. To add a routine, give it a method of
 * {@link io.mdc.tensor.blas.Blas} in row-major terms.
 */
package io.mdc.tensor.blas;
