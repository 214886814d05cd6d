/**
 * How results and progress are shown: text tables, a progress line or log lines, contact sheets of images.
 *
 * <p>Nothing here computes results or knows commands; everything is given as texts, numbers or pixel sources. What is
 * written depends only on what is given, apart from times. To show something in a new way, add a class that takes the
 * result records or plain values, and leave printing to the caller.
 */
package io.mdc.report;
