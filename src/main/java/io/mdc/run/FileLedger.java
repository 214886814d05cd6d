package io.mdc.run;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.mdc.base.Json;
import io.mdc.engine.NetworkTrainer;
import io.mdc.evaluate.Accuracies;
import io.mdc.evaluate.Trial;
import io.mdc.evaluate.TrialLedger;
import io.mdc.network.NetworkChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The finished trials of an evaluation in a file: a line that says what is evaluated, then a line per trial.
 *
 * <p>A file of another evaluation is begun anew; a line cut off by a crash ends what is known.
 */
final class FileLedger implements TrialLedger, AutoCloseable {
    private record Line(String network, int size, int repeat, List<Double> accuracies) {
        Line {
            Objects.requireNonNull(network);
            accuracies = List.copyOf(accuracies);
        }

        static Line of(Trial trial, Accuracies accuracies) {
            return new Line(trial.network().toString(), trial.size(), trial.repeat(), accuracies.percents());
        }

        Trial trial() {
            return new Trial(NetworkChoice.parse(network), size, repeat);
        }
    }

    private final Map<Trial, Accuracies> known = new HashMap<>();
    private final Optional<TrainedModels> models;
    private final LineLog log;

    /**
     * Opens or creates the file.
     *
     * @param protocol everything that changes results
     * @param models where trained networks are kept; a trial without its model counts as not made
     */
    FileLedger(Path file, Map<String, String> protocol, Optional<TrainedModels> models) throws IOException {
        this.models = models;
        Map<String, String> header = new TreeMap<>(protocol);
        List<String> lines = Files.exists(file) ? Files.readAllLines(file, StandardCharsets.UTF_8) : List.of();
        boolean same = !lines.isEmpty() && lines.get(0).equals(Json.line(header));
        log = new LineLog(file, same ? 1 + read(lines.subList(1, lines.size())) : 0);
        if (!same) {
            log.add(header);
        }
    }

    /** Takes in lines as far as they can be read, and returns how many those are. */
    private int read(List<String> lines) {
        int read = 0;
        try {
            for (; read < lines.size(); read++) {
                Line line = Json.read(lines.get(read), Line.class);
                known.put(line.trial(), new Accuracies(line.accuracies()));
            }
        } catch (JsonProcessingException | IllegalArgumentException e) {
            return read;
        }
        return read;
    }

    @Override
    public synchronized Optional<Accuracies> known(Trial trial) {
        boolean complete = models.map(kept -> kept.has(trial)).orElse(true);
        return complete ? Optional.ofNullable(known.get(trial)) : Optional.empty();
    }

    @Override
    public synchronized void finished(Trial trial, Accuracies accuracies, NetworkTrainer trained) {
        try {
            if (models.isPresent()) {
                models.get().save(trial, trained);
            }
            log.add(Line.of(trial, accuracies));
            known.put(trial, accuracies);
        } catch (IOException e) {
            throw new UncheckedIOException("finished trials cannot be written down: " + e.getMessage(), e);
        }
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
