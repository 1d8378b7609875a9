package dev.kindred.measure;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.representation.Representation;
import java.util.List;

/**
 * Similarities in one line: every pair of some representations, or pairs under several measures.
 */
public final class Similarities {
  private Similarities() {}

  /** Every representation with every one of the same list; see {@link AllPairs}. */
  public static LabelledMatrix matrix(Measure measure, List<Representation> representations) {
    return new AllPairs(measure).matrix(representations);
  }

  /** Every representation of one list with every one of another. */
  public static LabelledMatrix matrix(
      Measure measure, List<Representation> rows, List<Representation> columns) {
    return new AllPairs(measure).matrix(rows, columns);
  }

  /** As {@link #matrix(Measure, List)}, the measure by its specification. */
  public static LabelledMatrix matrix(String measure, List<Representation> representations) {
    return matrix(Measures.parse(measure), representations);
  }

  /** As {@link #matrix(Measure, List, List)}, the measure by its specification. */
  public static LabelledMatrix matrix(
      String measure, List<Representation> rows, List<Representation> columns) {
    return matrix(Measures.parse(measure), rows, columns);
  }

  /**
   * Pairs under several measures.
   *
   * @param measures specifications, the rows of the result
   * @param left one side of each pair
   * @param right the other side, as many; their names are the columns of the result
   */
  public static LabelledMatrix ofPairs(
      List<String> measures, List<Representation> left, List<Representation> right) {
    if (left.size() != right.size()) {
      throw new dev.kindred.base.InputException(
          "expected as many representations on both sides, found "
              + left.size()
              + " and "
              + right.size());
    }
    double[][] values = new double[measures.size()][left.size()];
    for (int i = 0; i < values.length; i++) {
      Measure measure = Measures.parse(measures.get(i));
      for (int j = 0; j < left.size(); j++) {
        values[i][j] = measure.compare(left.get(j), right.get(j));
      }
    }
    List<String> columns = right.stream().map(Representation::id).toList();
    return new LabelledMatrix(
        "similarity", measures, columns, values, Provenance.of("pairs under measures"));
  }
}
