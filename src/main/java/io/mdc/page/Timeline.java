package io.mdc.page;

import java.util.List;

/**
 * Which images are in the most learnable subset when, and which of them rest.
 *
 * @param images of each class
 * @param end the last outer loop that is shown
 * @param spans in their order, at least one; copied
 */
public record Timeline(int images, int end, List<Span> spans) {
    /**
     * What holds from one selection to the next.
     *
     * @param after the outer loop after which it was selected
     * @param until the outer loop with which it ends
     * @param selected how many images are in the subset
     * @param frozen how many of them, from the first, rest
     */
    public record Span(int after, int until, int selected, int frozen) {
        /**
         * Checks the numbers.
         *
         * @throws IllegalArgumentException if the span is empty, or more images rest than are selected
         */
        public Span {
            if (after < 0 || until <= after || selected < 0 || frozen < 0 || frozen > selected) {
                throw new IllegalArgumentException(
                        "no span: loops " + after + " to " + until + ", " + frozen + " of " + selected + " frozen");
            }
        }
    }

    /**
     * Copies the spans.
     *
     * @throws IllegalArgumentException if there is none, or one is longer or larger than the timeline
     */
    public Timeline {
        spans = List.copyOf(spans);
        int loops = end;
        int most = images;
        if (spans.isEmpty() || spans.stream().anyMatch(span -> span.until() > loops || span.selected() > most)) {
            throw new IllegalArgumentException("spans that do not fit " + images + " images and " + end + " loops");
        }
    }
}
