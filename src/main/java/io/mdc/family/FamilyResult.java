package io.mdc.family;

import io.mdc.directory.RunDirectory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What runs that were condensed together left.
 *
 * @param finished directories of those that reached their end, in the order they were given; copied
 * @param failed why the others did not, by directory; copied
 */
public record FamilyResult(List<RunDirectory> finished, Map<RunDirectory, String> failed) {
    /** That of no runs. */
    public static final FamilyResult NONE = new FamilyResult(List.of(), Map.of());

    /** Copies both. */
    public FamilyResult {
        finished = List.copyOf(finished);
        failed = Collections.unmodifiableMap(new LinkedHashMap<>(failed));
    }

    /** This and what others left. */
    public FamilyResult and(FamilyResult next) {
        List<RunDirectory> all = new ArrayList<>(finished);
        all.addAll(next.finished);
        Map<RunDirectory, String> reasons = new LinkedHashMap<>(failed);
        reasons.putAll(next.failed);
        return new FamilyResult(all, reasons);
    }
}
