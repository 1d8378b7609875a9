package dev.kindred.measure;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.representation.Representation;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

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

  /** As {@link #matrix(Measure, List)}, the measure by its choice. */
  public static LabelledMatrix matrix(
      MeasureChoice<?> measure, List<Representation> representations) {
    return matrix(measure.measure(), representations);
  }

  /** As {@link #matrix(Measure, List, List)}, the measure by its choice. */
  public static LabelledMatrix matrix(
      MeasureChoice<?> measure, List<Representation> rows, List<Representation> columns) {
    return matrix(measure.measure(), rows, columns);
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
   * @param measures choices, the rows of the result
   * @param left one side of each pair
   * @param right the other side, as many; their names are the columns of the result
   */
  public static LabelledMatrix ofPairs(
      List<? extends MeasureChoice<?>> measures,
      List<Representation> left,
      List<Representation> right) {
    if (left.size() != right.size()) {
      throw new InputException(
          "expected as many representations on both sides, found "
              + left.size()
              + " and "
              + right.size());
    }
    double[][] values = new double[measures.size()][left.size()];
    for (int i = 0; i < values.length; i++) {
      Measure measure = measures.get(i).measure();
      for (int j = 0; j < left.size(); j++) {
        values[i][j] = measure.compare(left.get(j), right.get(j));
      }
    }
    return new LabelledMatrix(
        "similarity",
        measures.stream().map(MeasureChoice::toString).toList(),
        right.stream().map(Representation::id).toList(),
        values,
        Provenance.of("pairs under measures"));
  }

  /**
   * Every layer of one network with the layer of another that is nearest in relative depth; the
   * mean where two are equally near.
   *
   * @param one layers of the first network, from the input to the output
   * @param two layers of the second
   * @return a value for each layer of the first
   */
  public static double[] byDepth(
      MeasureChoice<?> measure, List<Representation> one, List<Representation> two) {
    Measure chosen = measure.measure();
    return IntStream.range(0, one.size())
        .mapToDouble(
            layer ->
                Arrays.stream(RelativeDepth.nearest(layer, one.size(), two.size()))
                    .mapToDouble(other -> chosen.compare(one.get(layer), two.get(other)))
                    .average()
                    .orElseThrow())
        .toArray();
  }

  /** One representation against several, under several measures. */
  public static LabelledMatrix ofOne(
      List<? extends MeasureChoice<?>> measures, Representation one, List<Representation> others) {
    return ofPairs(measures, Collections.nCopies(others.size(), one), others);
  }
}
