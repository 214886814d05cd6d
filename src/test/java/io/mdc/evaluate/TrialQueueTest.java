package io.mdc.evaluate;

import static io.mdc.evaluate.TinyEvaluation.CONVNET;
import static io.mdc.evaluate.TinyEvaluation.evaluate;
import static io.mdc.evaluate.TinyEvaluation.settings;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.mdc.backend.Compute;
import io.mdc.base.DataException;
import io.mdc.base.Workers;
import io.mdc.engine.NetworkTrainer;
import io.mdc.testing.DeviceLike;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrialQueueTest {
    private static final EvaluationSettings SMALL = settings("1-2", 2, "2");
    private static final EvaluationSettings LARGE = settings("1,3", 1, "3", "convnet:3");

    private static TrialQueue.Member member(
            EvaluationSettings settings, Compute compute, TrialLedger ledger, Consumer<RuntimeException> failed) {
        return new TrialQueue.Member(
                new PrefixEvaluator(settings, TinyEvaluation.dataset(), compute, TinyEvaluation.set()), ledger, failed);
    }

    private static void mustNotFail(RuntimeException failure) {
        throw new AssertionError(failure);
    }

    @ParameterizedTest
    @CsvSource({"1,1", "4,3", "16,9", "2,9", "7,2"})
    void everyThreadHasWorkAndNoTrialIsWithoutOne(int all, int trials) {
        int[] threads = IntStream.range(0, trials)
                .map(i -> TrialQueue.threads(all, trials, i))
                .toArray();
        assertEquals(Math.max(all, trials), IntStream.of(threads).sum());
        assertEquals(threads[0], IntStream.of(threads).max().orElseThrow(), "the longest trials come first");
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 9})
    void everyMemberGetsWhatItWouldGetAlone(int threads) {
        TinyEvaluation.Memory small = new TinyEvaluation.Memory();
        TinyEvaluation.Memory large = new TinyEvaluation.Memory();
        AtomicLong done = new AtomicLong();
        try (Compute compute = TinyEvaluation.compute(1);
                Workers workers = new Workers(threads)) {
            List<TrialQueue.Member> members = List.of(
                    member(SMALL, compute, small, TrialQueueTest::mustNotFail),
                    member(LARGE, compute, large, TrialQueueTest::mustNotFail));
            TrialQueue.run(members, workers, now -> done.accumulateAndGet(now, Math::max), () -> false);
            assertEquals(TrialQueue.work(members), done.get());
        }
        assertEquals(evaluate(SMALL), small.results());
        assertEquals(evaluate(LARGE), large.results());
    }

    @Test
    void aDeviceIsSharedByFewTrialsAtOnceToTheSameResults() {
        TinyEvaluation.Memory ledger = new TinyEvaluation.Memory();
        Set<Thread> threads = ConcurrentHashMap.newKeySet();
        try (Compute compute = new Compute(new DeviceLike(1L << 40).backend(), new Workers(8), 4)) {
            List<TrialQueue.Member> members =
                    List.of(member(settings("all", 4, "2"), compute, ledger, TrialQueueTest::mustNotFail));
            TrialQueue.run(members, compute.workers(), done -> threads.add(Thread.currentThread()), () -> false);
        }
        assertTrue(threads.size() <= 2, threads.toString());
        TinyEvaluation.Memory alone = new TinyEvaluation.Memory();
        try (Compute compute = new Compute(new DeviceLike(1L << 40).backend(), new Workers(1), 4)) {
            List<TrialQueue.Member> members =
                    List.of(member(settings("all", 4, "2"), compute, alone, TrialQueueTest::mustNotFail));
            TrialQueue.run(members, compute.workers(), done -> {}, () -> false);
        }
        assertEquals(alone.results(), ledger.results());
    }

    /** Takes down in which order trials end. */
    private record Order(String name, List<String> order) implements TrialLedger {
        @Override
        public Optional<Accuracies> known(Trial trial) {
            return Optional.empty();
        }

        @Override
        public void finished(Trial trial, Accuracies accuracies, NetworkTrainer trained) {
            order.add(name + " " + trial.cell().size());
        }
    }

    @Test
    void theLongestTrialOfAllMembersIsFirst() {
        List<String> order = new ArrayList<>();
        try (Compute compute = TinyEvaluation.compute(1)) {
            List<TrialQueue.Member> members = List.of(
                    member(settings("1,3", 1, "2"), compute, new Order("a", order), TrialQueueTest::mustNotFail),
                    member(settings("2", 1, "2"), compute, new Order("b", order), TrialQueueTest::mustNotFail));
            TrialQueue.run(members, compute.workers(), done -> {}, () -> false);
        }
        assertEquals(List.of("a 3", "b 2", "a 1"), order);
    }

    @Test
    void aMemberThatFailsLeavesTheOthersGoing() {
        RuntimeException failure = new DataException("no room");
        TinyEvaluation.Memory failing = new TinyEvaluation.Memory() {
            @Override
            public void finished(Trial trial, Accuracies accuracies, NetworkTrainer trained) {
                throw failure;
            }
        };
        TinyEvaluation.Memory other = new TinyEvaluation.Memory();
        List<RuntimeException> told = new ArrayList<>();
        try (Compute compute = TinyEvaluation.compute(1)) {
            List<TrialQueue.Member> members = List.of(
                    member(SMALL, compute, failing, told::add),
                    member(SMALL, compute, other, TrialQueueTest::mustNotFail));
            TrialQueue.run(members, compute.workers(), done -> {}, () -> false);
            assertEquals(List.of(failure), told, "its other trials are not begun");
            assertSame(
                    failure,
                    assertThrows(
                            DataException.class,
                            () -> TinyEvaluation.run(
                                    members.get(0).evaluator(), compute, done -> {}, () -> false, failing)));
        }
        assertEquals(evaluate(SMALL), other.results());
    }

    @Test
    void anInterruptionIsNoFailureOfAMember() {
        TinyEvaluation.Memory ledger = new TinyEvaluation.Memory();
        ledger.trials.put(TinyEvaluation.trial(CONVNET, 2, 0), new Accuracies(List.of(1.0, 1.0, 1.0, 1.0)));
        try (Compute compute = TinyEvaluation.compute(2)) {
            List<TrialQueue.Member> members = List.of(member(SMALL, compute, ledger, TrialQueueTest::mustNotFail));
            assertThrows(
                    CancellationException.class,
                    () -> TrialQueue.run(members, compute.workers(), done -> {}, () -> true));
        }
        assertEquals(0, ledger.made.size());
    }
}
