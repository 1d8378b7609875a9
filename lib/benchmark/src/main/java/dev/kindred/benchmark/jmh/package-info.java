/** JMH benchmarks of single kernels; run with {@code org.openjdk.jmh.Main}. */
package dev.kindred.benchmark.jmh;
