package io.mdc.condense;

/** Condensation method: a base method and the subset loss that comes with it (paper Table 2). */
public enum Method {
    /** Multisize dataset condensation: IDC with the adaptive subset loss. */
    MDC(SubsetLoss.ADAPTIVE),
    /** Efficient synthetic-data parameterisation (IDC): no subset loss. */
    IDC(SubsetLoss.NONE);

    private final SubsetLoss subset;

    Method(SubsetLoss subset) {
        this.subset = subset;
    }

    /** The subset loss unless settings ask for another. */
    public SubsetLoss subset() {
        return subset;
    }
}
