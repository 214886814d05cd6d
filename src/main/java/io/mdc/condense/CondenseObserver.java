package io.mdc.condense;

import io.mdc.base.DivergedException;
import io.mdc.task.MlsEvent;
import io.mdc.tensor.Tensor;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Is told how condensation goes; called on the thread that runs it. */
public interface CondenseObserver {

    /** Batch {@code done} of {@code all} of the warm-up of outer loop {@code outer}'s network was trained on. */
    default void warmingUp(int outer, long done, long all) {}

    /**
     * After every inner loop.
     *
     * @param metrics what it measured
     * @param mls the size of the most learnable subset, empty if there is none
     */
    void innerLoopDone(LoopMetrics metrics, String mls);

    /**
     * After an inner loop: the state as it is now can be had.
     *
     * @param state copies it when asked, and only before this method returns
     */
    default void reached(Supplier<CondenseState> state) {}

    /** Whether the images are to be measured at the end of an outer loop, where they have not been yet. */
    default boolean measuresAfter(int outer) {
        return false;
    }

    /**
     * At the end of an outer loop, if they are to be measured; the state was saved just before.
     *
     * @param images a copy, as they would be if the run ended here
     * @param stop asked now and then
     * @return whether they were; otherwise {@code stop} said so
     */
    default boolean measure(int outer, Tensor images, BooleanSupplier stop) {
        return true;
    }

    /**
     * Before real images are chosen, or networks are trained on prefixes, for these images or for others under the same
     * θ, which may take long: the state as it is now can be had.
     *
     * @param state copies it when asked, and only before this method returns
     */
    default void longWorkAhead(Supplier<CondenseState> state) {}

    /** So much of the training of networks on prefixes at the end of an outer loop is done; called on any thread. */
    default void trainingPrefixes(int outer, long percent) {}

    /** When something first shows that the settings let the run diverge. */
    default void diverging(Divergence divergence) {}

    /** When the condensation failed while others under the same θ go on. */
    default void failed(DivergedException failure) {}

    /** After a selection. */
    void selected(List<MlsEvent> events);

    /** When the state is worth keeping: every period, around measurements, at the end, and when stopping. */
    void checkpoint(CondenseState state);
}
