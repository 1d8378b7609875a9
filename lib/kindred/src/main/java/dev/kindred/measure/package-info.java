/**
 * Similarity measures and distances between representations, their catalogue, the all-pairs engine
 * and statistics.
 */
package dev.kindred.measure;
