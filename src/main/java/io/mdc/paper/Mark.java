package io.mdc.paper;

/** What is to be known of a cell before it is used; the cell's note says more. */
public enum Mark {
    /** Nothing: the cell is what the paper prints. */
    NONE(""),
    /** Printed so, but it does not follow from the cells that it is computed from. */
    MISMATCH("mismatch"),
    /** Lost in our text of the paper, or out of its place there, and inferred from elsewhere in it. */
    INFERRED("inferred");

    private final String word;

    Mark(String word) {
        this.word = word;
    }

    /**
     * The mark that files write as {@code word}.
     *
     * @throws IllegalArgumentException if there is none
     */
    static Mark of(String word) {
        for (Mark mark : values()) {
            if (mark.word.equals(word)) {
                return mark;
            }
        }
        throw new IllegalArgumentException("no such mark: " + word);
    }
}
