package io.mdc.family;

import io.mdc.backend.Compute;
import io.mdc.base.AtomicFiles;
import io.mdc.base.DataException;
import io.mdc.base.DiskFull;
import io.mdc.base.Json;
import io.mdc.base.OneLine;
import io.mdc.bench.EvaluationEstimate;
import io.mdc.bench.EvaluationEstimator;
import io.mdc.bench.FamilyEstimate;
import io.mdc.bench.Forecast;
import io.mdc.config.ConfigReader;
import io.mdc.config.RunConfig;
import io.mdc.directory.NewRun;
import io.mdc.directory.RunDirectory;
import io.mdc.pretrained.Preparation;
import io.mdc.report.Progress;
import io.mdc.setting.ConfigException;
import io.mdc.setting.Layer;
import io.mdc.setting.Settings;
import io.mdc.task.LoopConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;

/**
 * Runs that are condensed together: their settings, by the names of their directories.
 *
 * <p>The directory that holds theirs also has {@code family.json}, from which a run whose directory was not made yet is
 * made when the family is resumed.
 *
 * @param members settings by name, in the order they were given; copied
 */
public record Family(Map<String, RunConfig> members) {
    private static final String FILE = "family.json";
    private static final int LONGEST_NAME = 200;

    /** The content of the file: texts of settings by key, by name. */
    private record Stored(Map<String, Map<String, String>> members) {}

    /**
     * Checks that the runs can be told apart.
     *
     * @throws ConfigException if two have the same settings
     */
    public Family {
        members = Collections.unmodifiableMap(new LinkedHashMap<>(members));
        Map<Map<String, String>, String> seen = new HashMap<>();
        members.forEach((name, config) -> {
            Map<String, String> shape = new HashMap<>(config.shaping());
            shape.put("data", config.data().absolute().toString());
            String other = seen.put(shape, name);
            if (other != null) {
                throw new ConfigException(
                        "--vary, --also: " + other + " and " + name + " are the same run; leave one out");
            }
        });
    }

    /**
     * The family of all combinations.
     *
     * @param combinations values by key
     * @param layers settings that all have in common
     * @param notes told, once each, what of a preset or a file is not for the method of a run
     * @throws ConfigException if a combination is not possible, or two cannot be told apart
     */
    public static Family of(List<Map<String, String>> combinations, List<Layer> layers, Consumer<String> notes) {
        Set<String> told = new LinkedHashSet<>();
        Map<String, RunConfig> members = new LinkedHashMap<>();
        for (Map<String, String> combination : combinations) {
            String name = name(combination);
            List<Layer> all = new ArrayList<>(layers);
            all.add(Layer.options(combination));
            RunConfig config;
            try {
                config = ConfigReader.read(all, told::add);
            } catch (ConfigException e) {
                throw new ConfigException("--vary, --also: " + name + ": " + e.getMessage());
            }
            if (members.put(name, config) != null) {
                throw new ConfigException("--vary, --also: two runs would be called " + name
                        + "; name each once, and put a list in brackets, such as match=[conv,classifier]");
            }
        }
        told.forEach(notes);
        return new Family(members);
    }

    private static String name(Map<String, String> combination) {
        String name = combination.entrySet().stream()
                .map(setting -> setting.getKey() + "-" + setting.getValue())
                .map(text -> text.replace(',', '+').replaceAll("[^A-Za-z0-9.+-]+", "-"))
                .collect(Collectors.joining("_"));
        return name.length() <= LONGEST_NAME ? name : name.substring(0, LONGEST_NAME);
    }

    /** Whether a directory is a family's. */
    public static boolean isAt(Path directory) {
        return Files.isRegularFile(directory.resolve(FILE));
    }

    /**
     * The family of a directory.
     *
     * @throws DataException if it cannot be read
     */
    public static Family at(Path directory) {
        Path file = directory.resolve(FILE);
        try (InputStream in = Files.newInputStream(file)) {
            Map<String, RunConfig> members = new LinkedHashMap<>();
            Json.read(in, Stored.class)
                    .members()
                    .forEach((name, settings) ->
                            members.put(requireName(name), ConfigReader.read(Layer.options(settings))));
            return new Family(members);
        } catch (IOException | RuntimeException e) {
            throw new DataException(
                    file + ": not a readable family (" + OneLine.reason(e) + "); resume its runs one by one", e);
        }
    }

    /** A run is made directly in the family's directory, wherever its file is from. */
    private static String requireName(String name) {
        if (Set.of("", ".", "..").contains(name)
                || !name.equals(String.valueOf(Path.of(name).getFileName()))) {
            throw new IllegalArgumentException("'" + name + "' names no directory in it");
        }
        return name;
    }

    /**
     * These runs, going on by the settings they were begun with and those given now. One that went on alone is as long
     * as it has become. What shapes their images they keep, but for more loops, whatever a preset or a file says of it,
     * which they were begun with too.
     *
     * @param layers the latter
     * @param directory of the family
     * @throws ConfigException if one cannot go on by them
     * @throws DataException if the settings of one were cut off
     */
    public Family goingOn(List<Layer> layers, Path directory) {
        Set<String> shaping =
                new HashSet<>(members.values().iterator().next().shaping().keySet());
        shaping.remove(Settings.key(LoopConfig.class, "outer"));
        List<Layer> given = layers.stream()
                .map(layer -> layer.source().isEmpty() ? layer : layer.without(shaping))
                .toList();
        Map<String, RunConfig> all = new LinkedHashMap<>(members);
        all.replaceAll((name, begun) -> RunConfig.goingOn(
                Layer.options(Settings.texts(own(directory.resolve(name), begun))), given, directory.resolve(name)));
        try {
            return new Family(all);
        } catch (ConfigException e) {
            throw new ConfigException(directory + ": two of its runs would be the same; resume them one by one");
        }
    }

    private static RunConfig own(Path member, RunConfig begun) {
        if (!RunDirectory.hasSettings(member)) {
            return begun;
        }
        RunConfig own = ConfigReader.read(RunDirectory.open(member).settings(note -> {}));
        return own.loop().outer() > begun.loop().outer() ? begun.asLongAs(own) : begun;
    }

    /** Notes in the directory of the family that its runs are as long as these, if that is longer than before. */
    public void lengthen(Path directory) throws IOException {
        Family begun = at(directory);
        Map<String, RunConfig> all = new LinkedHashMap<>(begun.members);
        all.replaceAll((name, config) -> config.asLongAs(members.get(name)));
        Family longer = new Family(all);
        if (!longer.equals(begun)) {
            longer.store(directory);
        }
    }

    private void store(Path directory) throws IOException {
        Map<String, Map<String, String>> settings = new LinkedHashMap<>();
        members.forEach((name, config) -> settings.put(name, Settings.texts(config.absolute())));
        AtomicFiles.write(directory.resolve(FILE), Json.text(new Stored(settings)));
    }

    /**
     * Makes the directories of a new family.
     *
     * @throws ConfigException if it exists and is not empty, or cannot be written
     * @throws DataException if another process makes it at the same time
     */
    public void create(Path directory) {
        NewRun.begin(directory, made -> store(directory));
        members.keySet().forEach(name -> open(directory, name));
    }

    /**
     * Makes sure that all runs can be made, and says how long it will take.
     *
     * @param out an existing directory, or one to be made, on the disk that they will be on
     * @param evaluations that the time is said of, too
     * @throws ConfigException if settings do not go with the data
     * @throws DataException if the data is missing or damaged
     * @throws DiskFull if there is not enough room for the runs
     */
    public void check(Path out, EvaluationEstimator evaluations, Progress progress) throws IOException {
        long bytes = 0;
        Map<Path, Long> room = new HashMap<>();
        FamilyEstimate condensing = FamilyEstimate.NONE;
        EvaluationEstimate evaluating = EvaluationEstimate.NONE;
        List<FamilyGroup> groups = groups();
        for (FamilyGroup group : groups) {
            try (Compute compute = Compute.start(group.first().compute())) {
                FamilyGroup.Ready ready = group.prepare(compute, progress);
                bytes += group.bytes(ready);
                group.preparations(ready).forEach((folder, size) -> room.merge(folder, size, Math::max));
                if (group.first().loop().steps() > 0) {
                    condensing = condensing.and(group.firstIdea(ready, 1.0 / groups.size()));
                    evaluating = evaluating.and(group.evaluating(evaluations, ready, compute));
                }
            }
        }
        Preparation.requireRoom(room);
        room.put(out, bytes);
        DiskFull.requireRoom(room);
        if (condensing.runs() > 0) {
            new Forecast<>(condensing, evaluating).lines().forEach(progress::milestone);
        }
    }

    /** The directory of a member, made if there is none. */
    public RunDirectory open(Path directory, String name) {
        Path path = directory.resolve(name);
        return Files.exists(path.resolve("config.yaml"))
                ? RunDirectory.open(path)
                : NewRun.create(path, members.get(name));
    }

    /** The members in groups that can share θ, and all that follows from it. */
    public List<FamilyGroup> groups() {
        Map<Map<String, String>, Map<String, RunConfig>> groups = new LinkedHashMap<>();
        members.forEach((name, config) -> groups.computeIfAbsent(config.ofTrajectory(), key -> new LinkedHashMap<>())
                .put(name, config));
        return groups.values().stream().map(FamilyGroup::new).toList();
    }

    /**
     * Loads the data and does some of the runs' steps on it, and of their evaluations.
     *
     * @param evaluations that the time is said of, too
     * @param limit seconds of measuring for each kind of step, all groups together
     * @param progress is told how far loading is; not closed
     * @throws ConfigException if settings do not go with the data
     * @throws DataException if the data is missing or damaged
     */
    public Forecast<FamilyEstimate> estimate(EvaluationEstimator evaluations, double limit, Progress progress) {
        FamilyEstimate condensing = FamilyEstimate.NONE;
        EvaluationEstimate evaluating = EvaluationEstimate.NONE;
        List<FamilyGroup> groups = groups();
        for (FamilyGroup group : groups) {
            try (Compute compute = Compute.start(group.first().compute())) {
                FamilyGroup.Ready ready = group.prepare(compute, progress);
                condensing = condensing.and(group.estimate(ready, limit / groups.size()));
                evaluating = evaluating.and(group.evaluating(evaluations, ready, compute));
            }
        }
        return new Forecast<>(condensing, evaluating);
    }
}
