package io.mdc.run;

import io.mdc.backend.Compute;
import io.mdc.base.DataException;
import io.mdc.base.DivergedException;
import io.mdc.condense.Condenser;
import io.mdc.config.RunConfig;
import io.mdc.data.Dataset;
import io.mdc.engine.ChunkedGraph;
import io.mdc.engine.DifferentiableGraph;
import io.mdc.engine.Networks;
import io.mdc.evaluate.PrefixEvaluator;
import io.mdc.pretrained.Preparation;
import io.mdc.report.Progress;
import io.mdc.task.CondenseTask;
import io.mdc.task.Sharing;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntConsumer;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** Condenses into run directories: one, or those of a family under the same θ. */
public final class CondenseRun {
    private final List<CondenseFiles> members;
    private final ChunkedGraph runner;
    private final Progress progress;
    private final Map<CondenseFiles, String> failures = new LinkedHashMap<>();

    /**
     * Runs whose files are open; nothing is computed yet.
     *
     * @param members at least one; not closed
     * @param runner that of {@link #runner} for their settings, data and compute
     */
    public CondenseRun(List<CondenseFiles> members, ChunkedGraph runner, Progress progress) {
        this.members = List.copyOf(members);
        this.runner = runner;
        this.progress = progress;
    }

    /**
     * What runs the network of a condensation; makes sure, before anything is written, that it can be condensed with,
     * and that those it is to be measured by on the way can be trained.
     *
     * @throws io.mdc.setting.ConfigException if it cannot
     * @throws DataException if it is a file that cannot be read
     */
    public static ChunkedGraph runner(RunConfig config, Dataset data, Compute compute) {
        requireMeasurable(config, data, compute);
        ChunkedGraph runner = network(config, data, compute);
        config.base().checkNetwork(config.matching(), runner.graph());
        requirePrepared(config, data, runner);
        return runner;
    }

    /**
     * What runs the network that images are condensed with.
     *
     * @throws io.mdc.setting.ConfigException if it cannot be condensed with
     * @throws DataException if it is a file that cannot be read
     */
    public static ChunkedGraph network(RunConfig config, Dataset data, Compute compute) {
        DifferentiableGraph graph = Networks.graphToCondense(
                config.network().network(),
                config.network(),
                data.train().channels(),
                data.train().height(),
                data.classes(),
                compute.backend());
        return new ChunkedGraph(graph, compute.workers(), compute.chunk());
    }

    /**
     * Makes sure that what the method makes before the first loop can be used as far as it is there, and that there is
     * room for the rest.
     *
     * @throws DataException if not
     */
    public static void requirePrepared(RunConfig config, Dataset data, ChunkedGraph runner) {
        preparation(config, data, runner).ifPresent(Preparation::check);
    }

    /** What the method makes before the first loop, if it makes something. */
    public static Optional<Preparation> preparation(RunConfig config, Dataset data, ChunkedGraph runner) {
        return config.loop().steps() > 0
                ? config.base().preparation(new CondenseTask(config.condensing(), data, runner))
                : Optional.empty();
    }

    /**
     * Makes sure that evaluations during the run are possible, if there are to be some.
     *
     * @throws io.mdc.setting.ConfigException if they are not
     * @throws DataException if a network is a file that cannot be read
     */
    public static void requireMeasurable(RunConfig config, Dataset data, Compute compute) {
        if (config.evaluation().evaluateEvery() > 0) {
            PrefixEvaluator.requireRunnable(config.evaluating(), data, compute);
        }
    }

    /**
     * Runs to the end, or until stopped.
     *
     * @param stop asked after every inner loop
     * @return whether all reached their end, or {@linkplain #failures failed}; else the last states are in the
     *     checkpoints
     */
    public boolean run(Stop stop) throws IOException {
        long start = System.nanoTime();
        Sharing sharing = new Sharing();
        Condenser condenser = new Condenser(
                members.stream().map(member -> member.member(runner, sharing)).toList(), stop::requested);
        each(i -> members.get(i).restore(condenser, i));
        stop.waitForWork(() -> {
            double[] seconds = seconds(condenser, start);
            each(i -> members.get(i).stopped(seconds[i]));
        });
        if (!prepare(condenser, stop)) {
            double[] seconds = seconds(condenser, start);
            each(i -> members.get(i).end(false, seconds[i]));
            return false;
        }
        members.forEach(CondenseFiles::beginLoops);
        boolean finished = condenser.run();
        double[] seconds = seconds(condenser, start);
        for (int i = 0; i < members.size(); i++) {
            CondenseFiles member = members.get(i);
            if (condenser.failure(i).isPresent()) {
                failures.put(member, condenser.failure(i).get().getMessage());
                member.failed(condenser.failure(i).get(), seconds[i]);
            } else if (finished) {
                member.finish(condenser.images(i).images(), seconds[i]);
            } else {
                member.end(false, seconds[i]);
            }
        }
        stop.nothingToSave();
        return finished;
    }

    private void each(IntConsumer member) {
        IntStream.range(0, members.size()).forEach(member);
    }

    /** Makes what the members need before their next loop; false if stopped. */
    private boolean prepare(Condenser condenser, Stop stop) {
        Map<Path, DivergedException> diverged = new HashMap<>();
        for (int i = 0; i < members.size(); i++) {
            CondenseFiles member = members.get(i);
            Optional<Preparation> preparation = member.preparation(runner);
            if (preparation.isEmpty()) {
                continue;
            }
            Path folder = preparation.get().folder();
            try {
                if (!diverged.containsKey(folder) && !make(preparation.get(), member, stop)) {
                    return false;
                }
            } catch (DivergedException e) {
                diverged.put(folder, e);
            }
            if (diverged.containsKey(folder)) {
                condenser.fail(i, diverged.get(folder));
            }
        }
        return true;
    }

    private boolean make(Preparation preparation, CondenseFiles member, Stop stop) {
        long steps = preparation.steps();
        if (steps > 0) {
            progress.begin(preparation.title(), steps, 0);
        }
        return preparation.make(member.making(done -> progress.update(done, ""), stop::requested));
    }

    /** Why members did not reach their end, in the order of the members. */
    public Map<CondenseFiles, String> failures() {
        return Collections.unmodifiableMap(failures);
    }

    /**
     * Makes sure that none failed.
     *
     * @throws DivergedException if one did
     */
    public void requireSuccess() {
        failures.values().stream().findFirst().ifPresent(reason -> {
            throw new DivergedException(reason);
        });
    }

    /** Seconds of every member: those of its loops, and an equal share of all else. */
    private double[] seconds(Condenser condenser, long start) {
        double[] loops = IntStream.range(0, members.size())
                .mapToDouble(condenser::seconds)
                .toArray();
        double rest = (System.nanoTime() - start) / 1e9 - DoubleStream.of(loops).sum();
        return DoubleStream.of(loops)
                .map(own -> own + Math.max(0, rest) / members.size())
                .toArray();
    }
}
