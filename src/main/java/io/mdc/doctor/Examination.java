package io.mdc.doctor;

import java.util.List;

/** Looks at one side of a machine. */
@FunctionalInterface
public interface Examination {
    /** What there is, in the order it is told; empty if there is nothing to tell. */
    List<Finding> examine(Surroundings here);
}
