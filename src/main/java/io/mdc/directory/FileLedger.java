package io.mdc.directory;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import io.mdc.base.DirectoryLock;
import io.mdc.base.Json;
import io.mdc.engine.NetworkTrainer;
import io.mdc.evaluate.Accuracies;
import io.mdc.evaluate.Cell;
import io.mdc.evaluate.Protocol;
import io.mdc.evaluate.Trial;
import io.mdc.evaluate.TrialLedger;
import io.mdc.network.NetworkChoice;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.function.Consumer;

/**
 * Every finished trial of a run in a file: lines of protocols, and a line per trial under one of them, each with a
 * checksum.
 *
 * <p>Nothing is ever taken out but lines that are damaged; the file as it was is then put aside. Where another process
 * has taken over the directory that this one holds, the next trial to be noted is refused.
 */
public final class FileLedger implements TrialLedger, AutoCloseable {
    /** A trial under the protocol of that key. */
    private record Entry(
            String protocol,
            String network,
            Integer width,
            int size,
            int images,
            int epochs,
            int repeat,
            List<Double> accuracies) {
        static Entry of(String protocol, Trial trial, Accuracies accuracies) {
            Cell cell = trial.cell();
            return new Entry(
                    protocol,
                    cell.network().toString(),
                    cell.width().isPresent() ? cell.width().getAsInt() : null,
                    cell.size(),
                    cell.images(),
                    cell.epochs(),
                    trial.repeat(),
                    accuracies.percents());
        }

        Trial trial() {
            OptionalInt channels = width == null ? OptionalInt.empty() : OptionalInt.of(width);
            return new Trial(new Cell(NetworkChoice.parse(network), channels, size, images, epochs), repeat);
        }
    }

    /** One of the two, and a checksum of it. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    private record Line(Protocol protocol, Entry trial, String check) {
        Line checked() {
            return new Line(protocol, trial, Json.checksum(new Line(protocol, trial, null)));
        }
    }

    private final Path folder;
    private final Protocol protocol;
    private final Optional<TrainedModels> models;
    private final LineLog log;
    private final Map<String, Protocol> protocols = new LinkedHashMap<>();
    private final Map<Protocol, Map<Trial, Accuracies>> known = new LinkedHashMap<>();

    /**
     * Opens or creates the file.
     *
     * @param protocol that of the trials to come
     * @param models where trained networks are kept; a trial without its model counts as not made
     * @param notes is told of damage
     * @throws io.mdc.base.DataException if it cannot be read at all
     * @throws IOException if it cannot be written
     */
    public FileLedger(Path file, Protocol protocol, Optional<TrainedModels> models, Consumer<String> notes)
            throws IOException {
        folder = file.toAbsolutePath().getParent();
        this.protocol = protocol;
        this.models = models;
        String content = Files.exists(file) ? RunDirectory.text(file) : "";
        List<String> whole =
                content.substring(0, content.lastIndexOf('\n') + 1).lines().toList();
        List<String> kept = whole.stream().filter(this::take).toList();
        if (kept.size() < whole.size()) {
            notes.accept(file + ": " + (whole.size() - kept.size()) + " of " + whole.size()
                    + " lines are damaged, and what they told is made again" + DamagedFile.keep(file));
        }
        log = new LineLog(
                file, String.join("", kept.stream().map(line -> line + "\n").toList()));
        begin(protocol);
    }

    private void begin(Protocol under) throws IOException {
        if (protocols.putIfAbsent(under.key(), under) == null) {
            known.put(under, new LinkedHashMap<>());
            log.add(new Line(under, null, null).checked());
        }
    }

    /**
     * The trials under another protocol, in the same file; their networks are not kept.
     *
     * @throws IOException if it cannot be written
     */
    public synchronized TrialLedger under(Protocol other) throws IOException {
        begin(other);
        return new TrialLedger() {
            @Override
            public Optional<Accuracies> known(Trial trial) {
                return FileLedger.this.known(other, trial);
            }

            @Override
            public void finished(Trial trial, Accuracies accuracies, NetworkTrainer trained) {
                note(other, trial, accuracies);
            }
        };
    }

    private synchronized Optional<Accuracies> known(Protocol under, Trial trial) {
        return Optional.ofNullable(known.get(under).get(trial));
    }

    private synchronized void note(Protocol under, Trial trial, Accuracies accuracies) {
        try {
            DirectoryLock.requireOwn(folder);
            // One made again for its model is known.
            if (!accuracies.equals(known.get(under).put(trial, accuracies))) {
                log.add(new Line(null, Entry.of(under.key(), trial, accuracies), null).checked());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Takes in a line; false if it is damaged. */
    private boolean take(String text) {
        try {
            Line line = Json.read(text, Line.class);
            if (line == null || !line.checked().equals(line)) {
                return false;
            }
            if (line.protocol() != null) {
                protocols.put(line.protocol().key(), line.protocol());
                known.put(line.protocol(), new LinkedHashMap<>());
                return true;
            }
            Entry entry = line.trial();
            known.get(protocols.get(entry.protocol())).put(entry.trial(), new Accuracies(entry.accuracies()));
            return true;
        } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
            return false;
        }
    }

    /** All trials finished so far, by protocol; a copy. */
    public synchronized Map<Protocol, Map<Trial, Accuracies>> all() {
        Map<Protocol, Map<Trial, Accuracies>> all = new LinkedHashMap<>();
        known.forEach((under, trials) -> {
            if (!trials.isEmpty()) {
                all.put(under, Map.copyOf(trials));
            }
        });
        return all;
    }

    @Override
    public synchronized Optional<Accuracies> known(Trial trial) {
        boolean complete = models.map(kept -> kept.has(trial)).orElse(true);
        return complete ? known(protocol, trial) : Optional.empty();
    }

    @Override
    public synchronized void finished(Trial trial, Accuracies accuracies, NetworkTrainer trained) {
        try {
            if (models.isPresent()) {
                models.get().save(trial, trained);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        note(protocol, trial, accuracies);
    }

    @Override
    public void close() throws IOException {
        log.close();
    }
}
