/**
 * Stopping code that runs: cooperative checks woven into the classes of cells, thread interruption,
 * and, for code without checks that goes on burning a processor, an asynchronous exception.
 */
package dev.kindred.kernel.stop;
