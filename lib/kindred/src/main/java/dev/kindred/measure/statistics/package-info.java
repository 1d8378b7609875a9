/**
 * What a reviewer asks of a similarity: correlations with p-values, Mantel tests, consistency
 * between data sets, permutation tests and null calibration, bootstrap intervals, noise floors.
 */
package dev.kindred.measure.statistics;
