package dev.kindred.study.behaviour;

import dev.kindred.base.CsvLines;
import dev.kindred.base.InputException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVRecord;

/**
 * One file of trials, a .csv with the columns {@code subj, object_response, category, condition,
 * imagename} and any others, such as {@code session, trial, rt}; capital letters in their names do
 * not matter.
 */
final class TrialFile {
  /** The sixteen categories between which people and networks choose. */
  static final Set<String> CATEGORIES =
      Set.of(
          "airplane",
          "bear",
          "bicycle",
          "bird",
          "boat",
          "bottle",
          "car",
          "cat",
          "chair",
          "clock",
          "dog",
          "elephant",
          "keyboard",
          "knife",
          "oven",
          "truck");

  private static final String NO_RESPONSE = "na";

  private static final List<String> COLUMNS =
      List.of("subj", "object_response", "category", "condition", "imagename");

  /** Trial, set, who saw it, condition, category and count stand before an image's own name. */
  private static final int PREFIXES = 6;

  private TrialFile() {}

  /**
   * An answer.
   *
   * @param maker who gave it
   * @param category of the image
   * @param condition as the file has it
   * @param image its own name, the same for all who saw it
   * @param right whether the answer is the category; no response is not
   */
  record Trial(String maker, String category, String condition, String image, boolean right) {}

  /**
   * All answers of a file.
   *
   * @throws InputException if it is none of trials
   */
  static List<Trial> read(Path file) {
    List<CSVRecord> lines = CsvLines.read(file, "trials");
    List<String> header = lines.get(0).stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    if (!header.containsAll(COLUMNS)) {
      throw new InputException(
          file
              + ": expected columns "
              + String.join(", ", COLUMNS)
              + ", found "
              + String.join(", ", lines.get(0)));
    }
    if (lines.size() == 1) {
      throw new InputException(file + ": expected trials below the names, found none");
    }
    List<Trial> trials = new ArrayList<>();
    for (CSVRecord line : lines.subList(1, lines.size())) {
      CsvLines.requireWidth(file, line, header.size());
      String category = line.get(header.indexOf("category"));
      String response = line.get(header.indexOf("object_response"));
      requireCategory(category, CsvLines.at(file, line) + ", category", false);
      requireCategory(response, CsvLines.at(file, line) + ", object_response", true);
      trials.add(
          new Trial(
              line.get(header.indexOf("subj")),
              category,
              line.get(header.indexOf("condition")),
              image(line.get(header.indexOf("imagename"))),
              response.equals(category)));
    }
    return trials;
  }

  private static void requireCategory(String name, String where, boolean response) {
    if (!CATEGORIES.contains(name) && !(response && name.equalsIgnoreCase(NO_RESPONSE))) {
      throw new InputException(
          where
              + ": expected one of "
              + CATEGORIES.stream().sorted().collect(Collectors.joining(", "))
              + (response ? " or " + NO_RESPONSE : "")
              + ", found "
              + (name.isEmpty() ? "nothing" : name));
    }
  }

  /** What is left of {@code 0001_cl_s01_cr_oven_40_n04111531_14126.png} for all who saw it. */
  private static String image(String name) {
    String[] parts = name.split("_", PREFIXES + 1);
    return parts.length > PREFIXES ? parts[PREFIXES] : name;
  }
}
