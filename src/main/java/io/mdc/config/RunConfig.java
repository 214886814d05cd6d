package io.mdc.config;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything a run needs to be repeated.
 *
 * @param data images to condense
 * @param synthetic images to make
 * @param network network to condense and evaluate with
 * @param loop how long to condense
 * @param matching one matching step
 * @param subset adaptive subset loss
 * @param training training of networks
 * @param evaluation evaluation of prefixes
 * @param engine what to compute with
 * @param seed seed of all random choices
 */
public record RunConfig(
        @Setting("Data") DataConfig data,
        @Setting("Condensed images") SyntheticConfig synthetic,
        @Setting("Network") NetworkConfig network,
        @Setting("Loops") LoopConfig loop,
        @Setting("Matching") MatchingConfig matching,
        @Setting("Method and subset") SubsetConfig subset,
        @Setting("Network training") TrainingConfig training,
        @Setting("Evaluation") EvaluationConfig evaluation,
        @Setting("Computation") EngineConfig engine,
        @Setting("Seed of all random choices") long seed) {
    /**
     * Checks what concerns several records.
     *
     * @throws ConfigException if a size to evaluate is larger than the set
     */
    public RunConfig {
        Settings.check(
                RunConfig.class, data, synthetic, network, loop, matching, subset, training, evaluation, engine, seed);
        evaluation.sizes().resolve(synthetic.ipc());
    }

    /**
     * Checks what depends on the images of the data set.
     *
     * @param size height and width of the images in pixels
     * @throws ConfigException if the factor or the depth does not fit
     */
    public void requireFits(int size) {
        synthetic.requireFits(size);
        network.requireFits(size);
    }

    /**
     * Returns remarks on settings that are allowed but may not do what was meant.
     *
     * @return one line each, often none
     */
    public List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (subset.method() == Method.MDC && subset.period() > loop.outer()) {
            notes.add("--period " + subset.period() + ": larger than --outer " + loop.outer()
                    + ", so the subset never grows beyond its first choice");
        }
        if (subset.method() == Method.MDC && synthetic.ipc() == 1) {
            notes.add("--ipc 1: has no smaller subset, so method mdc does what idc does");
        }
        return List.copyOf(notes);
    }

    /**
     * Returns all settings as YAML that {@link Layer#file} reads and {@link ConfigReader} turns into an equal
     * configuration.
     *
     * @return one line for each setting, in the order they are declared
     */
    public String toYaml() {
        return FlatYaml.write(Settings.texts(this));
    }
}
