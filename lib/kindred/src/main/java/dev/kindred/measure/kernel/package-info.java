/**
 * Measures that compare matrices over pairs of stimuli: kernels (CKA, distance correlation) and
 * dissimilarities (RSA). Such a measure is the cosine of two vectors with an entry for each pair of
 * stimuli, so whole matrices of it are one symmetric product.
 */
package dev.kindred.measure.kernel;
