package io.mdc.evaluate;

import io.mdc.engine.TrainingConfig;
import io.mdc.network.NetworkChoice;
import io.mdc.network.NetworkConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * All settings that shape the accuracies of an evaluation, besides the data set and the condensed one.
 *
 * @param evaluation what is measured, and how long and on what networks are trained
 * @param network network condensed with, and widths
 * @param training learning rate, momentum and decay
 * @param seed of all random choices
 */
public record EvaluationSettings(
        EvaluationConfig evaluation, NetworkConfig network, TrainingConfig training, long seed) {

    /** The networks to train: those asked for, each once, or else the one condensed with. */
    List<NetworkChoice> networks() {
        List<NetworkChoice> asked = evaluation.networks();
        return asked.isEmpty()
                ? List.of(network.network())
                : asked.stream().distinct().toList();
    }

    /** The widths of these networks by name, without those that come from files. */
    Map<String, Integer> widths() {
        Map<String, Integer> widths = new LinkedHashMap<>();
        networks().forEach(choice -> network.widthOf(choice).ifPresent(width -> widths.put(choice.toString(), width)));
        return widths;
    }
}
