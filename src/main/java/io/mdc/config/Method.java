package io.mdc.config;

/** Condensation method. */
public enum Method {
    /** Multisize dataset condensation: IDC with the adaptive subset loss. */
    MDC,
    /** Efficient synthetic-data parameterisation (IDC): no subset loss. */
    IDC
}
