package io.mdc.setting;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;

/** Finds the word that a misspelt one was probably meant to be. */
public final class Nearest {
    private Nearest() {}

    /**
     * Returns the candidate with the fewest single-letter changes from a word.
     *
     * @param word the misspelt word
     * @param candidates words that are known
     * @return the first of the nearest, or nothing if more than two of five letters would have to change
     */
    public static Optional<String> of(String word, Collection<String> candidates) {
        return candidates.stream()
                .min(Comparator.comparingInt(candidate -> distance(word, candidate)))
                .filter(candidate -> 5 * distance(word, candidate) <= 2 * Math.max(word.length(), candidate.length()));
    }

    /** Levenshtein distance: insertions, deletions and replacements of single letters. */
    private static int distance(String a, String b) {
        int[] row = new int[b.length() + 1];
        for (int j = 0; j < row.length; j++) {
            row[j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j < row.length; j++) {
                int replaced = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, Math.min(row[j], row[j - 1]) + 1);
            }
        }
        return row[b.length()];
    }
}
