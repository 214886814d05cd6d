package io.mdc.coreset;

import io.mdc.setting.ConfigException;
import io.mdc.setting.Setting;
import io.mdc.setting.Settings;
import java.util.OptionalInt;

/**
 * The choice of real images that stand for their class.
 *
 * @param chooseFrom how many images of a class, drawn at random, are chosen from; empty for all
 * @param interval how many inner loops a real batch that was chosen is used for
 */
public record ChoiceConfig(
        @Setting(
                value = "Real images of a class, drawn at random, that k-means, herding and k-center choose from;"
                        + " auto is all",
                min = 1,
                max = 10_000_000)
        OptionalInt chooseFrom,

        @Setting(value = "Inner loops after which dream clusters the real images anew", min = 1, max = 1_000_000)
        int interval) {
    /**
     * Checks the values.
     *
     * @throws ConfigException if one is out of range
     */
    public ChoiceConfig {
        Settings.check(ChoiceConfig.class, chooseFrom, interval);
    }

    /**
     * Checks that there are as many images to choose from as are chosen.
     *
     * @param by the setting that asks for the choice, as an option
     * @throws ConfigException if there are fewer
     */
    public void requireAtLeast(int count, String by) {
        if (chooseFrom.isPresent() && chooseFrom.getAsInt() < count) {
            throw new ConfigException(
                    Settings.key(ChoiceConfig.class, "chooseFrom"),
                    chooseFrom.getAsInt(),
                    "must be at least the " + count + " images of each class that " + by + " chooses");
        }
    }
}
