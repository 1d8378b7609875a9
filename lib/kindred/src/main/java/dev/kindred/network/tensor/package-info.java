/**
 * What Kindred needs of DJL beyond its public face: gradients by thread, weights as one flat
 * vector, images as tensors.
 */
package dev.kindred.network.tensor;
