/**
 * What a run is to do, as immutable records that are valid once they exist.
 *
 * <p>To the user every setting is one flat key, the same in a YAML file ({@code n-data: 2000}) and on the command line
 * ({@code --n-data 2000}). To the program it is a component of a small record; {@link io.mdc.config.RunConfig} composes
 * them. {@link io.mdc.config.ConfigReader} merges the layers (defaults, preset, file, options) and binds the result.
 *
 * <p>Invariants: a setting is declared once, as a record component with {@link io.mdc.config.Setting}, from which key,
 * help, range check, reading and writing follow; its default is in {@code configs/defaults.yaml} and nowhere else; keys
 * are unique over all records; writing and reading a configuration gives an equal one.
 *
 * <p>To add a setting, add the component and a line to {@code configs/defaults.yaml}. To add a preset, put a file into
 * {@code configs}. A component of a new type needs a text form in {@code TextForm}.
 */
package io.mdc.config;
