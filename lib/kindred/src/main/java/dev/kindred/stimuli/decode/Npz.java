package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import dev.kindred.base.array.Bytes;
import dev.kindred.base.array.ElementType;
import dev.kindred.base.array.Npy;
import dev.kindred.base.array.NumericArray;
import java.nio.DoubleBuffer;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Images and labels as arrays of an .npz file: images n × height × width (× 1 or 3) of unsigned
 * bytes in C order, labels n (× 1) of integers.
 */
final class Npz {
  private static final Set<ElementType> INTEGERS =
      EnumSet.range(ElementType.INT8, ElementType.UINT64);

  private Npz() {}

  static ImageSource read(DataFile images, DataFile labelFile, List<String> classNames) {
    Bytes file = images.bytes();
    NumericArray pixels = Npy.array(images.where(), file);
    long[] shape = pixels.shape();
    if (pixels.type() != ElementType.UINT8 || shape.length < 3 || shape.length > 4) {
      throw new InputException(
          images.where()
              + ": expected images n × height × width (× channels) of uint8, found "
              + Arrays.toString(shape)
              + " of "
              + pixels.type());
    }
    long channels = shape.length == 4 ? shape[3] : 1;
    if (channels != 1 && channels != 3) {
      throw new InputException(images.where() + ": expected 1 or 3 channels, found " + channels);
    }
    Limits.requireDimensions(shape[2], shape[1], images.where());
    int[] labels = labels(labelFile);
    if (labels.length != shape[0]) {
      throw new InputException(
          labelFile.where()
              + ": there are "
              + shape[0]
              + " images, but "
              + labels.length
              + " labels");
    }
    StridedImages.Layout layout =
        StridedImages.Layout.interleaved((int) shape[2], (int) shape[1], (int) channels);
    return new StridedImages(
        images.where(),
        Npy.inOrder(images.where(), file),
        0,
        layout.bytes(),
        layout,
        labels,
        images.id(),
        Labels.namesOr(classNames, labels));
  }

  private static int[] labels(DataFile file) {
    NumericArray stored = Npy.array(file.where(), file.bytes());
    long[] shape = stored.shape();
    boolean column = shape.length == 1 || shape.length == 2 && shape[1] == 1;
    if (!column || !INTEGERS.contains(stored.type()) || shape[0] > Integer.MAX_VALUE - 8) {
      throw new InputException(
          file.where()
              + ": expected one integer an image, found "
              + Arrays.toString(shape)
              + " of "
              + stored.type());
    }
    double[] values = new double[(int) shape[0]];
    stored.read(0, DoubleBuffer.wrap(values));
    int[] labels = new int[values.length];
    for (int i = 0; i < labels.length; i++) {
      if (values[i] < -1 || values[i] > 10_000_000) {
        throw new InputException(
            file.where() + ": image " + i + " has the impossible label " + values[i]);
      }
      labels[i] = (int) values[i];
    }
    return labels;
  }
}
