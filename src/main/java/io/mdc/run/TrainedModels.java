package io.mdc.run;

import io.mdc.data.Dataset;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Networks;
import io.mdc.evaluate.Trial;
import io.mdc.network.NetworkConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** The trained networks of an evaluation, kept as DL4J model files in a run directory. */
final class TrainedModels {
    private final RunDirectory directory;
    private final NetworkConfig network;
    private final Dataset data;

    /** Models in the directory, of networks for the images of the data set. */
    TrainedModels(RunDirectory directory, NetworkConfig network, Dataset data) {
        this.directory = directory;
        this.network = network;
        this.data = data;
    }

    boolean has(Trial trial) {
        return Files.exists(file(trial));
    }

    void save(Trial trial, NetworkTrainer trained) throws IOException {
        Files.createDirectories(directory.models());
        Networks.save(
                trial.network(),
                network,
                data.train().channels(),
                data.train().height(),
                data.classes(),
                trained,
                file(trial));
    }

    Path file(Trial trial) {
        String name = trial.network().toString().replaceAll("[^A-Za-z0-9.-]+", "-");
        return directory.models().resolve(name + "-size" + trial.size() + "-repeat" + trial.repeat() + ".zip");
    }
}
