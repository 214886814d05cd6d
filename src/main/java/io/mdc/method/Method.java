package io.mdc.method;

import io.mdc.task.SubsetLoss;

/** Condensation method: a base method and the subset loss that comes with it (paper Table 2). */
public enum Method {
    /** Multisize dataset condensation: IDC with the adaptive subset loss. */
    MDC(new Idc(), SubsetLoss.ADAPTIVE),
    /** Efficient synthetic-data parameterisation (IDC): no subset loss. */
    IDC(new Idc(), SubsetLoss.NONE),
    /** Representative matching (DREAM): IDC on real images that clusters are represented by; no subset loss. */
    DREAM(new Dream(), SubsetLoss.NONE),
    /** Dataset condensation (DC): gradient matching along training on the images, from noise; no subset loss. */
    DC(new Dc(), SubsetLoss.NONE),
    /** DC from real images with the same augmentation on both sides (DSA); no subset loss. */
    DSA(new Dsa(), SubsetLoss.NONE),
    /** Distribution matching (DM) under random networks; no subset loss. */
    DM(new Dm(), SubsetLoss.NONE),
    /** Distribution matching under networks of a pool, partly trained (DANCE); no subset loss. */
    DANCE(new Dance(), SubsetLoss.NONE),
    /** Matching training trajectories (MTT): students trained on S go where experts trained on real images went. */
    MTT(new Mtt(), SubsetLoss.NONE);

    @SuppressWarnings("ImmutableEnumChecker") // implementations keep nothing
    private final BaseMethod base;

    private final SubsetLoss subset;

    Method(BaseMethod base, SubsetLoss subset) {
        this.base = base;
        this.subset = subset;
    }

    /** The base method. */
    public BaseMethod base() {
        return base;
    }

    /** The subset loss unless settings ask for another. */
    public SubsetLoss subset() {
        return subset;
    }
}
