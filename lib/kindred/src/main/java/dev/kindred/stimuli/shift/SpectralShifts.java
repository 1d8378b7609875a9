package dev.kindred.stimuli.shift;

import dev.kindred.base.Parallel;
import dev.kindred.stimuli.ImageSet;
import java.util.SplittableRandom;

/** Shifts of the Fourier spectrum. */
final class SpectralShifts {
  private SpectralShifts() {}

  /** Blurred by a Gaussian. */
  static Raster lowPass(Raster image, Gaussian filter) {
    double[][] planes = new double[image.channels()][];
    for (int c = 0; c < planes.length; c++) {
      planes[c] = filter.blur(image.planes()[c]);
    }
    return new Raster(image.width(), image.height(), planes);
  }

  /** What a blur takes away, about mid-grey. */
  static Raster highPass(Raster image, Gaussian filter) {
    double[][] planes = new double[image.channels()][];
    for (int c = 0; c < planes.length; c++) {
      double[] blurred = filter.blur(image.planes()[c]);
      double[] plane = image.planes()[c].clone();
      for (int p = 0; p < plane.length; p++) {
        plane[p] += 0.5 - blurred[p];
      }
      planes[c] = plane;
    }
    return new Raster(image.width(), image.height(), planes);
  }

  /**
   * Adds to the phase of each component a number that is uniform within ±{@code degrees}, opposite
   * for opposite frequencies and the same for all channels. Amplitudes stay, and so does the mean;
   * a component that is its own opposite (a real number) stays as it is.
   */
  static Raster phaseScrambled(
      Raster image, double degrees, Spectrum.Plans plans, SplittableRandom random) {
    int n = image.width() * image.height();
    double[] cos = new double[n];
    double[] sin = new double[n];
    double width = Math.toRadians(degrees);
    Spectrum[] spectra = new Spectrum[image.channels()];
    for (int c = 0; c < spectra.length; c++) {
      spectra[c] = plans.of(image.planes()[c]);
    }
    for (int k = 0; k < n; k++) {
      double angle = width * (2 * random.nextDouble() - 1);
      int opposite = spectra[0].opposite(k);
      if (opposite > k) {
        cos[k] = cos[opposite] = StrictMath.cos(angle);
        sin[k] = StrictMath.sin(angle);
        sin[opposite] = -sin[k];
      } else if (opposite == k) {
        cos[k] = 1;
      }
    }
    double[][] planes = new double[spectra.length][];
    for (int c = 0; c < spectra.length; c++) {
      Spectrum spectrum = spectra[c];
      for (int k = 0; k < n; k++) {
        double re = spectrum.re[k] * cos[k] - spectrum.im[k] * sin[k];
        spectrum.im[k] = spectrum.re[k] * sin[k] + spectrum.im[k] * cos[k];
        spectrum.re[k] = re;
      }
      planes[c] = spectrum.toPlane();
    }
    return new Raster(image.width(), image.height(), planes);
  }

  /** Mean amplitude of each component over all images of a set, per channel. */
  static double[][] meanAmplitudes(ImageSet images, boolean grey, Spectrum.Plans plans) {
    int n = images.width() * images.height();
    int channels = grey ? 1 : images.channels();
    double[][] mean = new double[channels][n];
    // fixed blocks, added in order: the same sums whatever the number of threads
    int block = 64;
    int blocks = (images.size() + block - 1) / block;
    double[][][] partial = new double[blocks][channels][n];
    Parallel.forEach(
        blocks,
        b -> {
          for (int i = b * block; i < Math.min(images.size(), (b + 1) * block); i++) {
            Raster image = Raster.of(images, i);
            double[][] planes = grey ? image.toGrey().planes() : image.planes();
            for (int c = 0; c < channels; c++) {
              Spectrum spectrum = plans.of(planes[c]);
              for (int k = 0; k < n; k++) {
                partial[b][c][k] += spectrum.amplitude(k);
              }
            }
          }
        });
    for (double[][] sum : partial) {
      for (int c = 0; c < channels; c++) {
        for (int k = 0; k < n; k++) {
          mean[c][k] += sum[c][k] / images.size();
        }
      }
    }
    return mean;
  }

  /** The image's phases with the given amplitudes. */
  static Raster withAmplitudes(Raster image, double[][] amplitudes, Spectrum.Plans plans) {
    double[][] planes = new double[image.channels()][];
    for (int c = 0; c < planes.length; c++) {
      Spectrum spectrum = plans.of(image.planes()[c]);
      for (int k = 0; k < spectrum.re.length; k++) {
        double amplitude = spectrum.amplitude(k);
        // a component that the image lacks has no phase: zero is as good as any
        double gain = amplitude > 1e-12 ? amplitudes[c][k] / amplitude : 0;
        spectrum.re[k] = amplitude > 1e-12 ? gain * spectrum.re[k] : amplitudes[c][k];
        spectrum.im[k] *= gain;
      }
      planes[c] = spectrum.toPlane();
    }
    return new Raster(image.width(), image.height(), planes);
  }
}
