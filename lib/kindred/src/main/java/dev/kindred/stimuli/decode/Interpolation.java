package dev.kindred.stimuli.decode;

/** Filters for resizing; both are stretched when an image shrinks, so that nothing aliases. */
public enum Interpolation {
  /** A triangle over the two nearest pixels: what torchvision's and thingsvision's resize use. */
  BILINEAR(1.0) {
    @Override
    double weight(double distance) {
      double x = Math.abs(distance);
      return x < 1.0 ? 1.0 - x : 0.0;
    }
  },
  /** A cubic over the four nearest pixels with a = −0.5: what CLIP's preprocessing uses. */
  BICUBIC(2.0) {
    @Override
    double weight(double distance) {
      double x = Math.abs(distance);
      if (x < 1.0) {
        return (1.5 * x - 2.5) * x * x + 1;
      }
      return x < 2.0 ? (((x - 5) * x + 8) * x - 4) * -0.5 : 0.0;
    }
  };

  private final double support;

  Interpolation(double support) {
    this.support = support;
  }

  double support() {
    return support;
  }

  abstract double weight(double distance);
}
