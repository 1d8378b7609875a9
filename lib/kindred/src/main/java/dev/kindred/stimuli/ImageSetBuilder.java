package dev.kindred.stimuli;

import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Collects an {@link ImageSet} in memory. Not safe for several threads. */
public final class ImageSetBuilder {
  private final String name;
  private final int width;
  private final int height;
  private final int channels;
  private final List<byte[]> pixels = new ArrayList<>();
  private final List<Integer> labels = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private final List<String> captions = new ArrayList<>();
  private final Set<String> seen = new HashSet<>();
  private List<String> classNames = List.of();
  private String category = "";

  ImageSetBuilder(String name, int width, int height, int channels) {
    this.name = Objects.requireNonNull(name);
    if (width < 1 || height < 1 || (channels != 1 && channels != 3)) {
      throw new InputException(
          name
              + ": expected images of at least 1×1 pixels and 1 or 3 channels, found "
              + width
              + "×"
              + height
              + " with "
              + channels);
    }
    this.width = width;
    this.height = height;
    this.channels = channels;
  }

  /** Names of the classes, in the order of the labels. */
  public ImageSetBuilder classNames(List<String> names) {
    classNames = List.copyOf(names);
    return this;
  }

  /** Kind of the data set, as paper 1 groups them. */
  public ImageSetBuilder category(String newCategory) {
    category = Objects.requireNonNull(newCategory);
    return this;
  }

  /**
   * Adds an image; the bytes are taken over, not copied.
   *
   * @param image height × width × channels unsigned bytes
   * @param label index of its class, or {@link ImageSet#NO_LABEL}
   * @param stimulusId its name, unique in the set
   */
  public ImageSetBuilder add(byte[] image, int label, String stimulusId) {
    return add(image, label, stimulusId, null);
  }

  /** Adds an image with a sentence about it, or null for none. */
  public ImageSetBuilder add(byte[] image, int label, String stimulusId, String caption) {
    int expected = Math.multiplyExact(Math.multiplyExact(width, height), channels);
    if (image.length != expected) {
      throw new InputException(
          name
              + ": expected "
              + height
              + "×"
              + width
              + "×"
              + channels
              + " = "
              + expected
              + " bytes for image "
              + stimulusId
              + ", found "
              + image.length);
    }
    if (!seen.add(stimulusId)) {
      throw new InputException(name + ": two images have the id " + stimulusId);
    }
    pixels.add(image);
    labels.add(label);
    ids.add(stimulusId);
    captions.add(caption);
    return this;
  }

  /** The set of the images added so far. */
  public ImageSet build(Provenance provenance) {
    for (int i = 0; i < labels.size(); i++) {
      int label = labels.get(i);
      if (label != ImageSet.NO_LABEL && (label < 0 || label >= classNames.size())) {
        throw new InputException(
            name
                + ": image "
                + ids.get(i)
                + " has label "
                + label
                + ", but there are "
                + classNames.size()
                + " classes");
      }
    }
    return new ImagesInMemory(
        name,
        width,
        height,
        channels,
        List.copyOf(pixels),
        labels.stream().mapToInt(Integer::intValue).toArray(),
        List.copyOf(ids),
        new ArrayList<>(captions),
        classNames,
        category,
        provenance);
  }
}
