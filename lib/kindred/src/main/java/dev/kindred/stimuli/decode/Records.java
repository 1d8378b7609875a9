package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The formats that hold many images in one file. */
public final class Records {
  private Records() {}

  /**
   * CIFAR's binary records.
   *
   * @param labelBytes label bytes before the pixels of a record
   * @param labelIndex which of them is the class
   */
  public static ImageSource cifar(
      DataFile file,
      int width,
      int height,
      int channels,
      int labelBytes,
      int labelIndex,
      List<String> classNames) {
    return CifarBinary.read(
        file.where(),
        file.id(),
        file.bytes(),
        StridedImages.Layout.planes(width, height, channels),
        labelBytes,
        labelIndex,
        classNames);
  }

  /** IDX files, images and labels in any order, each file of images followed by its labels. */
  public static ImageSource idx(List<DataFile> files, List<String> classNames) {
    List<Idx> images = new ArrayList<>();
    List<DataFile> imageFiles = new ArrayList<>();
    List<Idx> labels = new ArrayList<>();
    for (DataFile file : files) {
      Idx idx = Idx.open(file.where(), file.bytes());
      if (idx.isLabels()) {
        labels.add(idx);
      } else {
        images.add(idx);
        imageFiles.add(file);
      }
    }
    if (images.isEmpty() || (!labels.isEmpty() && labels.size() != images.size())) {
      throw new InputException(
          files.get(0).where()
              + ": expected a file of labels for every file of images, found "
              + labels.size()
              + " for "
              + images.size());
    }
    List<ImageSource> parts = new ArrayList<>();
    for (int k = 0; k < images.size(); k++) {
      parts.add(
          images
              .get(k)
              .images(
                  imageFiles.get(k).id(),
                  labels.isEmpty() ? null : labels.get(k).labels(),
                  classNames));
    }
    return JoinedImages.of(parts);
  }

  /** STL-10's binary images and their labels, if any. */
  public static ImageSource stl10(
      DataFile images,
      Optional<DataFile> labels,
      int width,
      int height,
      int channels,
      List<String> classNames) {
    return Stl10.read(
        images, labels, StridedImages.Layout.columnPlanes(width, height, channels), classNames);
  }

  /** SVHN's cropped digits. */
  public static ImageSource svhn(DataFile file, List<String> classNames) {
    return SvhnMat.read(file, classNames);
  }

  /** Two arrays of an .npz file. */
  public static ImageSource npz(DataFile images, DataFile labels, List<String> classNames) {
    return Npz.read(images, labels, classNames);
  }
}
