/**
 * Evaluation: how well each prefix of a condensed set trains a network (paper Sec. 4.1 and Table 1).
 *
 * <p>Invariants: networks are trained on decoded synthetic images only and measured on the whole real test set, without
 * augmentation; the accuracy after the last epoch and the best of four evaluations are reported side by side, each
 * named as what it is; repeats differ only in their seeds, and results do not depend on the number of threads.
 *
 * <p>To add a network, see {@link io.mdc.engine.Networks}.
 */
package io.mdc.evaluate;
