package dev.kindred.stimuli;

import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import dev.kindred.stimuli.decode.Framing;
import dev.kindred.stimuli.decode.ImageSource;
import dev.kindred.stimuli.decode.Pixels;
import java.util.List;

/** Images of a data set, read and brought to size when they are asked for. */
final class DataSetImages implements ImageSet {
  private final String name;
  private final ImageSource source;
  private final Framing framing;
  private final int width;
  private final int height;
  private final int channels;
  private final String category;
  private final Provenance provenance;

  DataSetImages(
      String name,
      ImageSource source,
      Framing framing,
      int width,
      int height,
      int channels,
      String category,
      Provenance provenance) {
    this.name = name;
    this.source = source;
    this.framing = framing;
    this.width = width;
    this.height = height;
    this.channels = channels;
    this.category = category;
    this.provenance = provenance;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public int size() {
    return source.size();
  }

  @Override
  public int width() {
    return width;
  }

  @Override
  public int height() {
    return height;
  }

  @Override
  public int channels() {
    return channels;
  }

  @Override
  public byte[] pixels(int i) {
    String where = name + ", image " + source.id(i);
    Pixels image = framing.apply(source.pixels(i).withChannels(channels), where);
    if (image.width() != width || image.height() != height) {
      throw new InputException(
          where
              + ": expected "
              + width
              + " × "
              + height
              + " pixels, found "
              + image.width()
              + " × "
              + image.height());
    }
    return image.bytes();
  }

  @Override
  public int label(int i) {
    return source.label(i);
  }

  @Override
  public List<String> classNames() {
    return source.classNames();
  }

  @Override
  public String stimulusId(int i) {
    return source.id(i);
  }

  @Override
  public String category() {
    return category;
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public String toString() {
    return name + ": " + size() + " images, " + height + "×" + width + "×" + channels;
  }
}
