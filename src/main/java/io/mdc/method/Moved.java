package io.mdc.method;

import io.mdc.objective.Losses;
import io.mdc.tensor.Numbers;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * A part of a step that was made. On a device its numbers may not be known yet, and are best asked for when all parts
 * have been made.
 *
 * @param part which one
 * @param losses of it
 * @param measured of every prefix of its images, for the adaptive subset; empty if nothing was
 */
public record Moved(int part, Supplier<Losses> losses, Optional<Numbers> measured) {}
