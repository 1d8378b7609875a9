package dev.kindred.benchmark;

import dev.kindred.base.Parallel;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.base.array.ElementType;
import dev.kindred.representation.Representation;
import dev.kindred.representation.RepresentationBuilder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Made-up models whose features look like a network's: sparse, correlated, with a common part. */
final class Models {
  /** Widths of the 64 models of the dataset-consistency study, sum 84,480. */
  private static final int[][] WIDTHS = {
    {3, 384},
    {5, 512},
    {1, 640},
    {14, 768},
    {14, 1024},
    {3, 1280},
    {5, 1536},
    {1, 1792},
    {14, 2048},
    {1, 2304},
    {1, 2560},
    {2, 4096}
  };

  private static final int LATENT = 24;

  private Models() {}

  static int[] widthsOfTheStudy() {
    return Arrays.stream(WIDTHS)
        .flatMapToInt(group -> java.util.stream.IntStream.generate(() -> group[1]).limit(group[0]))
        .toArray();
  }

  /** {@code count} models of n stimuli whose widths cycle through {@code widths}. */
  static List<Representation> cycling(int count, int n, int... widths) {
    Representation[] models = new Representation[count];
    Parallel.forEach(count, m -> models[m] = model("model " + m, n, widths[m % widths.length]));
    return List.of(models);
  }

  /** ReLU of a random view of latent factors that all models share, plus noise. */
  static Representation model(String id, int n, int p) {
    float[] factors = gaussians(new Seeds(1).stream("factors"), n * LATENT);
    SplittableRandom random = new Seeds(1).stream(id);
    float[] view = gaussians(random, LATENT * p);
    RepresentationBuilder builder = new RepresentationBuilder(id, n, p, ElementType.FLOAT32);
    float[] row = new float[p];
    float[] noise = gaussians(random, 4093);
    for (int i = 0; i < n; i++) {
      int shift = random.nextInt(noise.length);
      for (int j = 0; j < p; j++) {
        row[j] = 0.3f + noise[(shift + j) % noise.length];
      }
      for (int f = 0; f < LATENT; f++) {
        float factor = factors[i * LATENT + f] / 4;
        for (int j = 0; j < p; j++) {
          row[j] += factor * view[f * p + j];
        }
      }
      for (int j = 0; j < p; j++) {
        row[j] = Math.max(0, row[j]);
      }
      builder.append(FloatBuffer.wrap(row));
    }
    return builder.build(Provenance.of("benchmark features"));
  }

  private static float[] gaussians(SplittableRandom random, int count) {
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      double radius = Math.sqrt(-2 * Math.log(1 - random.nextDouble()));
      values[i] = (float) (radius * Math.cos(2 * Math.PI * random.nextDouble()));
    }
    return values;
  }
}
