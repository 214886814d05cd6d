package io.mdc.reproduce.exhibit;

import io.mdc.paper.Mark;
import io.mdc.paper.PaperCell;
import io.mdc.report.sheet.Entry;
import java.util.Set;

/** Marks behind the paper's numbers, which the note of a table explains. */
public final class PaperMarks {
    private static final String CITED = "†";
    private static final String DOUBTFUL = "*";

    private PaperMarks() {}

    /**
     * A number with its mark, if it has one.
     *
     * @param column that it stands in
     * @param notes added to
     */
    public static Entry marked(Entry entry, PaperCell cell, String column, Set<String> notes) {
        if (cell.mark() != Mark.NONE) {
            notes.add(DOUBTFUL + " " + column + ": " + cell.note());
            return entry.marked(DOUBTFUL);
        } else if (cell.cited()) {
            notes.add(CITED + " the paper has it from another one");
            return entry.marked(CITED);
        }
        return entry;
    }
}
