/** Benchmarks of the library's kernels and measures. */
package dev.kindred.benchmark;
