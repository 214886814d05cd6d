package io.mdc.cli;

import io.mdc.job.EvaluateAllJob.LeftOut;
import java.util.List;

/** Some of several runs failed, which was told when they did; the exit code is that of the first. */
final class LeftOutException extends RuntimeException {
    private static final long serialVersionUID = 1;

    LeftOutException(List<LeftOut> leftOut, int runs) {
        super(
                leftOut.size() + " of " + runs + " runs left out: "
                        + String.join(
                                ", ",
                                leftOut.stream()
                                        .map(failed -> failed.run().path().toString())
                                        .toList()),
                leftOut.get(0).reason());
    }
}
