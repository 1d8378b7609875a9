package dev.kindred.stimuli.decode;

import dev.kindred.base.array.Bytes;
import java.util.List;

/**
 * Images of one size that lie as equal records of plain bytes: value (y, x, c) of image i is at
 * {@code start + i·record + y·rowStride + x·columnStride + c·channelStride}.
 */
final class StridedImages implements ImageSource {

  /** How the bytes of one image lie. */
  record Layout(
      int width, int height, int channels, int rowStride, int columnStride, int channelStride) {

    /** Channel after channel, each row by row (CIFAR). */
    static Layout planes(int width, int height, int channels) {
      return new Layout(width, height, channels, width, 1, width * height);
    }

    /** Channel after channel, each column by column (STL-10, arrays of MATLAB). */
    static Layout columnPlanes(int width, int height, int channels) {
      return new Layout(width, height, channels, 1, height, width * height);
    }

    /** Row by row, the channels of a pixel together. */
    static Layout interleaved(int width, int height, int channels) {
      return new Layout(width, height, channels, width * channels, channels, 1);
    }

    int bytes() {
      return Math.multiplyExact(Math.multiplyExact(width, height), channels);
    }
  }

  private final String where;
  private final Bytes bytes;
  private final long start;
  private final int record;
  private final Layout layout;
  private final int[] labels;
  private final String idPrefix;
  private final List<String> classNames;

  /**
   * @param where name of the file, for messages
   * @param bytes the records
   * @param start place of the first image's first byte
   * @param record bytes from one image to the next
   * @param layout how an image lies
   * @param labels class of every image
   * @param idPrefix what the ids start with, before {@code #} and the image's number
   * @param classNames names of the classes
   */
  StridedImages(
      String where,
      Bytes bytes,
      long start,
      int record,
      Layout layout,
      int[] labels,
      String idPrefix,
      List<String> classNames) {
    this.where = where;
    this.bytes = bytes;
    this.start = start;
    this.record = record;
    this.layout = layout;
    this.labels = labels;
    this.idPrefix = idPrefix;
    this.classNames = List.copyOf(classNames);
    Labels.requireWithin(labels, this.classNames.size(), where);
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public Pixels pixels(int i) {
    byte[] stored = bytes.copy(where + ": image " + i, start + (long) i * record, layout.bytes());
    int width = layout.width();
    int height = layout.height();
    int channels = layout.channels();
    byte[] pixels = new byte[stored.length];
    int to = 0;
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int from = y * layout.rowStride() + x * layout.columnStride();
        for (int c = 0; c < channels; c++) {
          pixels[to++] = stored[from + c * layout.channelStride()];
        }
      }
    }
    return new Pixels(pixels, width, height, channels);
  }

  @Override
  public int[] shape(int i) {
    return new int[] {layout.width(), layout.height(), layout.channels()};
  }

  @Override
  public int label(int i) {
    return labels[i];
  }

  @Override
  public String id(int i) {
    return idPrefix + "#" + java.util.Objects.checkIndex(i, labels.length);
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }
}
