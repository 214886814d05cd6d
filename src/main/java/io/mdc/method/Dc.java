package io.mdc.method;

import io.mdc.synthetic.Init;

/**
 * DC: gradient matching along a θ that is trained on the synthetic images, which start as noise (Zhao, Mopuri and
 * Bilen, "Dataset Condensation with Gradient Matching", 2021).
 */
final class Dc implements AlongOwnImages {

    @Override
    public Init init() {
        return Init.NOISE;
    }
}
