package io.mdc.engine;

import io.mdc.tensor.Groups;
import java.util.ArrayList;
import java.util.List;

/**
 * Consecutive chunks that go through a graph together: each alone, or on a backend that takes several groups of samples
 * as many as fit.
 *
 * @param chunks at least one, all recorded or none
 * @param firstChunk number of the first among all of a pass
 * @param groups of the samples
 * @param firstGroup number of the first group among those of the pass; the others follow
 */
record Span(List<Chunk> chunks, int firstChunk, Groups groups, int firstGroup) {

    /** Each chunk alone. */
    static List<Span> single(List<Chunk> chunks) {
        List<Span> spans = new ArrayList<>();
        for (Chunk chunk : chunks) {
            spans.add(new Span(List.of(chunk), spans.size(), Groups.whole(chunk.size()), chunk.group()));
        }
        return spans;
    }

    /**
     * As many together as belong together.
     *
     * @param most samples, unless a chunk has more
     * @param severalGroups whether those of different groups may be together
     */
    static List<Span> together(List<Chunk> chunks, int most, boolean severalGroups) {
        List<Span> spans = new ArrayList<>();
        int from = 0;
        int samples = 0;
        for (int i = 0; i < chunks.size(); i++) {
            Chunk chunk = chunks.get(i);
            if (i > from && !follows(chunks.get(i - 1), chunk, samples, most, severalGroups)) {
                spans.add(of(chunks, from, i));
                from = i;
                samples = 0;
            }
            samples += chunk.size();
        }
        if (!chunks.isEmpty()) {
            spans.add(of(chunks, from, chunks.size()));
        }
        return spans;
    }

    private static boolean follows(Chunk before, Chunk chunk, int samples, int most, boolean severalGroups) {
        int step = chunk.group() - before.group();
        return samples + chunk.size() <= most
                && chunk.recorded() == before.recorded()
                && (step == 0 ? chunk.weight() == before.weight() : severalGroups && step == 1);
    }

    private static Span of(List<Chunk> all, int from, int to) {
        List<Chunk> chunks = all.subList(from, to);
        int first = chunks.get(0).group();
        int[] ends = new int[chunks.get(chunks.size() - 1).group() - first + 1];
        int samples = 0;
        for (Chunk chunk : chunks) {
            samples += chunk.size();
            ends[chunk.group() - first] = samples;
        }
        return new Span(chunks, from, new Groups(ends), first);
    }

    /** The number of samples. */
    int size() {
        return groups.samples();
    }

    /** Whether some of its samples are of that group of the pass. */
    boolean has(int group) {
        return group >= firstGroup && group < firstGroup + groups.count();
    }

    /** Whether what is computed of it is kept. */
    boolean recorded() {
        return chunks.get(0).recorded();
    }

    /** The only chunk, or null if there are several. */
    Chunk alone() {
        return chunks.size() == 1 ? chunks.get(0) : null;
    }

    /** The factor of each group's cross-entropy. */
    double[] weights() {
        double[] weights = new double[groups.count()];
        for (Chunk chunk : chunks) {
            weights[chunk.group() - firstGroup] = chunk.weight();
        }
        return weights;
    }

    /** What is done with a chunk. */
    interface Visit {
        /** Works on chunk number {@code i} of the pass, whose samples are {@code from} to {@code to} of the span. */
        void chunk(int i, Chunk chunk, int from, int to);
    }

    /** Visits the chunks in order. */
    void forEach(Visit visit) {
        int from = 0;
        for (int k = 0; k < chunks.size(); k++) {
            int to = from + chunks.get(k).size();
            visit.chunk(firstChunk + k, chunks.get(k), from, to);
            from = to;
        }
    }
}
