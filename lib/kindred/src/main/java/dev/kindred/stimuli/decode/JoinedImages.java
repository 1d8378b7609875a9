package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import java.util.List;
import java.util.Objects;

/** The images of several files, one after the other. */
public final class JoinedImages implements ImageSource {
  private final List<ImageSource> parts;
  private final int[] ends;

  /** Joins sources that have the same classes. */
  public static ImageSource of(List<ImageSource> parts) {
    return parts.size() == 1 ? parts.get(0) : new JoinedImages(parts);
  }

  private JoinedImages(List<ImageSource> parts) {
    this.parts = List.copyOf(parts);
    this.ends = new int[parts.size()];
    long total = 0;
    for (int k = 0; k < ends.length; k++) {
      if (!parts.get(k).classNames().equals(parts.get(0).classNames())) {
        throw new InputException("the files of one split have different classes");
      }
      total += parts.get(k).size();
      if (total > Integer.MAX_VALUE) {
        throw new InputException("more than " + Integer.MAX_VALUE + " images in one split");
      }
      ends[k] = (int) total;
    }
  }

  private int part(int i) {
    Objects.checkIndex(i, size());
    int k = 0;
    while (i >= ends[k]) {
      k++;
    }
    return k;
  }

  private int within(int i, int part) {
    return part == 0 ? i : i - ends[part - 1];
  }

  @Override
  public int size() {
    return ends[ends.length - 1];
  }

  @Override
  public Pixels pixels(int i) {
    int part = part(i);
    return parts.get(part).pixels(within(i, part));
  }

  @Override
  public int[] shape(int i) {
    int part = part(i);
    return parts.get(part).shape(within(i, part));
  }

  @Override
  public int label(int i) {
    int part = part(i);
    return parts.get(part).label(within(i, part));
  }

  @Override
  public String id(int i) {
    int part = part(i);
    return parts.get(part).id(within(i, part));
  }

  @Override
  public List<String> classNames() {
    return parts.get(0).classNames();
  }
}
