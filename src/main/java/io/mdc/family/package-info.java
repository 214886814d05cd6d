/**
 * Runs that are condensed together.
 *
 * <p>A {@link io.mdc.family.Family} is their settings by name, and what their directory keeps of them; a
 * {@link io.mdc.family.FamilyGroup} those of them that can share θ, which a {@link io.mdc.family.GroupRun} condenses in
 * lockstep, each into a directory of its own. What is left is a {@link io.mdc.family.FamilyResult}.
 *
 * <p>Invariants: every run has the bytes that it has alone; whether all can be made is known before any directory is; a
 * run that fails leaves the others going.
 *
 * <p>What else runs could share goes into {@link io.mdc.family.FamilyGroup}, and how far they are into
 * {@code FamilyProgress}.
 */
package io.mdc.family;
