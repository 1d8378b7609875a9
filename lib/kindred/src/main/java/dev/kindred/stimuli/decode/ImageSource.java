package dev.kindred.stimuli.decode;

import java.util.List;

/** Labelled images in files, decoded when they are asked for. Safe for several threads. */
public interface ImageSource {
  /** Number of images. */
  int size();

  /** Decodes image {@code i}. */
  Pixels pixels(int i);

  /** Width, height and channels of image {@code i}, without decoding it where that is possible. */
  int[] shape(int i);

  /** Class of image {@code i}, or -1. */
  int label(int i);

  /** Name of image {@code i} within the data set. */
  String id(int i);

  /** Names of the classes. */
  List<String> classNames();
}
