package io.mdc.method;

import io.mdc.setting.Settings;
import io.mdc.task.LoopConfig;
import java.util.stream.Stream;

/**
 * IDC: gradient matching along a θ that is trained on real images (Kim et al., "Dataset Condensation via Efficient
 * Synthetic-Data Parameterization", 2022).
 */
final class Idc implements GradientMethod {

    @Override
    public Stream<String> special() {
        return keys();
    }

    /** Keys of the settings of what is matched, and of the networks along which it is. */
    static Stream<String> keys() {
        return Stream.concat(GradientMethod.keys(), Stream.of(Settings.key(LoopConfig.class, "warmUp")));
    }
}
