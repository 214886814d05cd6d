/**
 * Every family of primitives by ND4J ops: the reference, in double too, and what runs on CUDA.
 *
 * <p>Invariants: nothing here reads elements in a Java loop but to make constants, and nothing outside of this package
 * runs an ND4J op. ND4J's native build is chosen before the first array is made.
 *
 * <p>To add a primitive, prefer ops that write into arrays given to them; {@code docs/adr/0006} names those that are
 * slow. Whatever is slow here gets a twin in {@code io.mdc.tensor.host}.
 */
package io.mdc.tensor.nd4j;
