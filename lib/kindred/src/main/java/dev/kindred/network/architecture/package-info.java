/**
 * The architectures of the four works as DJL blocks. An {@link
 * dev.kindred.network.architecture.Encoder} is a chain of named stages; the name of a stage is the
 * name of the layer at its output.
 */
package dev.kindred.network.architecture;
