/**
 * All settings of a run together, from defaults, presets, files and options.
 *
 * <p>{@link io.mdc.config.RunConfig} composes the records of the packages that settings belong to;
 * {@link io.mdc.config.ConfigReader} merges the layers (defaults, preset, file, options) and binds the result.
 *
 * <p>Invariants: a setting's default is in {@code configs/defaults.yaml} and nowhere else; a configuration that exists
 * is valid.
 *
 * <p>To add a setting, add the component to its record and a line to {@code configs/defaults.yaml}. To add a preset,
 * put a file into {@code configs}.
 */
package io.mdc.config;
