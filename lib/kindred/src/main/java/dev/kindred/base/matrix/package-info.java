/**
 * Dense matrices outside the Java heap and the few kernels of linear algebra that the measures
 * need, on OpenBLAS and LAPACK.
 *
 * <p>OpenBLAS itself runs on one thread; {@link dev.kindred.base.Parallel} spreads blocks of fixed
 * size over the cores, so every result has the same bits whatever the number of threads. On CPUs
 * with AVX-512 that OpenBLAS does not know, the environment variable {@code
 * OPENBLAS_CORETYPE=SkylakeX}, set before the JVM starts, doubles the speed.
 */
package dev.kindred.base.matrix;
