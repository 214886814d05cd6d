/**
 * How much better a condensed set is than random real images, and how far it is from all of them: the scores of
 * DD-Ranking (Li et al., "DD-Ranking: Rethinking the Evaluation of Dataset Distillation", 2025).
 *
 * <p>{@link io.mdc.robust.Scores} has the formulas. Networks are trained by {@link io.mdc.evaluate.PrefixEvaluator}: on
 * the set, on {@link io.mdc.robust.RandomImages}, and on all real images, which {@link io.mdc.robust.RealLedger} keeps
 * in the cache for all runs. {@link io.mdc.robust.Rivals} are the accuracies of one prefix and of what it is compared
 * with, a {@link io.mdc.robust.RobustEvaluation} is what is written of them.
 *
 * <p>Invariants: what is compared is trained by the same recipe on as many images, the r-th network on the set and the
 * r-th on random images from the same weights; a draw depends on seed, size and its number alone; accuracies after the
 * last epoch and those chosen on the test set are never mixed.
 *
 * <p>To add a score, add a method to {@link io.mdc.robust.Scores} and a component to {@link io.mdc.robust.Figures}.
 */
package io.mdc.robust;
