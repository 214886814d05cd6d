package io.mdc.engine;

import io.mdc.tensor.Backend;
import io.mdc.tensor.Numbers;
import io.mdc.tensor.Tensor;
import java.util.List;

/** The heads of the chunks of a span, each at its own samples. */
final class HeadsOfChunks implements Head {
    private final Span span;
    private final List<? extends Head> heads;

    private HeadsOfChunks(Span span, List<? extends Head> heads) {
        this.span = span;
        this.heads = heads;
    }

    /**
     * One for the span.
     *
     * @param heads of all chunks of the pass
     */
    static Head of(Span span, List<? extends Head> heads) {
        return span.alone() == null ? new HeadsOfChunks(span, heads) : heads.get(span.firstChunk());
    }

    @Override
    public Site site() {
        return heads.get(span.firstChunk()).site();
    }

    @Override
    public Numbers cotangent(Backend backend, Tensor values, Tensor out) {
        Numbers[] found = new Numbers[span.chunks().size()];
        span.forEach((i, chunk, from, to) -> found[i - span.firstChunk()] =
                heads.get(i).cotangent(backend, values.rows(from, to), out.rows(from, to)));
        return () -> {
            double[] ofGroups = new double[span.groups().count()];
            span.forEach((i, chunk, from, to) ->
                    ofGroups[chunk.group() - span.firstGroup()] += found[i - span.firstChunk()].first());
            return ofGroups;
        };
    }

    @Override
    public void tangent(Backend backend, Tensor valuesDot, Tensor out) {
        span.forEach(
                (i, chunk, from, to) -> heads.get(i).tangent(backend, valuesDot.rows(from, to), out.rows(from, to)));
    }
}
