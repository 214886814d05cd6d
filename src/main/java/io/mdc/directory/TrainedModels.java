package io.mdc.directory;

import io.mdc.data.Dataset;
import io.mdc.engine.NetworkTrainer;
import io.mdc.engine.Networks;
import io.mdc.evaluate.Cell;
import io.mdc.evaluate.Protocol;
import io.mdc.evaluate.Trial;
import io.mdc.network.NetworkChoice;
import io.mdc.network.NetworkConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.commons.codec.digest.DigestUtils;

/** The trained networks of an evaluation, kept as DL4J model files in a run directory. */
public final class TrainedModels {
    private static final int HASH_DIGITS = 8;

    private final Path folder;
    private final NetworkConfig network;
    private final Dataset data;

    /** Models in the directory, trained by the protocol on images like those of the data set. */
    public TrainedModels(RunDirectory directory, Protocol protocol, NetworkConfig network, Dataset data) {
        this.folder = directory.models().resolve(protocol.key());
        this.network = network;
        this.data = data;
    }

    boolean has(Trial trial) {
        return Files.exists(file(trial));
    }

    void save(Trial trial, NetworkTrainer trained) throws IOException {
        Files.createDirectories(folder);
        Networks.save(
                trial.cell().network(),
                network,
                data.train().channels(),
                data.train().height(),
                data.classes(),
                trained,
                file(trial));
    }

    Path file(Trial trial) {
        Cell cell = trial.cell();
        return folder.resolve(name(cell.network()) + "-size" + cell.size() + "-repeat" + trial.repeat() + ".zip");
    }

    /** Different for every network: two paths may differ in nothing but what a name cannot have. */
    private static String name(NetworkChoice network) {
        String text = network.toString();
        String name = text.replaceAll("[^A-Za-z0-9.-]+", "-");
        boolean changed = network.file().isPresent() && !name.equals(text);
        return changed ? name + "-" + DigestUtils.sha256Hex(text).substring(0, HASH_DIGITS) : name;
    }
}
