package io.mdc.synthetic;

/**
 * A training image that a stored image holds.
 *
 * @param image number of the stored image within its class
 * @param factor the stored image is cut into factor × factor tiles
 * @param place which of them, in row order
 */
public record Tile(int image, int factor, int place) {}
