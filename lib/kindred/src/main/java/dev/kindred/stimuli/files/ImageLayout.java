package dev.kindred.stimuli.files;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the files of a data set become labelled images: the object {@code kindred:images} of a
 * manifest.
 *
 * @param decoder name of the decoder: {@code cifar-binary}, {@code idx}, {@code image-folder},
 *     {@code svhn-mat}, {@code stl10-binary} or {@code npz}
 * @param width width of every image, or 0 if they differ or it is not stated
 * @param height height of every image, or 0
 * @param channels 1 or 3, or 0 if not stated
 * @param resize length that the shorter side is resized to by default, or 0 for no resizing
 * @param crop side of the centre square that is cut out by default, or 0 for none
 * @param labels names of the label bytes of a record, in order ({@code cifar-binary})
 * @param label which of {@code labels} is the class
 * @param classDepth number of folders above a file that make its class ({@code image-folder})
 * @param classPattern regular expression over the path whose first group is the class, instead of
 *     {@code classDepth}
 * @param splits the files of every split, by its name
 * @param classIds ids of the classes in the order of the labels: what {@code image-folder} compares
 *     with folder names
 * @param classNames names of the classes in the order of the labels
 * @param category kind of the data set as paper 1 groups them
 */
public record ImageLayout(
    String decoder,
    int width,
    int height,
    int channels,
    int resize,
    int crop,
    List<String> labels,
    Optional<String> label,
    int classDepth,
    Optional<String> classPattern,
    Map<String, Split> splits,
    Names classIds,
    Names classNames,
    String category) {

  /**
   * Names that stand in the manifest or in a file of the data set.
   *
   * @param given the names, or none
   * @param file id of a text file with one name a line, or {@code id TAB name} lines
   */
  public record Names(List<String> given, Optional<String> file) {
    public boolean isEmpty() {
      return given.isEmpty() && file.isEmpty();
    }
  }

  /**
   * The images of one split.
   *
   * @param files ids of the {@link FileObject}s or {@link FileSet}s that hold them
   * @param chosen which of these images belong to the split; all if absent
   * @param annotations where the labels stand, if not in the images' paths or records
   */
  public record Split(
      List<String> files, Optional<Reference> chosen, Optional<Annotations> annotations) {}

  /**
   * A list in a file: the lines of a text file (paths of images, matched at the end of the path in
   * the archive) or a variable of a .mat file (numbers of images in the order of their paths, from
   * 1).
   */
  public record Reference(String file, Optional<String> variable) {}

  /**
   * Labels in a file: a table with a column of image names and one of classes, or a variable of a
   * .mat file with one number an image, from 1.
   *
   * @param file id of the file
   * @param variable name of the variable of a .mat file
   * @param separator between the columns of a table
   * @param image name or number (from 0) of the column with the image's file name
   * @param label name or number of the column with the class: its id, or its number from 0
   */
  public record Annotations(
      String file, Optional<String> variable, String separator, String image, String label) {}
}
