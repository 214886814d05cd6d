package io.mdc.cli;

import io.mdc.setting.ConfigException;
import io.mdc.setting.Share;
import java.util.Optional;
import picocli.CommandLine.Option;

/** Options of a condensation whose classes several processes share. */
final class ShardOptions {
    static final String SHARD = "class-shard";
    private static final int USUAL_MINUTES = 120;
    private static final int MOST_MINUTES = 100_000;

    @Option(
            names = "--" + SHARD,
            paramLabel = "k/n",
            description =
                    "Condense only every n-th class, the k-th first, into --out/shards/k-of-n; other processes condense the"
                            + " others, and mdc merge puts them together.")
    private String shard;

    @Option(
            names = "--shard-wait",
            paramLabel = "MINUTES",
            description = "How long to wait for what other shards measured (default: " + USUAL_MINUTES + ").")
    private Integer minutes;

    /**
     * The classes asked for; empty for all.
     *
     * @throws ConfigException if it is no share, or not given where other options need one
     */
    Optional<Share> share() {
        if (shard == null && minutes != null) {
            throw new ConfigException("--shard-wait: is only for --class-shard; give both, or leave it out");
        }
        return Optional.ofNullable(shard).map(text -> Share.parse(SHARD, text));
    }

    /**
     * Minutes to wait for other shards.
     *
     * @throws io.mdc.setting.ConfigException if out of range
     */
    int minutes() {
        int asked = minutes == null ? USUAL_MINUTES : minutes;
        if (asked < 1 || asked > MOST_MINUTES) {
            throw new ConfigException("shard-wait", asked, "must be from 1 to " + MOST_MINUTES + " minutes");
        }
        return asked;
    }
}
