package io.mdc.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.mdc.testing.Programs;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The launcher, as far as it comes before it looks for Java or builds something. */
class LauncherTest {
    @ParameterizedTest
    @ValueSource(strings = {"abc", "4 g", "4gb", "-1", "1.5g", "g"})
    void aHeapThatIsNoSizeIsNamed(String heap) {
        Optional<Programs.Output> ended = Programs.run("env", "MDC_HEAP=" + heap, "bash", "mdc", "--version");
        assumeTrue(ended.isPresent(), "no bash here");
        assertEquals(
                new Programs.Output(
                        ExitCode.USAGE,
                        "mdc: MDC_HEAP=" + heap + ": must be a whole number with k, m, g or t after it, such as 512m or"
                                + " 4g\n"),
                ended.get());
    }

    @Test
    void aMisspeltEmulatorIsNamed() {
        Optional<Programs.Output> ended = Programs.run("env", "MDC_CUDA=emulater", "bash", "mdc", "--version");
        assumeTrue(ended.isPresent(), "no bash here");
        assertEquals(
                new Programs.Output(
                        ExitCode.USAGE,
                        "mdc: MDC_CUDA is emulater: it may be emulator, or empty for the driver of this machine\n"),
                ended.get());
    }
}
