package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Images and labels as arrays of an .npz file: images n × height × width (× 1 or 3) of unsigned
 * bytes, labels n (× 1) of integers. Of the .npy format this reads C order and the integer types
 * that such files have.
 */
final class Npz {
  private static final byte[] MAGIC = {(byte) 0x93, 'N', 'U', 'M', 'P', 'Y'};
  private static final int HEADER_BYTES = 1 << 16;
  private static final Pattern DESCR = Pattern.compile("'descr'\\s*:\\s*'([^']*)'");
  private static final Pattern ORDER = Pattern.compile("'fortran_order'\\s*:\\s*(True|False)");
  private static final Pattern SHAPE = Pattern.compile("'shape'\\s*:\\s*\\(([0-9, ]*)\\)");

  private Npz() {}

  static ImageSource read(DataFile images, DataFile labelFile, List<String> classNames) {
    Npy pixels = Npy.open(images);
    List<Integer> shape = pixels.shape;
    if (!pixels.type.equals("|u1") || shape.size() < 3 || shape.size() > 4) {
      throw new InputException(
          images.where()
              + ": expected images n × height × width (× channels) of uint8, found "
              + shape
              + " of "
              + pixels.type);
    }
    int channels = shape.size() == 4 ? shape.get(3) : 1;
    if (channels != 1 && channels != 3) {
      throw new InputException(images.where() + ": expected 1 or 3 channels, found " + channels);
    }
    Limits.requireDimensions(shape.get(2), shape.get(1), images.where());
    int[] labels = labels(labelFile);
    if (labels.length != shape.get(0)) {
      throw new InputException(
          labelFile.where()
              + ": there are "
              + shape.get(0)
              + " images, but "
              + labels.length
              + " labels");
    }
    StridedImages.Layout layout =
        StridedImages.Layout.interleaved(shape.get(2), shape.get(1), channels);
    return new StridedImages(
        images.where(),
        pixels.bytes,
        pixels.start,
        layout.bytes(),
        layout,
        labels,
        images.id(),
        Labels.namesOr(classNames, labels));
  }

  private static int[] labels(DataFile file) {
    Npy stored = Npy.open(file);
    boolean column =
        stored.shape.size() == 1 || (stored.shape.size() == 2 && stored.shape.get(1) == 1);
    Matcher type = Pattern.compile("([<>|])([ui])([1248])").matcher(stored.type);
    if (!column || !type.matches()) {
      throw new InputException(
          file.where()
              + ": expected one integer an image, found "
              + stored.shape
              + " of "
              + stored.type);
    }
    int width = Integer.parseInt(type.group(3));
    boolean signed = type.group(2).equals("i");
    int[] labels = new int[stored.shape.get(0)];
    try {
      ByteBuffer values =
          ByteBuffer.wrap(stored.bytes.copy(stored.start, Math.multiplyExact(labels.length, width)))
              .order(type.group(1).equals(">") ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN);
      for (int i = 0; i < labels.length; i++) {
        long value =
            switch (width) {
              case 1 -> signed ? values.get() : values.get() & 0xff;
              case 2 -> signed ? values.getShort() : values.getShort() & 0xffff;
              case 4 -> signed ? values.getInt() : values.getInt() & 0xffffffffL;
              default -> values.getLong();
            };
        if (value < -1 || value > 10_000_000) {
          throw new InputException(
              file.where() + ": image " + i + " has the impossible label " + value);
        }
        labels[i] = (int) value;
      }
    } catch (IOException | ArithmeticException e) {
      throw new InputException(file.where() + ": cannot be read: " + e.getMessage(), e);
    }
    return labels;
  }

  private record Npy(SeekableBytes bytes, long start, String type, List<Integer> shape) {
    static Npy open(DataFile file) {
      SeekableBytes bytes = file.bytes();
      try {
        byte[] head = bytes.copy(0, 12);
        if (!Arrays.equals(head, 0, 6, MAGIC, 0, 6) || head[6] < 1 || head[6] > 3) {
          throw new InputException(file.where() + ": expected a .npy array");
        }
        ByteBuffer sizes = ByteBuffer.wrap(head).order(ByteOrder.LITTLE_ENDIAN);
        int prefix = head[6] == 1 ? 10 : 12;
        long length = head[6] == 1 ? sizes.getShort(8) & 0xffff : sizes.getInt(8) & 0xffffffffL;
        if (length > HEADER_BYTES) {
          throw new InputException(file.where() + ": its header claims " + length + " bytes");
        }
        String header = new String(bytes.copy(prefix, (int) length), StandardCharsets.ISO_8859_1);
        Matcher descr = DESCR.matcher(header);
        Matcher order = ORDER.matcher(header);
        Matcher shape = SHAPE.matcher(header);
        if (!descr.find() || !order.find() || !shape.find()) {
          throw new InputException(
              file.where() + ": expected descr, fortran_order and shape in its header");
        }
        if (order.group(1).equals("True")) {
          throw new InputException(file.where() + ": expected C order, found Fortran order");
        }
        List<Integer> sizesFound = new ArrayList<>();
        for (String size : shape.group(1).split(",")) {
          if (!size.isBlank()) {
            sizesFound.add(Integer.parseInt(size.trim()));
          }
        }
        if (sizesFound.isEmpty()) {
          throw new InputException(file.where() + ": expected an array, found a single number");
        }
        long expected = Integer.parseInt(descr.group(1).replaceAll("[^0-9]", ""));
        for (int size : sizesFound) {
          expected = Math.multiplyExact(expected, size);
        }
        if (bytes.size() - prefix - length != expected) {
          throw new InputException(
              file.where()
                  + ": its shape "
                  + sizesFound
                  + " of "
                  + descr.group(1)
                  + " needs "
                  + expected
                  + " bytes, found "
                  + (bytes.size() - prefix - length));
        }
        return new Npy(bytes, prefix + length, descr.group(1), List.copyOf(sizesFound));
      } catch (IOException | NumberFormatException | ArithmeticException e) {
        throw new InputException(file.where() + ": expected a .npy array: " + e.getMessage(), e);
      }
    }
  }
}
