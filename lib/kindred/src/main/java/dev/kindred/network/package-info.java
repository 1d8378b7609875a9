/**
 * Networks as sources of representations: DJL blocks, objectives, trainer, probes, layer taps, the
 * zoo, TorchScript import.
 */
package dev.kindred.network;
