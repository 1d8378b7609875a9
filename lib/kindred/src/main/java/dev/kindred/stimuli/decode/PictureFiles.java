package dev.kindred.stimuli.decode;

import dev.kindred.base.InputException;
import java.util.List;

/** Images that are one file each. */
public final class PictureFiles implements ImageSource {
  private final List<Entry> files;
  private final List<String> ids;
  private final int[] labels;
  private final List<String> classNames;

  /**
   * @param files the images' files
   * @param ids their names within the data set
   * @param labels their classes
   * @param classNames names of the classes
   */
  public PictureFiles(List<Entry> files, List<String> ids, int[] labels, List<String> classNames) {
    this.files = List.copyOf(files);
    this.ids = List.copyOf(ids);
    this.labels = labels.clone();
    this.classNames = List.copyOf(classNames);
    for (int i = 0; i < labels.length; i++) {
      if (labels[i] < -1 || labels[i] >= this.classNames.size()) {
        throw new InputException(
            files.get(i).where()
                + ": has label "
                + labels[i]
                + ", expected 0 to "
                + (this.classNames.size() - 1));
      }
    }
  }

  /** Whether a path is that of an image; fails on images in formats that are not read. */
  public static boolean isImage(Entry entry) {
    if (PictureFile.isForeignPicture(entry.path())) {
      throw new InputException(
          entry.where() + ": expected PNG, JPEG, PGM or PPM images, found another format");
    }
    return PictureFile.isPicture(entry.path());
  }

  @Override
  public int size() {
    return labels.length;
  }

  @Override
  public Pixels pixels(int i) {
    Entry file = files.get(i);
    return PictureFile.decode(file.readSmall(Limits.IMAGE_BYTES), file.where());
  }

  @Override
  public int[] shape(int i) {
    Entry file = files.get(i);
    return PictureFile.shape(file.readSmall(Limits.IMAGE_BYTES), file.where());
  }

  @Override
  public int label(int i) {
    return labels[i];
  }

  @Override
  public String id(int i) {
    return ids.get(i);
  }

  @Override
  public List<String> classNames() {
    return classNames;
  }
}
