package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.PairSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/**
 * Similarities of the same models on several data sets: one symmetric model × model matrix for
 * each. Immutable.
 *
 * <p>Mean and standard deviation over data sets are those of the paper: the deviation is the
 * population's (divided by the number of data sets).
 */
public final class SimilaritySet {
  private final List<DataSet> dataSets;
  private final List<LabelledMatrix> matrices;
  private final double[][][] values;
  private final PairSet allPairs;
  private final PairSet comparedPairs;
  private final List<String> declarations;
  private final int[] declared;

  /** Of all pairs; made when first asked for. */
  private double[][] allVectors;

  /** Made when first asked for. */
  private Optional<PairMoments> moments;

  /**
   * @param dataSets the data sets
   * @param matrices one square matrix for each, all over the same models in the same order
   */
  public SimilaritySet(List<DataSet> dataSets, List<LabelledMatrix> matrices) {
    this(dataSets, matrices, null);
  }

  private SimilaritySet(
      List<DataSet> dataSets, List<LabelledMatrix> matrices, List<String> declarations) {
    this.dataSets = List.copyOf(dataSets);
    this.matrices = List.copyOf(matrices);
    if (dataSets.isEmpty() || dataSets.size() != matrices.size()) {
      throw new InputException(
          "expected one similarity matrix for each of at least one data set, found "
              + matrices.size()
              + " for "
              + dataSets.size());
    }
    List<String> models = matrices.get(0).rows();
    this.allPairs = PairSet.all(models.size());
    this.declarations = declarations == null ? models : List.copyOf(declarations);
    if (this.declarations.size() != models.size()) {
      throw new InputException(
          "expected a declaration for each of "
              + models.size()
              + " models, found "
              + this.declarations.size());
    }
    List<String> different = this.declarations.stream().distinct().toList();
    this.declared = this.declarations.stream().mapToInt(different::indexOf).toArray();
    this.comparedPairs = different.size() == models.size() ? allPairs : compared(allPairs);
    this.values = new double[matrices.size()][][];
    for (int d = 0; d < matrices.size(); d++) {
      LabelledMatrix matrix = matrices.get(d);
      if (!matrix.isSquare() || !matrix.rows().equals(models)) {
        throw new InputException(
            "similarities on "
                + dataSets.get(d).name()
                + ": expected the "
                + models.size()
                + " models of "
                + dataSets.get(0).name()
                + " in the same order, found "
                + difference(models, matrix.rows()));
      }
      values[d] = matrix.values();
      requireFinite(dataSets.get(d), matrix, values[d]);
    }
  }

  private static String difference(List<String> expected, List<String> found) {
    for (int i = 0; i < Math.min(expected.size(), found.size()); i++) {
      if (!expected.get(i).equals(found.get(i))) {
        return found.get(i) + " in place of " + expected.get(i);
      }
    }
    return found.size() + " models";
  }

  private static void requireFinite(DataSet dataSet, LabelledMatrix matrix, double[][] values) {
    for (int i = 0; i < values.length; i++) {
      for (int j = 0; j < values.length; j++) {
        if (i != j && !Double.isFinite(values[i][j])) {
          throw new InputException(
              "similarities on "
                  + dataSet.name()
                  + ": "
                  + values[i][j]
                  + " between "
                  + matrix.rows().get(i)
                  + " and "
                  + matrix.rows().get(j));
        }
      }
    }
  }

  public List<DataSet> dataSets() {
    return dataSets;
  }

  public List<String> models() {
    return matrices.get(0).rows();
  }

  /**
   * The same, where models of one declaration are copies, which differ in their random start alone.
   * They are alike on every data set, so that {@link Consistency} leaves pairs of them out, and a
   * bootstrap draws them together.
   *
   * @param of what every model was declared as, see {@link
   *     dev.kindred.study.models.ModelTable#declarations()}
   */
  public SimilaritySet declaredAs(List<String> of) {
    return new SimilaritySet(dataSets, matrices, of);
  }

  /** What every model was declared as; every model its own where nothing is known of copies. */
  List<String> declarations() {
    return declarations;
  }

  /** The model × model matrix of one data set. */
  public LabelledMatrix matrix(int dataSet) {
    return matrices.get(dataSet);
  }

  /** Every unordered pair of different models. */
  public PairSet allPairs() {
    return allPairs;
  }

  /** Every unordered pair of different models that are no copies: those that R is made of. */
  public PairSet comparedPairs() {
    return comparedPairs;
  }

  /** Those of some pairs whose models are no copies. */
  public PairSet compared(PairSet pairs) {
    return pairs.where(pairs.name(), (i, j) -> !areCopies(i, j));
  }

  /** Whether two models differ in their random start alone. */
  boolean areCopies(int first, int second) {
    return declared[first] == declared[second];
  }

  /** The similarity vector s(X, Θ, Φ) of every data set; not to be changed. */
  synchronized double[][] vectors(PairSet pairs) {
    if (pairs == allPairs && allVectors != null) {
      return allVectors;
    }
    double[][] vectors = new double[values.length][];
    Arrays.setAll(vectors, d -> pairs.values((i, j) -> values[d][i][j]));
    if (pairs == allPairs) {
      allVectors = vectors;
    }
    return vectors;
  }

  /** Moments over the pairs of declarations; empty where most models have no copies. */
  synchronized Optional<PairMoments> moments() {
    if (moments == null) {
      moments = PairMoments.of(this, declared);
    }
    return moments;
  }

  /** The similarity of two models on every data set. */
  double[] values(int first, int second) {
    return Arrays.stream(values).mapToDouble(matrix -> matrix[first][second]).toArray();
  }

  /** Mean over the data sets. */
  public LabelledMatrix mean() {
    int models = models().size();
    double[][] mean = new double[models][models];
    for (int i = 0; i < models; i++) {
      for (int j = 0; j < models; j++) {
        mean[i][j] = moment(i, j, 0, 1);
      }
    }
    return derived("mean over data sets", mean);
  }

  /** Population standard deviation over the data sets. */
  public LabelledMatrix standardDeviation() {
    int models = models().size();
    double[][] deviation = new double[models][models];
    for (int i = 0; i < models; i++) {
      for (int j = 0; j < models; j++) {
        deviation[i][j] = Math.sqrt(moment(i, j, moment(i, j, 0, 1), 2));
      }
    }
    return derived("standard deviation over data sets", deviation);
  }

  private double moment(int i, int j, double centre, int power) {
    double sum = 0;
    for (double[][] matrix : values) {
      sum += Math.pow(matrix[i][j] - centre, power);
    }
    return sum / values.length;
  }

  /** The same on some of the data sets, in their order. */
  public SimilaritySet on(Predicate<DataSet> taken) {
    int[] chosen =
        IntStream.range(0, dataSets.size()).filter(d -> taken.test(dataSets.get(d))).toArray();
    return new SimilaritySet(
        Arrays.stream(chosen).mapToObj(dataSets::get).toList(),
        Arrays.stream(chosen).mapToObj(matrices::get).toList(),
        declarations);
  }

  /** The same for some of the models, in the order given. */
  public SimilaritySet among(List<String> chosen) {
    int[] order = chosen.stream().mapToInt(models()::indexOf).toArray();
    return new SimilaritySet(
        dataSets,
        matrices.stream().map(matrix -> matrix.select(order, order)).toList(),
        Arrays.stream(order).mapToObj(declarations::get).toList());
  }

  /** The same with every similarity transformed, such as by arccos; the diagonal too. */
  public SimilaritySet map(String name, java.util.function.DoubleUnaryOperator transform) {
    List<LabelledMatrix> mapped = new ArrayList<>();
    for (LabelledMatrix matrix : matrices) {
      double[][] numbers = matrix.values();
      for (double[] row : numbers) {
        Arrays.setAll(row, j -> transform.applyAsDouble(row[j]));
      }
      mapped.add(
          new LabelledMatrix(
              name + " of " + matrix.title(),
              matrix.rows(),
              matrix.columns(),
              numbers,
              Provenance.of(name, matrix.provenance())));
    }
    return new SimilaritySet(dataSets, mapped, declarations);
  }

  private LabelledMatrix derived(String title, double[][] numbers) {
    Provenance[] inputs =
        matrices.stream().map(LabelledMatrix::provenance).toArray(Provenance[]::new);
    return new LabelledMatrix(title, models(), models(), numbers, Provenance.of(title, inputs));
  }
}
