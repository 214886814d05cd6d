package io.mdc.run;

import io.mdc.base.DataException;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.directory.CoursePoint;
import io.mdc.directory.RunDirectory;
import io.mdc.evaluate.CondensedSet;

/** Tells whether runs have come to their end, with images that can be used. */
public final class RunEnd {
    private RunEnd() {}

    /** Whether a run has come to the end that these settings give it, with a set that can be read. */
    public static boolean isReached(RunDirectory run, RunConfig config) {
        return run.isFinished() && loops(run) == config.loop().outer() && isReadable(run);
    }

    /**
     * Whether a run at its end lacks the evaluation there that these settings ask for, and has the state it is made
     * from.
     */
    public static boolean canBeMeasured(RunDirectory run, RunConfig config) {
        return config.evaluation().evaluateEvery() > 0
                && run.checkpoints().exist()
                && CoursePoint.readAll(run.course()).stream()
                        .noneMatch(point -> point.outer() == config.loop().outer());
    }

    /** Outer loops that a run has or is to have, by the settings in its directory. */
    static int loops(RunDirectory run) {
        return ConfigReader.read(run.settings(note -> {})).loop().outer();
    }

    private static boolean isReadable(RunDirectory run) {
        try {
            CondensedSet.read(run.synthetic());
            return true;
        } catch (DataException e) {
            return false; // it is written anew
        }
    }
}
