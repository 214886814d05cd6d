package io.mdc.robust;

import java.util.stream.DoubleStream;

/**
 * The scores of DD-Ranking (Li et al., 2025) with both weights ½, from accuracies as fractions.
 *
 * @param real of a network trained on all real images
 * @param set of one trained on the condensed images
 * @param random of one trained by the same recipe on as many random real images
 * @param setPlain like {@code set}, trained without augmentation
 * @param randomPlain like {@code random}, trained without augmentation
 */
public record Scores(double real, double set, double random, double setPlain, double randomPlain) {
    private static final double W = 0.5;
    private static final double GAMMA = 0.5;

    /**
     * Checks the accuracies.
     *
     * @throws IllegalArgumentException if one is not from 0 to 1
     */
    public Scores {
        if (!DoubleStream.of(real, set, random, setPlain, randomPlain)
                .allMatch(accuracy -> accuracy >= 0 && accuracy <= 1)) {
            throw new IllegalArgumentException("accuracies from 0 to 1, got " + real + ", " + set + ", " + random + ", "
                    + setPlain + ", " + randomPlain);
        }
    }

    /** Hard label recovery, what is missing to all real images: HLR = real − set, from −1 to 1. */
    public double hlr() {
        return real - set;
    }

    /** Improvement over random images: IOR = set − random, from −1 to 1. */
    public double ior() {
        return set - random;
    }

    /** Label-robust score: LRS = (e^α − e⁻¹) / (e − e⁻¹) with α = w IOR − (1 − w) HLR, from 0 to 1. */
    public double lrs() {
        return score(W * ior() - (1 - W) * hlr());
    }

    /**
     * Augmentation-robust score: ARS = (e^β − e⁻¹) / (e − e⁻¹) with β = γ IOR + (1 − γ) (setPlain − randomPlain), from
     * 0 to 1.
     */
    public double ars() {
        return score(GAMMA * ior() + (1 - GAMMA) * (setPlain - randomPlain));
    }

    private static double score(double x) {
        return (Math.exp(x) - Math.exp(-1)) / (Math.E - Math.exp(-1));
    }
}
