package io.mdc.cli;

import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Stream;

/** Command lines of runs that do everything a real one does, in a second or so. */
final class TinyCommand {
    static final int CLASSES = 10;
    static final int IPC = 2;
    static final int FACTOR = 2;
    static final int OUTER = 3;
    static final int INNER = 2;
    static final int SIZE = 32;

    /** Without evaluation, which the tests that need one add. */
    private static final String SETTINGS = "--depth 1 --width 4 --ipc 2 --outer 3 --inner 2 --period 1 --batch-real 8"
            + " --n-data 64 --epochs 2 --repeats 2 --evaluate=false";

    private TinyCommand() {}

    /** The command line that condenses into {@code out}; {@code changes} take the place of the tiny settings. */
    static String[] condense(Path out, String... changes) {
        String[] kept = Stream.of(("x " + SETTINGS).split(" --"))
                .skip(1)
                .filter(setting -> Arrays.stream(changes).noneMatch(c -> name(c).equals(name("--" + setting))))
                .flatMap(setting -> Stream.of(("--" + setting).split(" ")))
                .toArray(String[]::new);
        return Cli.join(Cli.join(new String[] {"condense", "--out", out.toString()}, kept), changes);
    }

    private static String name(String argument) {
        return argument.split("[= ]", 2)[0];
    }
}
