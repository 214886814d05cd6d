/**
 * Downloads of published files: resumable, checked against size and checksum, from mirrors and through proxies.
 *
 * <p>Invariants: a file gets its name only when its size and checksum are those published; what came before an
 * interruption is kept and continued.
 *
 * <p>To add a file, add a constant with its size and checksum to {@link io.mdc.fetch.Downloads}, and the source of
 * both.
 */
package io.mdc.fetch;
