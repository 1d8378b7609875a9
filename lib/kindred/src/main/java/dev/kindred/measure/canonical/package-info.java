/**
 * Measures on the subspaces that the responses span: canonical correlations and their relatives,
 * linear regression, GULP, eigenspace overlap.
 *
 * <p>All compare the orthonormal bases that one singular value decomposition per representation
 * gives, so that a pair costs one product of bases.
 */
package dev.kindred.measure.canonical;
