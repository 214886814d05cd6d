package io.mdc.directory;

import io.mdc.condense.CondenseState;

/**
 * What a run goes on from.
 *
 * @param begun what the images of the run depend on
 * @param state of the condensation
 * @param metrics how far {@code metrics.jsonl} had come
 * @param selections how far {@code mls.jsonl} had come
 * @param course how far {@code course.jsonl} had come
 */
public record Checkpoint(
        Fingerprint begun, CondenseState state, LineLog.Mark metrics, LineLog.Mark selections, LineLog.Mark course) {}
