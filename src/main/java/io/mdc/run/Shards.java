package io.mdc.run;

import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.directory.Manifest;
import io.mdc.directory.RunDirectory;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Share;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Where the shards of a run are: each a run directory {@code DIR/shards/k-of-n}, with what they tell each other in
 * {@code DIR/shards/exchange}.
 *
 * @param run DIR
 * @param count n, how many there are to be
 */
public record Shards(Path run, int count) {
    private static final String FOLDER = "shards";
    private static final Pattern NAME = Pattern.compile("([1-9]\\d{0,5})-of-([1-9]\\d{0,5})");

    /**
     * Those that are in a directory.
     *
     * @throws ConfigException if there are none, or some of another division
     */
    public static Shards in(Path run) throws IOException {
        TreeSet<Integer> counts = counts(run);
        if (counts.isEmpty()) {
            throw new ConfigException(
                    run + ": has no shards of a run; make them with mdc condense --class-shard 1/n --out " + run
                            + ", then 2/n, and so on");
        }
        Shards shards = new Shards(run, counts.first());
        shards.requireOneDivision();
        return shards;
    }

    /** Which shard a directory is of, by its name and its folder's; empty if it is none. */
    static Optional<Share> placeOf(Path directory) {
        Path path = directory.toAbsolutePath().normalize();
        Matcher name = NAME.matcher(path.getFileName().toString());
        if (!path.getParent().endsWith(FOLDER) || !name.matches()) {
            return Optional.empty();
        }
        int number = Integer.parseInt(name.group(1));
        int of = Integer.parseInt(name.group(2));
        return number <= of ? Optional.of(new Share(number, of)) : Optional.empty();
    }

    private static TreeSet<Integer> counts(Path run) throws IOException {
        TreeSet<Integer> counts = new TreeSet<>();
        if (Files.isDirectory(run.resolve(FOLDER))) {
            try (Stream<Path> entries = Files.list(run.resolve(FOLDER))) {
                entries.map(entry -> NAME.matcher(entry.getFileName().toString()))
                        .filter(Matcher::matches)
                        .forEach(name -> counts.add(Integer.parseInt(name.group(2))));
            }
        }
        return counts;
    }

    private void requireOneDivision() throws IOException {
        for (int other : counts(run)) {
            if (other != count) {
                throw new ConfigException(run.resolve(FOLDER) + ": has shards of a division by " + other + ", not by "
                        + count + "; name another directory, or ask for shards of " + other);
            }
        }
    }

    /**
     * Makes sure that a shard with these settings may go on in the directory, or that all may be merged there; other
     * shards, and a run that was merged of them before, may be as long as they are.
     *
     * @throws ConfigException if it has another run, or shards of another division or with other settings
     */
    public void requireFitsGoingOn(RunConfig config) throws IOException {
        boolean merged = Manifest.ifReadable(run.resolve(RunDirectory.MANIFEST))
                .filter(manifest -> !manifest.origin().merged().isEmpty())
                .isPresent();
        if (merged) {
            requireSettings(run, config::asLongAs);
        } else {
            requireNoRun();
        }
        requireFits(config::asLongAs);
    }

    /**
     * Makes sure that shards with these settings may be begun in the directory.
     *
     * @throws ConfigException if it has a run of its own, or shards of another division or with other settings
     */
    public void requireFits(RunConfig config) throws IOException {
        requireNoRun();
        requireFits(other -> config);
    }

    private void requireNoRun() {
        if (Files.exists(run.resolve(RunDirectory.CONFIG))) {
            throw new ConfigException("out", run, "has a run already; name another directory");
        }
    }

    private void requireFits(UnaryOperator<RunConfig> wanted) throws IOException {
        requireOneDivision();
        for (Share share : shares()) {
            requireSettings(of(share), wanted);
        }
    }

    private static void requireSettings(Path directory, UnaryOperator<RunConfig> wanted) {
        if (Files.exists(directory.resolve(RunDirectory.CONFIG))) {
            RunDirectory there = RunDirectory.open(directory);
            there.requireShaping(wanted.apply(ConfigReader.read(there.settings(note -> {}))), note -> {});
        }
    }

    /** All of them. */
    public List<Share> shares() {
        return IntStream.rangeClosed(1, count)
                .mapToObj(k -> new Share(k, count))
                .toList();
    }

    /** The run directory of a shard. */
    public Path of(Share share) {
        return run.resolve(FOLDER).resolve(share.number() + "-of-" + share.of());
    }

    /** Where they tell each other what they measured. */
    public Path exchange() {
        return run.resolve(FOLDER).resolve("exchange");
    }
}
