/**
 * Evaluation: how well each prefix of a condensed set trains a network (paper Sec. 4.1 and Table 1).
 *
 * <p>A {@link io.mdc.evaluate.Trial} is one network to train from scratch; {@link io.mdc.evaluate.PrefixEvaluator}
 * makes by one recipe those that a {@link io.mdc.evaluate.TrialLedger} does not know, in a
 * {@link io.mdc.evaluate.TrialQueue}, perhaps beside those of other runs. All that is known of a run, under one
 * {@link io.mdc.evaluate.Protocol} or several, is an {@link io.mdc.evaluate.Evaluation}; a
 * {@link io.mdc.evaluate.Comparison} puts several side by side.
 *
 * <p>Invariants: networks are trained on decoded synthetic images only and measured on the whole real test set, without
 * augmentation; the accuracy after the last epoch and the best of four evaluations are reported side by side, each
 * named as what it is; a trial's accuracies depend on its settings and seed alone, not on threads, on what is evaluated
 * beside it or on interruptions; memory does not grow with the number of prefixes.
 *
 * <p>To add a network, see {@link io.mdc.engine.Networks}.
 */
package io.mdc.evaluate;
