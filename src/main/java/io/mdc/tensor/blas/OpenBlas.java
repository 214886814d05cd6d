package io.mdc.tensor.blas;

import java.util.List;
import java.util.Optional;
import org.bytedeco.javacpp.Loader;
import org.bytedeco.javacpp.LongPointer;
import org.bytedeco.javacpp.Pointer;
import org.bytedeco.openblas.global.openblas_nolapack;

/** What is known of the OpenBLAS that is loaded. */
public final class OpenBlas {
    private static final String TABLE = "gotoblas";

    /** Kernels that a build for x86-64 may choose from. */
    private static final List<String> KERNELS = List.of(
            "PRESCOTT",
            "CORE2",
            "ATHLON",
            "BARCELONA",
            "NEHALEM",
            "SANDYBRIDGE",
            "BULLDOZER",
            "PILEDRIVER",
            "STEAMROLLER",
            "EXCAVATOR",
            "HASWELL",
            "ZEN",
            "SKYLAKEX",
            "COOPERLAKE");

    private OpenBlas() {}

    /** Its version. */
    public static String version() {
        return openblas_nolapack.OPENBLAS_VERSION.strip();
    }

    /**
     * The kernels it chose for this processor, such as {@code SKYLAKEX}; empty if it does not tell.
     *
     * <p>Its function that tells has no Java face: its table of kernels is compared with those it may choose from.
     */
    public static Optional<String> kernels() {
        Loader.load(openblas_nolapack.class);
        Pointer chosen = Loader.addressof(TABLE);
        if (chosen == null || chosen.isNull()) {
            return Optional.empty();
        }
        long table = new LongPointer(chosen).get();
        return KERNELS.stream()
                .filter(name -> {
                    Pointer own = Loader.addressof(TABLE + "_" + name);
                    return own != null && own.address() == table;
                })
                .findFirst();
    }
}
