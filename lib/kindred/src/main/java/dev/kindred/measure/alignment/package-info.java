/**
 * Measures that first find the best map from one representation to the other out of a family:
 * rotations (Procrustes, shape metrics), linear maps, permutations and soft matchings of units.
 */
package dev.kindred.measure.alignment;
