package io.mdc.method;

import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.matching.MatchingConfig;
import io.mdc.objective.GradientMatching;
import io.mdc.objective.Objective;
import io.mdc.setting.Settings;
import java.util.stream.Stream;

/** A base method that matches gradients of the network's loss on real and condensed images. */
interface GradientMethod extends ClassMethod {

    @Override
    default String referenceCases() {
        return "matching-";
    }

    @Override
    default void checkNetwork(MatchingConfig matching, DifferentiableGraph network) {
        GradientMatching.matched(network, matching.match());
    }

    @Override
    default Objective objective(MatchingConfig matching, ChunkedGraph runner) {
        return new GradientMatching(runner, matching.distance().measure(), matching.match());
    }

    /** Keys of the settings of what is matched. */
    static Stream<String> keys() {
        return Stream.of(Settings.key(MatchingConfig.class, "distance"), Settings.key(MatchingConfig.class, "match"));
    }
}
