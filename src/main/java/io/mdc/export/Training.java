package io.mdc.export;

import io.mdc.augment.TransformKind;
import io.mdc.data.Normalization;
import io.mdc.evaluate.Epochs;
import io.mdc.evaluate.EvaluationSettings;
import io.mdc.network.Architecture;
import io.mdc.network.NetworkChoice;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/**
 * How the evaluator trains networks on a set, and how much of it the script can do.
 *
 * @param settings of the run's evaluation
 * @param normalization of the images
 */
public record Training(EvaluationSettings settings, Normalization normalization) {
    private static final Set<TransformKind> OF_SCRIPT = Set.of(
            TransformKind.COLOR,
            TransformKind.CROP,
            TransformKind.CUTOUT,
            TransformKind.FLIP,
            TransformKind.SCALE,
            TransformKind.ROTATE);

    /** The ConvNet that is evaluated, or else the one there would be. */
    NetworkChoice convNet() {
        return evaluatedConvNet()
                .orElse(new NetworkChoice(Optional.of(Architecture.CONVNET), OptionalInt.empty(), Optional.empty()));
    }

    /** Whether the evaluation trains a ConvNet, as the script does. */
    boolean isConvNet() {
        return evaluatedConvNet().isPresent();
    }

    private Optional<NetworkChoice> evaluatedConvNet() {
        return settings.networks().stream()
                .filter(network -> network.architecture().equals(Optional.of(Architecture.CONVNET)))
                .findFirst();
    }

    /** Blocks of the ConvNet. */
    int depth() {
        return settings.network().depth();
    }

    /** Channels of the ConvNet. */
    int width() {
        return settings.network().widthOf(convNet()).orElseThrow();
    }

    /** Passes over the images, by how many a class has. */
    Epochs epochs() {
        return settings.evaluation().epochs();
    }

    /** The steps of the augmentation that the script has, with their alternatives. */
    List<List<TransformKind>> scriptAugmentation() {
        return settings.evaluation().augmentEval().steps().stream()
                .map(step -> step.stream().filter(OF_SCRIPT::contains).toList())
                .filter(step -> !step.isEmpty())
                .toList();
    }

    /** The transforms that the script does not have. */
    List<TransformKind> leftOut() {
        return settings.evaluation().augmentEval().steps().stream()
                .flatMap(List::stream)
                .filter(kind -> !OF_SCRIPT.contains(kind))
                .distinct()
                .toList();
    }
}
