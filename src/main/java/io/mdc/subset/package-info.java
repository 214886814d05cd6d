/**
 * The loss on prefixes. The adaptive one: which prefix of the synthetic set gets a loss of its own, and which images
 * are frozen (paper Sec. 3.3).
 *
 * <p>Three pluggable parts, one class per equation: a {@link io.mdc.subset.SubsetMetric} measures every prefix (Eq. 5,
 * {@link io.mdc.subset.FeatureDistance}), a {@link io.mdc.subset.MlsSelection} picks the most learnable subset, MLS,
 * from the measurements (Eq. 8–9, {@link io.mdc.subset.RateOfChange}), and a {@link io.mdc.subset.FreezingRule} says
 * which images rest (Eq. 10). {@link io.mdc.subset.AdaptiveSubset} puts them together over the outer loops.
 *
 * <p>Where all prefixes have a loss, {@link io.mdc.subset.SubsetWeights} says what each counts.
 *
 * <p>Invariants: prefixes are counted in stored images, from 1 to N − 1; nothing here knows how images are trained.
 *
 * <p>To add a metric, selection or freezing rule, implement the interface and add a constant to
 * {@link io.mdc.subset.Metric}, {@link io.mdc.subset.Selection} or {@link io.mdc.subset.Freezing}. A metric that is not
 * measured in the steps of the images has no {@code SubsetMetric}; its measurements are given to
 * {@link io.mdc.subset.AdaptiveSubset} just before a selection.
 */
package io.mdc.subset;
