package dev.kindred.network;

import dev.kindred.base.Provenance;
import dev.kindred.base.array.ElementType;
import dev.kindred.representation.Representation;
import dev.kindred.representation.RepresentationBuilder;
import dev.kindred.stimuli.ImageSet;
import java.nio.FloatBuffer;

/** The images themselves as responses: those of a “model” that does nothing, a yardstick. */
public final class PixelResponses {
  private PixelResponses() {}

  /**
   * One unit for each channel of each pixel, from 0 to 1.
   *
   * @return n×(height·width·channels) responses named {@code pixels}
   */
  public static Representation of(ImageSet images) {
    int units = images.width() * images.height() * images.channels();
    RepresentationBuilder builder =
        new RepresentationBuilder("pixels", images.size(), units, ElementType.FLOAT32);
    float[] row = new float[units];
    for (int i = 0; i < images.size(); i++) {
      byte[] pixels = images.pixels(i);
      for (int unit = 0; unit < units; unit++) {
        row[unit] = (pixels[unit] & 0xff) / 255f;
      }
      builder.append(FloatBuffer.wrap(row));
    }
    return builder
        .build(Provenance.of("pixels", images.provenance()))
        .withStimulusIds(images.stimulusIds());
  }
}
