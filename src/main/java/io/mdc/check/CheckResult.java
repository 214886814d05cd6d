package io.mdc.check;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.mdc.tensor.Backend;
import java.util.Locale;

/**
 * The outcome of one case on one backend.
 *
 * @param name of the case
 * @param path {@code host} or {@code nd4j}
 * @param precision {@code double} or {@code float}
 * @param error largest relative error, null if skipped
 * @param tolerance the largest error that passes
 * @param status {@code ok}, {@code failed} or {@code skipped}
 * @param reason why it was skipped, else null
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CheckResult(
        String name, String path, String precision, Double error, double tolerance, String status, String reason) {

    static CheckResult measured(String name, Backend backend, double error, double tolerance) {
        String status = error <= tolerance ? "ok" : "failed";
        return new CheckResult(name, backend.name(), precision(backend), error, tolerance, status, null);
    }

    static CheckResult skipped(String name, Backend backend, double tolerance, String reason) {
        return new CheckResult(name, backend.name(), precision(backend), null, tolerance, "skipped", reason);
    }

    private static String precision(Backend backend) {
        return backend.precision().name().toLowerCase(Locale.ROOT);
    }

    /** Whether the case was computed and is over its tolerance. */
    public boolean isFailed() {
        return status.equals("failed");
    }
}
