package dev.kindred.stimuli;

import dev.kindred.base.Progress;
import dev.kindred.stimuli.decode.Framing;
import dev.kindred.stimuli.decode.ImageSource;

/** The framing for images whose sizes nobody has stated. */
final class SharedSize {
  /** Side of the square that networks for photographs usually see. */
  private static final int USUAL_SIDE = 224;

  private SharedSize() {}

  /**
   * The middle square of the images, with the shorter side resized to that of the smallest image
   * (at most 224); images of one square size stay as they are. Reads the head of every image.
   */
  static Framing framing(ImageSource source, String name) {
    int shortest = Integer.MAX_VALUE;
    try (Progress.Task task = Progress.standard().begin("sizes of " + name, source.size())) {
      for (int i = 0; i < source.size(); i++) {
        int[] shape = source.shape(i);
        shortest = Math.min(shortest, Math.min(shape[0], shape[1]));
        task.advance(1);
      }
    }
    return Framing.square(Math.min(USUAL_SIDE, shortest));
  }
}
