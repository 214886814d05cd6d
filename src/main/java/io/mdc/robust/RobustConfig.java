package io.mdc.robust;

import io.mdc.evaluate.Sizes;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Setting;
import io.mdc.setting.Settings;
import java.util.List;
import java.util.Optional;

/**
 * What a condensed set is compared with by {@code mdc evaluate --robust}.
 *
 * @param draws networks trained on the set, and as many on random real images, each on others
 * @param epochsReal passes over all real images of a network that is trained on them
 */
public record RobustConfig(
        @Setting(
                value = "Networks trained on the set, and as many on random real images, drawn anew for each",
                min = 1,
                max = 1_000)
        int draws,

        @Setting(value = "Epochs of the training on all real images, made once and cached", min = 1, max = 1_000_000)
        int epochsReal) {
    /**
     * Checks the values.
     *
     * @throws ConfigException if one is out of range
     */
    public RobustConfig {
        Settings.check(RobustConfig.class, draws, epochsReal);
    }

    /**
     * The sizes that are compared: those asked for, else the largest.
     *
     * @throws ConfigException if the set has not so many images
     */
    public static List<Integer> sizes(Optional<Sizes> asked, int ipc) {
        return asked.map(sizes -> sizes.resolve(ipc)).orElse(List.of(ipc));
    }
}
