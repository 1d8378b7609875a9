package dev.kindred.benchmark;

import static org.bytedeco.openblas.global.openblas.CblasColMajor;
import static org.bytedeco.openblas.global.openblas.CblasLower;
import static org.bytedeco.openblas.global.openblas.CblasTrans;
import static org.bytedeco.openblas.global.openblas.blas_set_num_threads;
import static org.bytedeco.openblas.global.openblas.cblas_ssyrk;

import dev.kindred.base.Parallel;
import org.bytedeco.javacpp.FloatPointer;

/** What the matrix unit needs at least: OpenBLAS's own products, on its own threads. */
final class Ceiling {
  private Ceiling() {}

  /**
   * One bare {@code ssyrk} for each width: the n×n Gram matrix of n stimuli. Buffers are made and
   * touched before; only the calls are timed.
   *
   * @return seconds
   */
  static double ssyrk(int n, int... widths) {
    int widest = java.util.Arrays.stream(widths).max().orElse(0);
    try (FloatPointer features = new FloatPointer((long) n * widest);
        FloatPointer gram = new FloatPointer((long) n * n)) {
      fill(features, (long) n * widest);
      fill(gram, (long) n * n);
      blas_set_num_threads(Parallel.threads());
      try {
        return Timing.seconds(
            () -> {
              for (int p : widths) {
                cblas_ssyrk(
                    CblasColMajor, CblasLower, CblasTrans, n, p, 1, features, p, 0, gram, n);
              }
            });
      } finally {
        blas_set_num_threads(1);
      }
    }
  }

  /**
   * One bare {@code ssyrk} of the products of {@code models} vectors, in pieces of {@code length}.
   */
  static double products(int models, int length, int pieces) {
    try (FloatPointer vectors = new FloatPointer((long) models * length);
        FloatPointer result = new FloatPointer((long) models * models)) {
      fill(vectors, (long) models * length);
      fill(result, (long) models * models);
      blas_set_num_threads(Parallel.threads());
      try {
        return Timing.seconds(
            () -> {
              for (int i = 0; i < pieces; i++) {
                cblas_ssyrk(
                    CblasColMajor,
                    CblasLower,
                    CblasTrans,
                    models,
                    length,
                    1,
                    vectors,
                    length,
                    1,
                    result,
                    models);
              }
            });
      } finally {
        blas_set_num_threads(1);
      }
    }
  }

  private static void fill(FloatPointer target, long count) {
    float[] values = new float[1 << 16];
    for (int i = 0; i < values.length; i++) {
      values[i] = (i * 0.618034f) % 1f - 0.5f;
    }
    for (long at = 0; at < count; at += values.length) {
      int part = (int) Math.min(values.length, count - at);
      target.getPointer(at).put(values, 0, part);
    }
  }
}
