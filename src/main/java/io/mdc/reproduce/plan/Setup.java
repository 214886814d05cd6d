package io.mdc.reproduce.plan;

import io.mdc.config.ConfigReader;
import io.mdc.config.Presets;
import io.mdc.config.RunConfig;
import io.mdc.dataset.DataConfig;
import io.mdc.dataset.Datasets;
import io.mdc.dataset.folder.ImageFolder;
import io.mdc.matching.Distance;
import io.mdc.matching.RateScale;
import io.mdc.method.Method;
import io.mdc.setting.Layer;
import io.mdc.setting.Settings;
import io.mdc.setting.TextForm;
import io.mdc.subset.Metric;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/** How runs are made: the presets of a scale, and settings of the user's over them. */
public final class Setup {
    private static final String DATASET = Settings.key(DataConfig.class, "dataset");
    private static final String SIZE = Settings.key(DataConfig.class, "size");

    /** The data set of the paper's that others are compared with. */
    public static final String USUAL = "CIFAR-10";

    private final Scale scale;
    private final int seeds;
    private final Layer options;
    private final List<String> presets = Presets.names();
    private final Map<List<Object>, PlannedRun> known = new HashMap<>();

    /**
     * A way to make runs.
     *
     * @param scale of all runs
     * @param seeds how many of each kind there are
     * @param options settings of all runs
     */
    public Setup(Scale scale, int seeds, Layer options) {
        this.scale = scale;
        this.seeds = seeds;
        this.options = options;
    }

    /** The length of all runs. */
    public Scale scale() {
        return scale;
    }

    /** How many of each kind there are. */
    public int seeds() {
        return seeds;
    }

    /** The user's settings of all runs. */
    public Layer options() {
        return options;
    }

    /** The data set asked for; empty for all that a table has. */
    public Optional<String> dataset() {
        String smallest = scale == Scale.SMOKE ? "shapes" : null;
        return Optional.ofNullable(options.values().getOrDefault(DATASET, smallest));
    }

    /** The seeds of the runs. */
    public List<Integer> everySeed() {
        return IntStream.range(0, seeds).boxed().toList();
    }

    /** Those of the blocks that are of the data set asked for; if there is none, those that it is compared with. */
    public List<Block> chosen(List<Block> blocks) {
        if (dataset().isEmpty()) {
            return blocks;
        }
        String named = dataset().get();
        List<Block> same =
                blocks.stream().filter(block -> block.name().equals(named)).toList();
        String usual = blocks.stream().anyMatch(block -> block.dataset().equals(USUAL))
                ? USUAL
                : blocks.get(0).dataset();
        return same.isEmpty()
                ? blocks.stream().filter(block -> block.dataset().equals(usual)).toList()
                : same;
    }

    /**
     * A run that is condensed.
     *
     * @throws io.mdc.setting.ConfigException if the user's settings do not go with it
     */
    public PlannedRun run(Block block, Recipe recipe, int seed) {
        return known.computeIfAbsent(
                List.of(block, recipe, seed), any -> PlannedRun.condensed(config(block, recipe, seed), recipe));
    }

    /**
     * As many runs of one image each, from different images, joined.
     *
     * @throws io.mdc.setting.ConfigException if the user's settings do not go with one
     */
    public PlannedRun joined(Block block, Recipe recipe, int seed) {
        Recipe single = recipe.with("ipc", 1);
        List<PlannedRun> parts = IntStream.range(0, block.ipc())
                .mapToObj(start -> run(block, start == 0 ? single : single.with("start-index", start), seed))
                .toList();
        return known.computeIfAbsent(
                List.of(block, recipe, seed, parts.size()),
                any -> PlannedRun.joined(config(block, recipe, seed), recipe, parts));
    }

    private RunConfig config(Block block, Recipe recipe, int seed) {
        List<Layer> layers = new ArrayList<>(presets(block, recipe.method()));
        Map<String, String> own = new LinkedHashMap<>();
        own.put("ipc", Integer.toString(block.ipc()));
        own.putAll(evaluation(block));
        own.put("sizes", "all");
        own.put("method", TextForm.format(recipe.method()));
        RunConfig usual = usual(layers, own);
        own.put("outer", Integer.toString(scale.times() * usual.loop().outer()));
        if (scale.movesAlike()
                && usual.matching().lrImgScale() == RateScale.SIZE
                && recipe.settings().containsKey("ipc")) {
            int ipc = Integer.parseInt(recipe.settings().get("ipc"));
            own.put("lr-img", Double.toString(usual.matching().lrImg() * block.ipc() / ipc));
        }
        own.putAll(distance(block, recipe));
        own.putAll(accuracy(recipe));
        own.putAll(recipe.settings());
        own.put("seed", Integer.toString(seed));
        layers.add(new Layer("scale " + TextForm.format(scale), own));
        dataset().ifPresent(name -> layers.add(ofData(name)));
        layers.add(options);
        return ConfigReader.read(layers);
    }

    /** Another data set than the preset's, at the preset's size only if its images have none of their own. */
    private static Layer ofData(String name) {
        Map<String, String> settings = new HashMap<>(Map.of(DATASET, name));
        boolean sized = Datasets.sources().stream()
                .anyMatch(source -> source.name().equals(name) && source instanceof ImageFolder);
        if (!sized) {
            settings.put(SIZE, TextForm.format(OptionalInt.empty()));
        }
        return Layer.options(settings);
    }

    /** One protocol for all methods: that of the preset of the images, which may be another data set's. */
    private Map<String, String> evaluation(Block block) {
        return scale == Scale.SMOKE
                ? Map.of()
                : Settings.texts(
                        ConfigReader.read(Presets.layer(presetOfImages(block))).evaluation());
    }

    private static RunConfig usual(List<Layer> presets, Map<String, String> own) {
        List<Layer> layers = new ArrayList<>(presets);
        layers.add(new Layer("usual", own));
        return ConfigReader.read(layers);
    }

    private List<Layer> presets(Block block, Method method) {
        return scale == Scale.SMOKE ? Presets.smoke(method) : List.of(Presets.layer(preset(block, method)));
    }

    /** The paper's for ImageNet-10, which its authors' code leaves where there is a subset loss. */
    private Map<String, String> distance(Block block, Recipe recipe) {
        String name = ImageFolder.imageNet10().name();
        boolean l1 = scale != Scale.SMOKE && block.name().equals(name) && !recipe.hasSubsetLoss();
        return l1 ? Map.of("distance", TextForm.format(Distance.L1)) : Map.of();
    }

    /** The defaults for networks that no other metric trains, so that runs of presets alike but for them are one. */
    private Map<String, String> accuracy(Recipe recipe) {
        boolean usual = scale != Scale.SMOKE && !recipe.asksFor(Metric.ACCURACY);
        return usual ? Settings.texts(ConfigReader.read().accuracy()) : Map.of();
    }

    /** The method's own, or else that of the block. */
    private String preset(Block block, Method method) {
        return preset(TextForm.format(method) + "-cifar10", block.ipc())
                .orElseGet(() -> preset(block.name(), block.ipc()).orElseThrow());
    }

    /**
     * That of the data set asked for, or else that of the block; what CIFAR-10 is put in the place of keeps its own.
     */
    private String presetOfImages(Block block) {
        return dataset()
                .filter(name -> !name.equals(Block.nameOf(USUAL)))
                .flatMap(name -> preset(name, block.ipc()))
                .or(() -> preset(block.name(), block.ipc()))
                .orElseThrow();
    }

    /** The preset for as many images per class, or else the one for the fewest. */
    private Optional<String> preset(String beginning, int ipc) {
        List<String> own = presets.stream()
                .filter(name -> name.matches(beginning + "-ipc\\d+" + scale.suffix()))
                .toList();
        String exact = beginning + "-ipc" + ipc + scale.suffix();
        return own.contains(exact) ? Optional.of(exact) : own.stream().findFirst();
    }
}
