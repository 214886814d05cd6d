package io.mdc.export;

import java.util.Optional;

/**
 * How a condensed set was made.
 *
 * @param imported the name of the file of others that it is from; empty if it was condensed by this program
 * @param method that it was condensed with, unless it was imported
 * @param ofPrefixes whether every prefix had a share in what was minimised, unless it was imported
 * @param orderedBy what its images were ordered by afterwards, if they were
 */
public record Making(Optional<String> imported, String method, boolean ofPrefixes, Optional<String> orderedBy) {
    /**
     * In words, in Markdown, to follow what the set is.
     *
     * @param dataset its name
     * @param version of the program that writes the set
     */
    String words(String dataset, String version) {
        String made = imported.map(file -> "imported from `" + file + "`, written by mdc " + version + ".")
                .orElse("condensed from `" + dataset + "` with `" + method + "` by mdc " + version + ".");
        if (orderedBy.isPresent()) {
            return made + " Its images were put in order by `mdc order --by " + orderedBy.get()
                    + "`: every prefix is a set of its own.";
        }
        return imported.isEmpty() && ofPrefixes
                ? made + " Multisize dataset condensation: every prefix is a set of its own."
                : made;
    }
}
