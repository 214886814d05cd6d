package io.mdc.reproduce.plan;

import io.mdc.network.NetworkChoice;
import java.util.Map;

/** How long the runs of a table are, and how many of them there are. */
public enum Scale {
    /** Built-in images in minutes: whether it works, not how well. */
    SMOKE("", 1, 1, Map.of("ResNet", "resnet10:4", "DenseNet", "densenet:2")),
    /** Short runs and narrow networks, for hours on two cores. */
    CPU("-cpu", 2, 2, Map.of("ResNet", "resnet10:8", "DenseNet", "densenet:2")),
    /** The paper's settings; its ResNet for CIFAR is half as wide as others. */
    PAPER("", 1, 1, Map.of("ResNet", "resnet10:32", "DenseNet", "densenet"));

    private final String suffix;
    private final int seeds;
    private final int times;

    @SuppressWarnings("ImmutableEnumChecker") // made by Map.of
    private final Map<String, String> networks;

    Scale(String suffix, int seeds, int times, Map<String, String> networks) {
        this.suffix = suffix;
        this.seeds = seeds;
        this.times = times;
        this.networks = networks;
    }

    /** What presets of the scale end in. */
    String suffix() {
        return suffix;
    }

    /** Runs of every kind, with seeds from 0, where nothing else is asked for. */
    public int seeds() {
        return seeds;
    }

    /** How many times as many outer loops as in the presets there are. */
    int times() {
        return times;
    }

    /**
     * Whether sets of fewer images move at the rate of the largest of their table. By the paper's rule, which is
     * proportional to the number of images, sets of one image need ten times as many loops as sets of ten.
     */
    public boolean movesAlike() {
        return this == CPU;
    }

    /** What is trained where the paper names a network. */
    public NetworkChoice network(String paper) {
        return NetworkChoice.parse(networks.get(paper));
    }
}
