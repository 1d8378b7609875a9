package dev.kindred.stimuli;

import dev.kindred.base.InputException;
import dev.kindred.stimuli.decode.Entry;
import dev.kindred.stimuli.decode.ImageSource;
import dev.kindred.stimuli.decode.PictureFiles;
import dev.kindred.stimuli.files.ImageLayout;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Images that are files in folders: which belong to a split, and which class each has. The images
 * are ordered by path, the classes by name, as torchvision's {@code ImageFolder} orders them.
 */
final class ImageFolder {
  private final String where;
  private final ImageLayout layout;
  private List<Image> images = new ArrayList<>();
  private final int inAll;
  private boolean labelledByTable;

  private static final class Image {
    final Entry entry;
    final String id;
    final int number;
    String classId;
    int label = ImageSet.NO_LABEL;

    Image(Entry entry, String id, int number) {
      this.entry = entry;
      this.id = id;
      this.number = number;
    }
  }

  /**
   * Names of classes.
   *
   * @param inOrder by label, or empty
   * @param byId by class id, or empty
   */
  record ClassNames(List<String> inOrder, Map<String, String> byId) {}

  /**
   * @param parts the files of every part of the split, sorted by path; those that are no images are
   *     passed over
   */
  ImageFolder(String where, ImageLayout layout, Map<String, List<Entry>> parts) {
    this.where = where;
    this.layout = layout;
    parts.forEach(
        (part, entries) -> {
          for (Entry entry : entries) {
            if (PictureFiles.isImage(entry)) {
              String id = parts.size() == 1 ? entry.path() : part + "/" + entry.path();
              images.add(new Image(entry, id, images.size() + 1));
            }
          }
        });
    inAll = images.size();
  }

  /** Keeps the images with the given numbers, which count from 1 in the order of the paths. */
  void chooseNumbers(double[] numbers, String list) {
    TreeSet<Integer> chosen = new TreeSet<>();
    for (double number : numbers) {
      if (number != Math.rint(number) || number < 1 || number > inAll) {
        throw new InputException(
            list + ": expected numbers of images, 1 to " + inAll + ", found " + number);
      }
      chosen.add((int) number);
    }
    images = images.stream().filter(image -> chosen.contains(image.number)).toList();
  }

  /** Keeps the images whose paths end with a line of the list. */
  void choosePaths(List<String> lines, String list) {
    Map<String, Image> byPath = byEndOfPath(lines);
    List<Image> chosen = new ArrayList<>();
    for (String line : new TreeSet<>(lines)) {
      Image image = byPath.get(line);
      if (image == null) {
        throw new InputException(list + ": lists " + line + ", which is not among the images");
      }
      chosen.add(image);
    }
    chosen.sort((a, b) -> Integer.compare(a.number, b.number));
    images = chosen;
  }

  /** Images by the ends of their paths, with as many folders as the names have. */
  private Map<String, Image> byEndOfPath(List<String> names) {
    TreeSet<Integer> depths = new TreeSet<>();
    for (String name : names) {
      depths.add((int) name.chars().filter(c -> c == '/').count());
    }
    Map<String, Image> byEnd = new HashMap<>();
    for (Image image : images) {
      String path = image.entry.path();
      for (int depth : depths) {
        int from = path.length();
        for (int k = 0; k <= depth && from >= 0; k++) {
          from = path.lastIndexOf('/', from - 1);
        }
        byEnd.put(path.substring(from + 1), image);
      }
    }
    return byEnd;
  }

  /** Labels from a list with one number an image of the whole archive, from 1. */
  void labelByNumber(double[] numbers, String list) {
    if (numbers.length != inAll) {
      throw new InputException(
          list + ": there are " + inAll + " images, but " + numbers.length + " labels");
    }
    for (Image image : images) {
      double label = numbers[image.number - 1];
      if (label != Math.rint(label) || label < 1 || label > Short.MAX_VALUE) {
        throw new InputException(
            list + ": image " + image.number + " has label " + label + ", expected 1 or more");
      }
      image.label = (int) label - 1;
    }
  }

  /** Labels from a table with a column of file names and one of classes. */
  void labelByTable(List<String> lines, ImageLayout.Annotations table, String list) {
    labelledByTable = true;
    String separator = Pattern.quote(table.separator());
    boolean header = !table.image().matches("[0-9]+");
    if (lines.isEmpty()) {
      throw new InputException(list + ": is empty");
    }
    List<String> columns = List.of(lines.get(0).split(separator, -1));
    int imageColumn = column(table.image(), columns, list);
    int labelColumn = column(table.label(), columns, list);
    Map<String, String> classes = new HashMap<>();
    for (int row = header ? 1 : 0; row < lines.size(); row++) {
      String[] cells = lines.get(row).split(separator, -1);
      if (cells.length <= Math.max(imageColumn, labelColumn)) {
        throw new InputException(
            list
                + ": line "
                + (row + 1)
                + ": expected "
                + columns.size()
                + " columns, found "
                + cells.length);
      }
      classes.put(cells[imageColumn].trim(), cells[labelColumn].trim());
    }
    for (Image image : images) {
      String path = image.entry.path();
      String classId = classes.get(path.substring(path.lastIndexOf('/') + 1));
      if (classId == null) {
        classId = classes.get(path);
      }
      if (classId == null) {
        throw new InputException(image.entry.where() + ": has no line in " + list);
      }
      image.classId = classId;
    }
  }

  private static int column(String name, List<String> columns, String list) {
    int column = name.matches("[0-9]{1,4}") ? Integer.parseInt(name) : columns.indexOf(name);
    if (column < 0 || column >= columns.size()) {
      throw new InputException(
          list + ": expected a column " + name + ", found " + String.join(", ", columns));
    }
    return column;
  }

  /**
   * The labelled images.
   *
   * @param givenIds the classes' ids in the order of the labels, or none for those that occur
   */
  ImageSource build(List<String> givenIds, ClassNames names) {
    boolean byNumber = images.stream().anyMatch(image -> image.label != ImageSet.NO_LABEL);
    List<String> ids = givenIds;
    if (!byNumber && !labelledByTable) {
      readClassesFromPaths();
    }
    if (!byNumber) {
      if (ids.isEmpty()) {
        ids = classIdsThatOccur(names);
      }
      Map<String, Integer> labels = new HashMap<>();
      for (String id : ids) {
        labels.put(id, labels.size());
      }
      for (Image image : images) {
        image.label = label(image, labels, ids.size());
      }
    }
    return new PictureFiles(
        images.stream().map(image -> image.entry).toList(),
        images.stream().map(image -> image.id).toList(),
        images.stream().mapToInt(image -> image.label).toArray(),
        classNames(ids, names));
  }

  /** Class ids are what stands in paths or tables, unless a table numbers the given names. */
  private List<String> classIdsThatOccur(ClassNames names) {
    TreeSet<String> occur = new TreeSet<>();
    images.forEach(image -> occur.add(image.classId));
    boolean numbers = labelledByTable && occur.stream().allMatch(id -> id.matches("[0-9]{1,6}"));
    if (numbers && !names.inOrder().isEmpty()) {
      List<String> all = new ArrayList<>();
      for (int i = 0; i < names.inOrder().size(); i++) {
        all.add(String.valueOf(i));
      }
      return all;
    }
    if (!names.inOrder().isEmpty() && names.inOrder().size() != occur.size()) {
      throw new InputException(
          where
              + ": there are "
              + names.inOrder().size()
              + " names of classes, but images of "
              + occur.size()
              + " classes");
    }
    return List.copyOf(occur);
  }

  private int label(Image image, Map<String, Integer> labels, int classes) {
    Integer label = labels.get(image.classId);
    if (label != null) {
      return label;
    }
    if (labelledByTable && image.classId.matches("[0-9]{1,6}")) {
      int number = Integer.parseInt(image.classId);
      if (number < classes) {
        return number;
      }
    }
    throw new InputException(
        image.entry.where()
            + ": has the class "
            + image.classId
            + ", which is not among the "
            + classes
            + " classes");
  }

  private void readClassesFromPaths() {
    Pattern pattern = null;
    if (layout.classPattern().isPresent()) {
      try {
        pattern = Pattern.compile(layout.classPattern().get());
      } catch (PatternSyntaxException e) {
        throw new InputException(
            where + ": classPattern is no regular expression: " + e.getDescription(), e);
      }
    }
    for (Image image : images) {
      image.classId =
          pattern == null
              ? folders(image.entry, Math.max(1, layout.classDepth()))
              : match(pattern, image.entry);
    }
  }

  private static String match(Pattern pattern, Entry entry) {
    Matcher matcher = pattern.matcher(entry.path());
    if (!matcher.find() || matcher.groupCount() < 1 || matcher.group(1) == null) {
      throw new InputException(
          entry.where() + ": expected a path that matches " + pattern + ", whose group is a class");
    }
    return matcher.group(1);
  }

  private static String folders(Entry entry, int depth) {
    String[] steps = entry.path().split("/");
    if (steps.length <= depth) {
      throw new InputException(
          entry.where()
              + ": expected the image in "
              + depth
              + (depth == 1 ? " folder" : " folders")
              + " that name its class");
    }
    return String.join(
        "/", Arrays.asList(steps).subList(steps.length - 1 - depth, steps.length - 1));
  }

  private List<String> classNames(List<String> ids, ClassNames names) {
    if (!names.byId().isEmpty()) {
      return ids.stream().map(id -> names.byId().getOrDefault(id, id)).toList();
    }
    if (!names.inOrder().isEmpty()) {
      return names.inOrder();
    }
    if (!ids.isEmpty()) {
      return ids;
    }
    int classes = images.stream().mapToInt(image -> image.label + 1).max().orElse(0);
    List<String> numbers = new ArrayList<>();
    for (int i = 1; i <= classes; i++) {
      numbers.add(String.valueOf(i));
    }
    return numbers;
  }
}
