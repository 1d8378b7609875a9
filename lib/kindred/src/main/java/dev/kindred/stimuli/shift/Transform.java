package dev.kindred.stimuli.shift;

import dev.kindred.stimuli.ImageSet;
import java.util.SplittableRandom;

/** What a shift does to the images of one set, by number. Safe for several threads. */
@FunctionalInterface
interface Transform {
  /**
   * @param i number of the image
   * @param random this image's own stream
   */
  Raster apply(int i, SplittableRandom random);

  /** The image that lends its texture to image {@code i}, or −1. */
  default int partner(int i) {
    return -1;
  }

  /** Sees a whole set before its images are shifted. */
  @FunctionalInterface
  interface Fitted {
    /**
     * @param images the set that is going to be shifted
     * @param seed the shift's seed
     */
    Transform fit(ImageSet images, long seed);
  }
}
