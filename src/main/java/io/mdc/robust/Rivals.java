package io.mdc.robust;

import io.mdc.evaluate.Accuracies;
import io.mdc.evaluate.Statistic;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The accuracies of a prefix and of what it is compared with; of all lists but the first, the r-th belong together.
 *
 * @param real of the network trained on all real images
 * @param set of those trained on the prefix; copied, as are the others
 * @param random of those trained on random real images
 * @param setPlain like {@code set}, trained without augmentation
 * @param randomPlain like {@code random}, trained without augmentation
 */
public record Rivals(
        Accuracies real,
        List<Accuracies> set,
        List<Accuracies> random,
        List<Accuracies> setPlain,
        List<Accuracies> randomPlain) {
    /**
     * Copies the lists.
     *
     * @throws IllegalArgumentException if they are empty or not of one length
     */
    public Rivals {
        set = List.copyOf(set);
        random = List.copyOf(random);
        setPlain = List.copyOf(setPlain);
        randomPlain = List.copyOf(randomPlain);
        int draws = set.size();
        if (draws == 0
                || !Stream.of(random, setPlain, randomPlain).map(List::size).allMatch(size -> size == draws)) {
            throw new IllegalArgumentException("accuracies of as many networks each");
        }
    }

    /**
     * Means over the draws.
     *
     * @param chosen which of the accuracies of a training counts
     */
    Figures figures(ToDoubleFunction<Accuracies> chosen) {
        List<Scores> scores = IntStream.range(0, set.size())
                .mapToObj(draw -> new Scores(
                        chosen.applyAsDouble(real) / 100,
                        chosen.applyAsDouble(set.get(draw)) / 100,
                        chosen.applyAsDouble(random.get(draw)) / 100,
                        chosen.applyAsDouble(setPlain.get(draw)) / 100,
                        chosen.applyAsDouble(randomPlain.get(draw)) / 100))
                .toList();
        return new Figures(
                chosen.applyAsDouble(real),
                over(set, chosen),
                over(random, chosen),
                over(setPlain, chosen),
                over(randomPlain, chosen),
                over(scores, score -> 100 * score.hlr()),
                over(scores, score -> 100 * score.ior()),
                over(scores, score -> 100 * score.lrs()),
                over(scores, score -> 100 * score.ars()));
    }

    private static <T> Statistic over(List<T> draws, ToDoubleFunction<T> figure) {
        return Statistic.of(draws.stream().mapToDouble(figure).boxed().toList());
    }
}
