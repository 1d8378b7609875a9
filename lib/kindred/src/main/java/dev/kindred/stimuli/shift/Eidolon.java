package dev.kindred.stimuli.shift;

import java.util.SplittableRandom;

/**
 * Eidolons (Koenderink, Valsecchi, van Doorn, Wagemans and Gegenfurtner, "Eidolons: novel stimuli
 * for vision research", Journal of Vision 2017): the image is split into bands of scale
 * (differences of Gaussians, σ in steps of √2), the places of each band are displaced by smooth
 * random fields, and the bands are added again.
 *
 * <p>Each displacement field is Gaussian noise blurred with σ = grain and scaled to a standard
 * deviation of {@code reach}. The field of a band is √c of a field that all bands share and √(1 −
 * c) of the band's own, c being the coherence: at 1 the image is warped, at 0 the bands part. (The
 * weights are square roots, so that the reach is the same at every coherence.) Own implementation,
 * with interpolation between pixels and reflection at the borders.
 */
final class Eidolon {
  private final int width;
  private final int height;
  private final double reach;
  private final double coherence;
  private final Gaussian grain;
  private final Gaussian[] scales;

  /**
   * @param reach standard deviation of the displacement, in pixels
   * @param coherence from 0 to 1
   * @param grain σ of the displacement fields' blur, in pixels
   */
  Eidolon(int width, int height, double reach, double coherence, double grain) {
    this.width = width;
    this.height = height;
    this.reach = reach;
    this.coherence = coherence;
    this.grain = new Gaussian(width, height, grain);
    int count = 0;
    double coarsest = Math.min(width, height) / 4.0;
    for (double sigma = 0.5; sigma <= coarsest; sigma *= Math.sqrt(2)) {
      count++;
    }
    scales = new Gaussian[count];
    for (int k = 0; k < count; k++) {
      scales[k] = new Gaussian(width, height, 0.5 * StrictMath.pow(2, k / 2.0));
    }
  }

  Raster apply(Raster image, SplittableRandom random) {
    int n = width * height;
    double[] sharedX = field(random);
    double[] sharedY = field(random);
    double own = Math.sqrt(1 - coherence);
    double shared = Math.sqrt(coherence);
    double[][] rest = new double[image.channels()][];
    double[][] sum = new double[image.channels()][n];
    for (int c = 0; c < rest.length; c++) {
      rest[c] = image.planes()[c];
    }
    for (int band = 0; band <= scales.length; band++) {
      double[] dx = sharedX;
      double[] dy = sharedY;
      if (own > 0) {
        dx = mixed(sharedX, shared, field(random), own);
        dy = mixed(sharedY, shared, field(random), own);
      }
      for (int c = 0; c < rest.length; c++) {
        double[] part = rest[c];
        if (band < scales.length) {
          double[] blurred = scales[band].blur(image.planes()[c]);
          part = rest[c].clone();
          for (int p = 0; p < n; p++) {
            part[p] -= blurred[p];
          }
          rest[c] = blurred;
        }
        for (int p = 0; p < n; p++) {
          sum[c][p] +=
              Bilinear.reflected(
                  part, width, height, p % width + reach * dx[p], p / width + reach * dy[p]);
        }
      }
    }
    return new Raster(width, height, sum);
  }

  private static double[] mixed(double[] a, double share, double[] b, double other) {
    double[] mix = new double[a.length];
    for (int p = 0; p < mix.length; p++) {
      mix[p] = share * a[p] + other * b[p];
    }
    return mix;
  }

  /** Blurred noise of unit standard deviation. */
  private double[] field(SplittableRandom random) {
    double[] noise = new double[width * height];
    for (int p = 0; p < noise.length; p++) {
      noise[p] = random.nextGaussian();
    }
    double[] field = grain.blur(noise);
    double squares = 0;
    for (double value : field) {
      squares += value * value;
    }
    double scale = Math.sqrt(field.length / squares);
    for (int p = 0; p < field.length; p++) {
      field[p] *= scale;
    }
    return field;
  }
}
