/**
 * Measures on the subspaces that the responses span: canonical correlations and their relatives,
 * linear regression, GULP, eigenspace overlap.
 *
 * <p>All compare orthonormal bases that are made once per representation, so that a pair costs one
 * product of bases.
 */
package dev.kindred.measure.canonical;
