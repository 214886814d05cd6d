/**
 * Orders of the training images of a finished condensed set, so that its prefixes are the subsets of a method that
 * chooses images instead of condensing (YOCO: He, Xiao, Zhou, "You Only Condense Once", 2023).
 *
 * <p>{@link io.mdc.order.ImageOrderer} trains networks on all images and keeps an {@link io.mdc.order.EpochRecord} of
 * each epoch; {@link io.mdc.order.OrderBy} says which of them count, {@link io.mdc.order.Scores} sums their errors, and
 * an {@link io.mdc.order.Order} has the images of each class by that score, the lowest first.
 *
 * <p>Invariants: an order is one of training images, within their class, each once; it depends on set, settings and
 * seed alone, not on threads.
 *
 * <p>To add a score, add a constant to {@link io.mdc.order.OrderBy}.
 */
package io.mdc.order;
