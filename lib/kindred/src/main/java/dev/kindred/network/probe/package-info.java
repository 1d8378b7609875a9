/**
 * Linear probes: what a linear classifier can read from a representation. Many probes on the same
 * features are trained at once, in one matrix product.
 */
package dev.kindred.network.probe;
