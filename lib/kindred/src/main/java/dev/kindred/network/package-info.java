/**
 * Networks as sources of representations: DJL blocks, objectives, trainer, probes, layer layers,
 * the zoo, TorchScript import.
 */
package dev.kindred.network;
