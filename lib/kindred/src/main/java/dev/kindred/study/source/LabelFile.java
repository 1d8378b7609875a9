package dev.kindred.study.source;

import dev.kindred.base.CsvLines;
import dev.kindred.base.InputException;
import dev.kindred.base.array.ArrayFile;
import dev.kindred.base.array.NumericArray;
import dev.kindred.representation.Representation;
import java.nio.DoubleBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.apache.commons.csv.CSVRecord;

/**
 * The classes of stimuli, {@code labels.npy} or {@code labels.csv} beside their features: one whole
 * number from 0 on, or one text, for each stimulus.
 *
 * <p>A text file has one label a line, in the order of the features' rows; the first line may say
 * {@code label}. With a second column {@code id}, labels belong to the stimuli of these ids,
 * whatever their order.
 */
final class LabelFile {
  /** Of fewer stimuli a class, none would be left to choose a probe's settings by. */
  private static final int LEAST_OF_A_CLASS = 5;

  private static final String LABEL = "label";
  private static final String ID = "id";

  /** Also as NumPy writes numbers as text: {@code 3.000000000000000000e+00}. */
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?\\d+(\\.\\d*)?([eE][-+]?\\d+)?|[nN]a[nN]");

  private LabelFile() {}

  /**
   * The classes as numbers from 0 on, in the order of the labels.
   *
   * @param x responses to the stimuli, which tell their number and ids
   */
  static int[] read(Path file, Representation x) {
    boolean text = file.getFileName().toString().endsWith(".csv");
    List<String> labels = text ? csv(file, x) : npy(file);
    if (labels.size() != x.stimuli()) {
      throw new InputException(
          file
              + ": expected a label for each of "
              + x.stimuli()
              + " stimuli, found "
              + labels.size());
    }
    int[] classes = classes(labels);
    long count = labels.stream().distinct().count();
    if (count < 2 || labels.size() < LEAST_OF_A_CLASS * count) {
      throw new InputException(
          file
              + ": expected two classes or more, of "
              + LEAST_OF_A_CLASS
              + " stimuli each on average, found "
              + count
              + " of "
              + labels.size());
    }
    return classes;
  }

  /** Numbers in their order, texts in theirs. */
  private static int[] classes(List<String> labels) {
    boolean numbers = labels.stream().allMatch(label -> label.matches("\\d{1,9}"));
    Map<Object, Integer> places = new TreeMap<>();
    labels.forEach(label -> places.put(numbers ? (Object) Integer.valueOf(label) : label, 0));
    int next = 0;
    for (Map.Entry<Object, Integer> place : places.entrySet()) {
      place.setValue(next++);
    }
    return labels.stream()
        .mapToInt(label -> places.get(numbers ? (Object) Integer.valueOf(label) : label))
        .toArray();
  }

  private static List<String> npy(Path file) {
    try (ArrayFile open = ArrayFile.open(file)) {
      Optional<List<String>> texts = open.texts("");
      if (texts.isPresent()) {
        return requireAll(file, texts.get());
      }
      NumericArray array = open.array();
      if (array.size() > Integer.MAX_VALUE || array.shape().length > 1 && array.shape()[1] != 1) {
        throw new InputException(
            file
                + ": expected one label for each stimulus, found "
                + open.entries().get(0).description());
      }
      double[] values = new double[(int) array.size()];
      array.read(0, DoubleBuffer.wrap(values));
      List<String> labels = new ArrayList<>();
      for (double value : values) {
        labels.add(whole(file, labels.size() + 1, value));
      }
      return labels;
    }
  }

  private static String whole(Path file, int place, double value) {
    if (!(value >= 0 && value < 1e9 && value == Math.rint(value))) {
      throw new InputException(
          file + ", label " + place + ": expected a whole number from 0 on, found " + value);
    }
    return String.valueOf((int) value);
  }

  private static List<String> csv(Path file, Representation x) {
    List<CSVRecord> lines = CsvLines.read(file, "a label a line");
    List<String> header =
        lines.get(0).stream().map(cell -> cell.toLowerCase(java.util.Locale.ROOT)).toList();
    boolean headed = header.contains(LABEL);
    int columns = header.size();
    if (columns > 1 && !(headed && columns == 2 && header.contains(ID))) {
      throw new InputException(
          file
              + ": expected one column of labels, or two that are named id and label, found "
              + String.join(", ", lines.get(0)));
    }
    List<String> labels = new ArrayList<>();
    List<String> ids = new ArrayList<>();
    for (CSVRecord line : lines.subList(headed ? 1 : 0, lines.size())) {
      CsvLines.requireWidth(file, line, columns);
      labels.add(line.get(headed ? header.indexOf(LABEL) : 0));
      if (columns == 2) {
        ids.add(line.get(header.indexOf(ID)));
      }
    }
    requireAll(file, labels);
    if (labels.stream().allMatch(NUMBER.asMatchPredicate())) {
      for (int i = 0; i < labels.size(); i++) {
        String label = labels.get(i).equalsIgnoreCase("nan") ? "NaN" : labels.get(i);
        labels.set(i, whole(file, i + 1, Double.parseDouble(label)));
      }
    }
    return columns == 2 ? byId(file, ids, labels, x) : labels;
  }

  private static List<String> byId(
      Path file, List<String> ids, List<String> labels, Representation x) {
    List<String> stimuli =
        x.stimulusIds()
            .orElseThrow(
                () ->
                    new InputException(
                        file + ": has ids, but the features of " + x.id() + " have none"));
    Map<String, String> byId = new HashMap<>();
    for (int i = 0; i < ids.size(); i++) {
      if (byId.put(ids.get(i), labels.get(i)) != null) {
        throw new InputException(file + ": id " + ids.get(i) + " is there twice");
      }
    }
    List<String> ordered = new ArrayList<>();
    for (String id : stimuli) {
      if (!byId.containsKey(id)) {
        throw new InputException(file + ": there is no label of stimulus " + id);
      }
      ordered.add(byId.get(id));
    }
    return ordered;
  }

  private static List<String> requireAll(Path file, List<String> labels) {
    int empty = labels.indexOf("");
    if (empty >= 0) {
      throw new InputException(file + ": label " + (empty + 1) + " is empty");
    }
    return labels;
  }
}
