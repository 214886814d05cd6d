package io.mdc.task;

import io.mdc.setting.ConfigException;
import io.mdc.setting.Setting;
import io.mdc.setting.Settings;

/**
 * Students: networks that begin where an expert was and are trained on S for a few steps.
 *
 * @param stepsStudent steps of gradient descent, N
 * @param batchStudent decoded images of a step, at most all of S
 * @param lrStudent learning rate at first, α
 * @param lrRate how fast α is learned
 * @param startBelow epochs of an expert that a student may begin after, T⁺: 0 to one less
 * @param epochsAhead how many epochs later the expert is where the student should go, M
 */
public record StudentConfig(
        @Setting(value = "Steps that a student is trained on the condensed images for", min = 1, max = 100_000)
        int stepsStudent,

        @Setting(
                value =
                        "Condensed images of such a step, of all classes, counted after cutting into tiles; at most all",
                min = 1,
                max = 65_536)
        int batchStudent,

        @Setting(value = "Learning rate of students at the beginning; it is learned", min = 0, max = 100)
        double lrStudent,

        @Setting(value = "Learning rate of the students' learning rate", min = 0, max = 100)
        double lrRate,

        @Setting(
                value = "Students begin where an expert was after fewer epochs than this, drawn at random",
                min = 1,
                max = 100_000)
        int startBelow,

        @Setting(
                value = "Epochs after which the expert was where the student is to be at its end",
                min = 1,
                max = 100_000)
        int epochsAhead) {
    /**
     * Checks the values.
     *
     * @throws ConfigException if one is out of range
     */
    public StudentConfig {
        Settings.check(StudentConfig.class, stepsStudent, batchStudent, lrStudent, lrRate, startBelow, epochsAhead);
    }

    /** The last epoch of an expert that is looked at. */
    public int lastEpoch() {
        return startBelow - 1 + epochsAhead;
    }
}
