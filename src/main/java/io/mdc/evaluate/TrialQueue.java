package io.mdc.evaluate;

import io.mdc.base.Workers;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Makes the trials of one evaluation or several, each on a thread of its own, the longest first, so that all cores stay
 * busy to the end; where there are fewer trials than threads, each gets several. On a device few are made at once.
 */
public final class TrialQueue {
    private TrialQueue() {}

    /**
     * One of the evaluations.
     *
     * @param ledger of its trials
     * @param failed told that one of its trials failed, from any thread, perhaps more than once; no others of it are
     *     begun. What it throws ends all evaluations
     */
    public record Member(PrefixEvaluator evaluator, TrialLedger ledger, Consumer<RuntimeException> failed) {
        /** An evaluation whose failure is that of the queue. */
        public static Member alone(PrefixEvaluator evaluator, TrialLedger ledger) {
            return new Member(evaluator, ledger, failure -> {
                throw failure;
            });
        }
    }

    private record Item(Member member, PrefixEvaluator.Planned planned) {
        long work() {
            return planned.work().ofTrial();
        }
    }

    /** The units that {@link #run} counts. */
    public static long work(List<Member> members) {
        return members.stream().mapToLong(member -> member.evaluator().work()).sum();
    }

    /**
     * Makes all trials that the ledgers do not know; afterwards they know all but those of members that failed.
     *
     * @param progress called, from any thread, with the work done so far
     * @param stop asked after every epoch of every network
     * @throws CancellationException if {@code stop} said so
     */
    public static void run(List<Member> members, Workers workers, LongConsumer progress, BooleanSupplier stop) {
        AtomicLong done = new AtomicLong();
        List<Item> left = new ArrayList<>();
        for (Item item : longestFirst(members)) {
            if (item.member().ledger().known(item.planned().trial()).isPresent()) {
                progress.accept(done.addAndGet(item.work()));
            } else {
                left.add(item);
            }
        }
        Set<Member> failed = ConcurrentHashMap.newKeySet();
        workers.forEach(left.size(), atOnce(members, workers.threads()), (i, worker) -> {
            Item item = left.get(i);
            if (failed.contains(item.member())) {
                return;
            }
            try {
                make(item, threads(workers.threads(), left.size(), i), () -> {
                    progress.accept(done.addAndGet(item.planned().work().ofEpoch()));
                    if (stop.getAsBoolean()) {
                        throw new CancellationException("evaluation interrupted");
                    }
                });
            } catch (CancellationException e) {
                throw e;
            } catch (RuntimeException e) {
                failed.add(item.member());
                item.member().failed().accept(e);
            }
        });
    }

    private static int atOnce(List<Member> members, int threads) {
        return members.stream()
                .mapToInt(member -> member.evaluator().networksAtOnce(threads))
                .min()
                .orElse(threads);
    }

    /** Those of all that trial number {@code i} of {@code trials} gets. */
    static int threads(int all, int trials, int i) {
        return Math.max(1, all / trials + (i < all % trials ? 1 : 0));
    }

    private static List<Item> longestFirst(List<Member> members) {
        return members.stream()
                .flatMap(member -> member.evaluator().planned().stream().map(planned -> new Item(member, planned)))
                .sorted(Comparator.comparingLong(Item::work).reversed())
                .toList();
    }

    private static void make(Item item, int threads, Runnable epochDone) {
        TrialTraining.Trained trained = item.member().evaluator().train(item.planned(), threads, epochDone);
        item.member().ledger().finished(item.planned().trial(), trained.accuracies(), trained.network());
    }
}
