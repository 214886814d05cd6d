package io.mdc.method;

/**
 * DSA: DC that starts from real images, or collages of them where the factor asks for tiles, and augments both batches
 * of a step alike, and what θ is trained on (Zhao and Bilen, "Dataset Condensation with Differentiable Siamese
 * Augmentation", 2021). The augmentation is a setting.
 */
final class Dsa implements AlongOwnImages {}
