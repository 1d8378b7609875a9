/** Measures that compare which stimuli lie near each other: lists of k nearest neighbours. */
package dev.kindred.measure.neighbourhood;
