package dev.kindred.study.models;

import dev.kindred.base.InputException;
import dev.kindred.stimuli.DataSets;
import java.util.ArrayList;
import java.util.List;

/**
 * A data set on which models were compared.
 *
 * @param name its name
 * @param category its kind of images, such as {@code natural (multi-domain)}
 */
public record DataSet(String name, String category) {
  /** The named ones, or all if no name is given. */
  public static List<String> choose(List<String> there, List<String> wanted, String where) {
    if (wanted.isEmpty()) {
      return there;
    }
    for (String name : wanted) {
      if (!there.contains(name)) {
        throw new InputException(
            where + ": no data set is named " + name + "; there are " + String.join(", ", there));
      }
    }
    return wanted;
  }

  /**
   * Fails unless a study can be made on the data sets.
   *
   * @param own what the study calls images that it draws, beside data sets of manifests
   * @throws InputException with the names that there are
   */
  public static void require(List<String> wanted, List<String> own, String study) {
    List<String> there = new ArrayList<>(own);
    there.addAll(DataSets.described());
    choose(there, wanted, "study " + study);
  }
}
