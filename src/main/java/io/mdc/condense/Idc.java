package io.mdc.condense;

import io.mdc.engine.ChunkedGraph;
import io.mdc.matching.MatchingConfig;
import io.mdc.objective.GradientMatching;
import io.mdc.objective.Objective;
import io.mdc.setting.Settings;
import java.util.List;
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
    public List<String> special() {
        return and(ofGradients(), List.of(Settings.key(LoopConfig.class, "warmUp")));
    }

    /** Keys of settings of what is matched. */
    static List<String> ofGradients() {
        return List.of(Settings.key(MatchingConfig.class, "distance"), Settings.key(MatchingConfig.class, "match"));
    }

    /** Both lists. */
    static List<String> and(List<String> some, List<String> others) {
        return Stream.concat(some.stream(), others.stream()).toList();
    }

    @Override
    public Objective objective(MatchingConfig matching, ChunkedGraph runner) {
        return new GradientMatching(runner, matching.distance().measure(), matching.match());
    }
}
