/**
 * How settings are declared, written, read and checked, whatever they are about.
 *
 * <p>To the user every setting is one flat key, the same in a YAML file ({@code n-data: 2000}) and on the command line
 * ({@code --n-data 2000}). To the program it is a component of a small record, which stands in the package that it
 * configures; {@code io.mdc.config} composes them.
 *
 * <p>Invariants: a setting is declared once, as a record component with {@link io.mdc.setting.Setting}, from which key,
 * help, range check, reading and writing follow; keys are unique over all records; writing and reading gives an equal
 * record.
 *
 * <p>A component of a new type needs no change here if it is an enum, or a class whose {@code toString} is read by its
 * static {@code parse(String)} and whose static {@code allowed()} tells help what that takes; a list of either works
 * too.
 */
package io.mdc.setting;
