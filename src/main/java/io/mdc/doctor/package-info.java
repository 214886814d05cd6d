/**
 * What this machine has for the program: what is found, whether it is well, and what to do where it is not.
 *
 * <p>An {@link io.mdc.doctor.Examination} looks at {@link io.mdc.doctor.Surroundings} and returns a
 * {@link io.mdc.doctor.Finding} for each thing it finds; {@link io.mdc.doctor.Doctor} has the list of them.
 *
 * <p>Invariants: examinations look at the surroundings they are given and at nothing else, so that tests can make up
 * machines; what a system does not tell is said to be unknown, never a failure; a finding with advice names one thing
 * to do; nothing is written.
 *
 * <p>To add an examination, implement {@link io.mdc.doctor.Examination} in a class of its own, list it in
 * {@link io.mdc.doctor.Doctor}, and give {@code DoctorTest} a machine on which it advises. What it needs to know of the
 * machine beyond files, environment and commands becomes a component of {@link io.mdc.doctor.Surroundings}.
 */
package io.mdc.doctor;
