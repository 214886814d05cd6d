/**
 * The numbers that the paper prints (He et al., "Multisize Dataset Condensation", 2024), as data to compare with.
 *
 * <p>{@link io.mdc.paper.PaperTables} reads the {@link io.mdc.paper.PaperTable} of a {@link io.mdc.paper.PaperId} from
 * its file in {@code src/main/resources/paper}: lines of {@code #} with title, place and remarks, then a
 * {@link io.mdc.paper.PaperCell} a line.
 *
 * <p>Invariants: a number has the digits that the paper prints; what our text of the paper, made from its PDF, has lost
 * and other places tell, and what does not follow from the numbers beside it, carries a {@link io.mdc.paper.Mark} and a
 * note. The tests compute every average and difference again and find exactly the marked ones to differ.
 *
 * <p>To add a table, add a constant to {@link io.mdc.paper.PaperId} and the file it names; say in the tests'
 * {@code Derived} which of its cells follow from others.
 */
package io.mdc.paper;
