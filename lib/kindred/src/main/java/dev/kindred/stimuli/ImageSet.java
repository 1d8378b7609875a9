package dev.kindred.stimuli;

import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import java.awt.image.BufferedImage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A named, immutable set of images of one size: the stimuli. Every image has a label (its class)
 * and an id that no other image of the set has.
 *
 * <p>Implementations may decode images when they are asked for; all are safe for several threads.
 */
public interface ImageSet {
  /** Label of an image whose class is not known. */
  int NO_LABEL = -1;

  /** Name of the data set and, where there are several, its split. */
  String name();

  /** Number of images. */
  int size();

  /** Width of every image in pixels. */
  int width();

  /** Height of every image in pixels. */
  int height();

  /** Number of channels: 1 (grey) or 3 (red, green, blue). */
  int channels();

  /**
   * A copy of image {@code i} as height × width × channels unsigned bytes, row by row; the value of
   * row y, column x, channel c is at {@code (y·width + x)·channels + c}.
   */
  byte[] pixels(int i);

  /** Class of image {@code i}, an index into {@link #classNames()}, or {@link #NO_LABEL}. */
  int label(int i);

  /** Names of the classes; may hold classes of which the set has no image. */
  List<String> classNames();

  /** Name of the class of image {@code i}; empty where it has no label. */
  default String className(int i) {
    return label(i) == NO_LABEL ? "" : classNames().get(label(i));
  }

  /** Name of image {@code i} within the data set, such as {@code test_batch.bin#17}. */
  String stimulusId(int i);

  /**
   * Kind of the data set as paper 1 groups them, such as {@code natural (multi-domain)}, or "" if
   * unknown.
   */
  String category();

  /** Where the images come from. */
  Provenance provenance();

  /** A sentence about image {@code i}, where the set has captions. */
  default Optional<String> caption(int i) {
    return Optional.empty();
  }

  /** The labels of all images, in order. */
  default int[] labels() {
    int[] labels = new int[size()];
    Arrays.setAll(labels, this::label);
    return labels;
  }

  /** The ids of all images, in order. */
  default List<String> stimulusIds() {
    List<String> ids = new ArrayList<>(size());
    for (int i = 0; i < size(); i++) {
      ids.add(stimulusId(i));
    }
    return ids;
  }

  /** The given images in the given order, as a view; an image may be taken twice. */
  default ImageSet select(int[] images) {
    return new SelectedImages(this, images);
  }

  /**
   * The same set with all images decoded in memory, for work that reads them again and again; size
   * × width × height × channels bytes. Fails if that is more than two thirds of the heap.
   */
  default ImageSet inMemory(Progress progress) {
    return ImagesInMemory.copyOf(this, progress);
  }

  /**
   * The same set in memory with all images brought to one form, such as that which a network takes:
   * the shorter side is resized, the middle square cut out; grey becomes RGB by repetition.
   *
   * @param side width and height in pixels
   * @param channels 1 (grey) or 3 (red, green, blue)
   */
  default ImageSet inMemory(int side, int channels, Progress progress) {
    return ImagesInMemory.framed(this, side, channels, progress);
  }

  /** As {@link #inMemory(int, int, Progress)}, with the usual progress bar. */
  default ImageSet inMemory(int side, int channels) {
    return inMemory(side, channels, Progress.standard());
  }

  /** The first images, at most {@code count}. */
  default ImageSet first(int count) {
    return select(IntStream.range(0, Math.min(count, size())).toArray());
  }

  /**
   * The same images in memory, each captioned by a sentence that names its class. It stands in for
   * real captions, and tells a text encoder no more than the labels do.
   */
  default ImageSet captionedByClass() {
    return ImagesInMemory.copyOf(this, Progress.NONE).captionedByClass();
  }

  /** Image {@code i} as a picture, grey or RGB. */
  default BufferedImage image(int i) {
    return Pictures.toPicture(pixels(i), width(), height(), channels());
  }

  /** A builder for a set that is held in memory. */
  static ImageSetBuilder builder(String name, int width, int height, int channels) {
    return new ImageSetBuilder(name, width, height, channels);
  }
}
