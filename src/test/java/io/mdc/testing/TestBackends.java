package io.mdc.testing;

import static org.junit.jupiter.api.Named.named;

import io.mdc.backend.Backends;
import io.mdc.tensor.Backend;
import io.mdc.tensor.Precision;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;

/** The backends that tests share. */
public final class TestBackends {
    /** ND4J ops in double precision: the reference. */
    public static final Backend DOUBLE = Backends.nd4j(Precision.DOUBLE);

    /** ND4J ops in float precision. */
    public static final Backend FLOAT = Backends.nd4j(Precision.FLOAT);

    /** Loops over host memory in float precision. */
    public static final Backend HOST = Backends.host();

    /** {@link #HOST} with direct convolutions. */
    public static final Backend DIRECT = Backends.hostDirect();

    /** {@link #HOST} with Winograd's convolution wherever it applies, however few channels there are. */
    public static final Backend WINOGRAD = Backends.hostWinograd();

    private TestBackends() {}

    /** Every backend, and that of an emulated GPU where it can be built; for {@code @MethodSource}. */
    public static Stream<Named<Backend>> all() {
        return Stream.concat(
                Stream.of(
                        named("nd4j double", DOUBLE),
                        named("nd4j float", FLOAT),
                        named("host", HOST),
                        named("host direct", DIRECT),
                        named("host winograd", WINOGRAD)),
                Emulator.backend().stream().map(cuda -> named("cuda emulated", cuda)));
    }

    /** The relative error that rounding may cause in a few operations of a backend. */
    public static double rounding(Backend backend) {
        return tolerance(backend, 1e-13, 5e-6);
    }

    /** One of two tolerances, by the backend's precision. */
    public static double tolerance(Backend backend, double inDouble, double inFloat) {
        return backend.precision() == Precision.DOUBLE ? inDouble : inFloat;
    }
}
