package io.mdc.condense;

import io.mdc.engine.ChunkedGraph;
import io.mdc.matching.MatchingConfig;
import io.mdc.objective.GradientMatching;
import io.mdc.objective.Objective;
import io.mdc.setting.Settings;
import java.util.stream.Stream;

/**
 * IDC: gradient matching along a θ that is trained on real images (Kim et al., "Dataset Condensation via Efficient
 * Synthetic-Data Parameterization", 2022).
 */
class Idc implements ClassMethod {

    @Override
    public String referenceCases() {
        return "matching-";
    }

    @Override
    public Stream<String> special() {
        return Stream.concat(ofGradients(), Stream.of(Settings.key(LoopConfig.class, "warmUp")));
    }

    /** Keys of settings of what is matched. */
    static Stream<String> ofGradients() {
        return Stream.of(Settings.key(MatchingConfig.class, "distance"), Settings.key(MatchingConfig.class, "match"));
    }

    @Override
    public Objective objective(MatchingConfig matching, ChunkedGraph runner) {
        return new GradientMatching(runner, matching.distance().measure(), matching.match());
    }
}
