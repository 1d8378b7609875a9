/**
 * What every room may use: progress, seeds, provenance, the store, labelled matrices, and thin
 * matrix kernels on OpenBLAS.
 */
package dev.kindred.base;
