package io.mdc.page;

import io.mdc.directory.RunState;
import io.mdc.report.sheet.Sheet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What is to be seen of one run on its own.
 *
 * @param name short, and no other run's
 * @param path its directory
 * @param state how far it is
 * @param progress the state in a line
 * @param faults what is damaged or missing, a line each; copied
 * @param warnings signs that it diverged, a line each; copied
 * @param distances mean feature distances of its prefixes, if they were measured
 * @param timeline of the subset that all classes share, if one was selected
 * @param byClass sizes of the subsets of each class, if they were selected so
 * @param images its condensed images, once there are some
 * @param settings all of them; copied
 * @param environment what its manifest says; copied
 * @param commands that make it again, each as words for a POSIX shell; copied
 */
public record RunView(
        String name,
        String path,
        RunState state,
        String progress,
        List<String> faults,
        List<String> warnings,
        Optional<Chart> distances,
        Optional<Timeline> timeline,
        Optional<Sheet> byClass,
        Optional<ImageView> images,
        List<Fact> settings,
        List<Fact> environment,
        List<List<String>> commands) {
    /** Copies the lists. */
    public RunView {
        Objects.requireNonNull(name);
        Objects.requireNonNull(path);
        Objects.requireNonNull(state);
        Objects.requireNonNull(progress);
        faults = List.copyOf(faults);
        warnings = List.copyOf(warnings);
        settings = List.copyOf(settings);
        environment = List.copyOf(environment);
        commands = commands.stream().map(List::copyOf).toList();
    }

    /** Whether there is more to come. */
    public boolean isUnfinished() {
        return state != RunState.FINISHED && state != RunState.EVALUATING;
    }
}
