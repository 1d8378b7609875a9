package dev.kindred.base.matrix;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasLower;
import static org.bytedeco.openblas.global.openblas.CblasNoTrans;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas.cblas_ddot;
import static org.bytedeco.openblas.global.openblas.cblas_dgemm;
import static org.bytedeco.openblas.global.openblas.cblas_dger;
import static org.bytedeco.openblas.global.openblas.cblas_dsyrk;

import dev.kindred.base.NativeLibraries;
import dev.kindred.base.Parallel;
import java.lang.ref.Reference;
import org.bytedeco.javacpp.DoublePointer;

/**
 * Products of OpenBLAS, one thread each; those of level 3 are spread in blocks of fixed size over
 * the cores.
 */
final class Blas {
  /** Sides of the blocks of a parallel product: large enough for full speed, small for balance. */
  private static final int BLOCK = 512;

  private static final double PARALLEL_FLOPS = 4e7;

  private Blas() {}

  static {
    NativeLibraries.prepare();
    blas_set_num_threads(1);
  }

  /** Loads OpenBLAS and sets it to one thread, once; called before every LAPACK routine. */
  static void useOneThread() {
    // The static initialiser has done it.
  }

  /** C = op(A)·op(B), in blocks over the cores. */
  static void gemm(Matrix a, boolean transposeA, Matrix b, boolean transposeB, Matrix c) {
    int m = transposeA ? a.columns() : a.rows();
    int k = transposeA ? a.rows() : a.columns();
    int n = transposeB ? b.rows() : b.columns();
    if (k != (transposeB ? b.columns() : b.rows()) || c.rows() != m || c.columns() != n) {
      throw new IllegalArgumentException(
          "product of " + a + (transposeA ? "ᵀ" : "") + " and " + b + (transposeB ? "ᵀ" : ""));
    }
    if (m == 0 || n == 0) {
      return;
    }
    boolean split = 2.0 * m * n * k >= PARALLEL_FLOPS;
    int block = split ? BLOCK : Integer.MAX_VALUE;
    int rowBlocks = blocks(m, block);
    int columnBlocks = blocks(n, block);
    Parallel.forEach(
        rowBlocks * columnBlocks,
        t -> {
          int i = t % rowBlocks * (split ? BLOCK : 0);
          int j = t / rowBlocks * (split ? BLOCK : 0);
          cblas_dgemm(
              CblasColMajor,
              transposeA ? CblasTrans : CblasNoTrans,
              transposeB ? CblasTrans : CblasNoTrans,
              Math.min(block, m - i),
              Math.min(block, n - j),
              k,
              1,
              transposeA ? a.pointer(0, i) : a.pointer(i, 0),
              leading(a.rows()),
              transposeB ? b.pointer(j, 0) : b.pointer(0, j),
              leading(b.rows()),
              0,
              c.pointer(i, j),
              leading(c.rows()));
        });
    Reference.reachabilityFence(a);
    Reference.reachabilityFence(b);
    Reference.reachabilityFence(c);
  }

  /** C = AAᵀ or, transposed, AᵀA; both triangles of C are written. */
  static void syrk(Matrix a, boolean transpose, Matrix c) {
    int n = transpose ? a.columns() : a.rows();
    int k = transpose ? a.rows() : a.columns();
    if (c.rows() != n || c.columns() != n) {
      throw new IllegalArgumentException("the Gram matrix of " + a + " does not fit into " + c);
    }
    if (n == 0) {
      return;
    }
    int blocks = blocks(n, BLOCK);
    // Block t of the lower triangle, row by row of blocks.
    Parallel.forEach(
        blocks * (blocks + 1) / 2,
        t -> {
          int row = (int) ((Math.sqrt(8.0 * t + 1) - 1) / 2);
          int i = row * BLOCK;
          int j = (t - row * (row + 1) / 2) * BLOCK;
          int height = Math.min(BLOCK, n - i);
          int width = Math.min(BLOCK, n - j);
          if (i == j) {
            cblas_dsyrk(
                CblasColMajor,
                CblasLower,
                transpose ? CblasTrans : CblasNoTrans,
                height,
                k,
                1,
                transpose ? a.pointer(0, i) : a.pointer(i, 0),
                leading(a.rows()),
                0,
                c.pointer(i, i),
                n);
          } else {
            cblas_dgemm(
                CblasColMajor,
                transpose ? CblasTrans : CblasNoTrans,
                transpose ? CblasNoTrans : CblasTrans,
                height,
                width,
                k,
                1,
                transpose ? a.pointer(0, i) : a.pointer(i, 0),
                leading(a.rows()),
                transpose ? a.pointer(0, j) : a.pointer(j, 0),
                leading(a.rows()),
                0,
                c.pointer(i, j),
                n);
          }
        });
    mirrorLower(c);
    Reference.reachabilityFence(a);
  }

  /** C += factor·xyᵀ, on this thread. */
  static void ger(double factor, Column x, Column y, Matrix c) {
    cblas_dger(
        CblasColMajor,
        c.rows(),
        c.columns(),
        factor,
        x.matrix().pointer(0, x.index()),
        1,
        y.matrix().pointer(0, y.index()),
        1,
        c.pointer(),
        leading(c.rows()));
    Reference.reachabilityFence(x.matrix());
    Reference.reachabilityFence(y.matrix());
    Reference.reachabilityFence(c);
  }

  static double sumOfSquares(Matrix a) {
    long numbers = (long) a.rows() * a.columns();
    double sum = 0;
    for (long from = 0; from < numbers; from += Integer.MAX_VALUE) {
      DoublePointer at = a.pointer().getPointer(from);
      sum += cblas_ddot((int) Math.min(Integer.MAX_VALUE, numbers - from), at, 1, at, 1);
    }
    Reference.reachabilityFence(a);
    return sum;
  }

  static int leading(int rows) {
    return Math.max(1, rows);
  }

  private static int blocks(int n, int block) {
    return (int) (((long) n + block - 1) / block);
  }

  private static void mirrorLower(Matrix c) {
    int n = c.rows();
    int block = 64;
    for (int j0 = 0; j0 < n; j0 += block) {
      for (int i0 = j0; i0 < n; i0 += block) {
        for (int j = j0; j < Math.min(n, j0 + block); j++) {
          for (int i = Math.max(i0, j + 1); i < Math.min(n, i0 + block); i++) {
            c.set(j, i, c.get(i, j));
          }
        }
      }
    }
  }
}
