package io.mdc.directory;

import io.mdc.order.Order;
import io.mdc.order.OrderBy;
import io.mdc.setting.TextForm;
import java.util.List;
import java.util.Objects;

/**
 * Where the images of an ordered run came from, for its manifest.
 *
 * @param run absolute path of the run whose images they are
 * @param set SHA-256 of its condensed set's file
 * @param by what they are ordered by
 * @param epochs of each network that was trained to order them, the epochs, from 1, that counted; copied
 * @param seconds wall time of ordering
 */
public record Reordering(String run, String set, String by, List<List<Integer>> epochs, double seconds) {
    /**
     * Copies the lists.
     *
     * @throws NullPointerException if something is missing
     */
    public Reordering {
        Objects.requireNonNull(run, "run");
        Objects.requireNonNull(set, "set");
        Objects.requireNonNull(by, "by");
        epochs = epochs.stream().map(List::copyOf).toList();
    }

    /** That of an order which was made now. */
    public static Reordering of(RunDirectory from, String set, OrderBy by, Order order, double seconds) {
        return new Reordering(
                from.path().toAbsolutePath().normalize().toString(),
                set,
                TextForm.kebab(by),
                order.epochs().stream()
                        .map(epochs -> epochs.stream().map(epoch -> epoch + 1).toList())
                        .toList(),
                seconds);
    }
}
