package io.mdc.doctor;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The directories that are written to: whether they can be, and how much room they have. */
final class DirectoriesExamination implements Examination {
    @Override
    public List<Finding> examine(Surroundings here) {
        List<Finding> findings = new ArrayList<>();
        here.directories()
                .forEach((use, path) ->
                        findings.add(finding(use, path, here.places().apply(path))));
        return findings;
    }

    private static Finding finding(Use use, Path path, Place place) {
        String room = place.freeBytes().isPresent()
                ? Sizes.room(place.freeBytes().getAsLong()) + " free"
                : "how much is free is unknown";
        if (!place.writable()) {
            return Finding.advised(
                    use.subject(), path + ", cannot be written", use.advice().replace("free some, or ", ""));
        } else if (place.freeBytes().orElse(Long.MAX_VALUE) < use.megabytes() * Sizes.MEGABYTE) {
            return Finding.advised(
                    use.subject(), path + ", " + room + ": " + use.megabytes() + " MB should be", use.advice());
        }
        return Finding.fine(use.subject(), path + ", writable, " + room);
    }
}
