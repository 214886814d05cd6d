package io.mdc.evaluate;

import io.mdc.network.NetworkChoice;

/**
 * One network to train from scratch.
 *
 * @param network its architecture
 * @param size stored images per class of the prefix it is trained on
 * @param repeat from 0
 */
public record Training(NetworkChoice network, int size, int repeat) {}
