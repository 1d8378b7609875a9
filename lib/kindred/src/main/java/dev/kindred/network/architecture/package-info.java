/**
 * The architectures of the four works as DJL blocks. An {@link
 * dev.kindred.network.architecture.Encoder} is a chain of named layers, each a block of its own. A
 * stage is what the papers call one: blocks at one resolution; it may be a layer.
 */
package dev.kindred.network.architecture;
