package io.mdc.pretrained;

import io.mdc.engine.Guessing;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/** Tells, once, of a network whose training diverged, by the losses that are kept with its states. Not thread-safe. */
final class NetworkJudge {
    private final TrainingPlan plan;
    private final NetworkFiles files;
    private final Guessing guessing;
    private final Consumer<PoorNetwork> poor;
    private boolean told;

    NetworkJudge(TrainingPlan plan, NetworkFiles files, int classes, Consumer<PoorNetwork> poor) {
        this.plan = plan;
        this.files = files;
        guessing = Guessing.among(classes);
        this.poor = poor;
    }

    /** Looks at a network of which all states are there. */
    void network(int network) {
        IntStream.rangeClosed(1, plan.states()).forEach(state -> state(network, state));
    }

    /** Looks at a state that is there. */
    void state(int network, int state) {
        if (told) {
            return;
        }
        OptionalDouble loss = files.loss(network, state);
        if (loss.isPresent() && guessing.isFarBelow(loss.getAsDouble())) {
            told = true;
            poor.accept(new PoorNetwork(
                    plan.kind(), network, state, loss.getAsDouble(), guessing.loss(), plan.rateOption()));
        }
    }
}
