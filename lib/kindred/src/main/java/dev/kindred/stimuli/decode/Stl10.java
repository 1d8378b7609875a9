package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import dev.kindred.base.array.Bytes;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The binary files of STL-10: images of 3 × 96 × 96 bytes, channel after channel, each column by
 * column; labels of one byte, from 1 (https://cs.stanford.edu/~acoates/stl10/).
 */
final class Stl10 {
  private Stl10() {}

  static ImageSource read(
      DataFile images,
      Optional<DataFile> labelFile,
      StridedImages.Layout layout,
      List<String> classNames) {
    Bytes bytes = images.bytes();
    if (bytes.size() == 0
        || bytes.size() % layout.bytes() != 0
        || bytes.size() / layout.bytes() > Integer.MAX_VALUE) {
      throw new InputException(
          images.where()
              + ": expected images of "
              + layout.bytes()
              + " bytes, found "
              + bytes.size()
              + " bytes in all");
    }
    int[] labels = new int[(int) (bytes.size() / layout.bytes())];
    Arrays.fill(labels, -1);
    if (labelFile.isPresent()) {
      DataFile file = labelFile.get();
      Bytes stored = file.bytes();
      if (stored.size() != labels.length) {
        throw new InputException(
            file.where()
                + ": there are "
                + labels.length
                + " images, but "
                + stored.size()
                + " labels");
      }
      byte[] values = stored.copy(file.where(), 0, labels.length);
      for (int i = 0; i < labels.length; i++) {
        labels[i] = (values[i] & 0xff) - 1;
        if (labels[i] < 0) {
          throw new InputException(
              file.where() + ": image " + i + " has label 0, expected 1 or more");
        }
      }
    }
    return new StridedImages(
        images.where(),
        bytes,
        0,
        layout.bytes(),
        layout,
        labels,
        images.id(),
        Labels.namesOr(classNames, labels));
  }
}
