package dev.kindred.study.consistency;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.study.Claim;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Data in which every model and every data set comes from one population, whatever its labels say,
 * and in which pairs are dependent because they share models:
 *
 * <p>s_d(i, j) = c(i, j) + a(i) + a(j) − κ|u(i) − u(j)| + ν_d √(h(i) h(j)) (e_d(i, j) + b_d(i) +
 * b_d(j)), all terms random, and accuracy u(i) plus noise. The constants make the mean R and the
 * agreement with the other measure 0.5, and the correlation of similarity and gap −0.5, so that
 * these thresholds are met exactly.
 */
final class Exchangeable {
  private static final double NOISE = 0.128;
  private static final double POSITION = 0.43;
  private static final double ACCURACY = 0.05;

  final ModelTable models;
  final SimilaritySet similarities;
  final SimilaritySet other;
  final PerformanceGap gaps;
  final Map<Integer, Map<String, LabelledMatrix>> bySize;

  Exchangeable(int modelCount, int dataSetCount, long seed) {
    this(Planted.models(modelCount), Planted.dataSets(dataSetCount), false, seed);
  }

  /**
   * The same with one level of noise ν for all data sets, so that not even a single data set
   * differs from another: where levels differ, some data set has the weakest relation in truth.
   */
  static Exchangeable withEqualDataSets(int modelCount, int dataSetCount, long seed) {
    return new Exchangeable(Planted.models(modelCount), Planted.dataSets(dataSetCount), true, seed);
  }

  private Exchangeable(ModelTable models, List<DataSet> dataSets, boolean equal, long seed) {
    Seeds seeds = new Seeds(seed);
    this.models = models;
    int count = models.models().size();
    double[] position = new double[count];
    SplittableRandom random = seeds.stream("positions");
    for (int i = 0; i < count; i++) {
      position[i] = random.nextDouble();
    }
    double[][][] own = draw(count, dataSets.size(), position, equal, seeds.stream("similarities"));
    double[][][] unrelated =
        draw(count, dataSets.size(), position(seeds, count), equal, seeds.stream("other"));
    double[][][] mixed = new double[own.length][count][count];
    for (int d = 0; d < own.length; d++) {
      for (int i = 0; i < count; i++) {
        for (int j = 0; j < count; j++) {
          mixed[d][i][j] = 0.5 * own[d][i][j] + Math.sqrt(0.75) * unrelated[d][i][j];
        }
      }
    }
    this.similarities = set(models, dataSets, own);
    this.other = set(models, dataSets, mixed);
    Map<String, double[]> accuracies = new HashMap<>();
    SplittableRandom noise = seeds.stream("accuracies");
    for (DataSet dataSet : dataSets) {
      double[] values = new double[count];
      for (int i = 0; i < count; i++) {
        values[i] = position[i] + ACCURACY * noise.nextGaussian();
      }
      accuracies.put(dataSet.name(), values);
    }
    this.gaps = new PerformanceGap(similarities, accuracies);
    this.bySize = bySize(similarities.matrix(0), seeds.stream("samples"));
  }

  private static double[] position(Seeds seeds, int count) {
    SplittableRandom random = seeds.stream("other positions");
    double[] position = new double[count];
    for (int i = 0; i < count; i++) {
      position[i] = random.nextDouble();
    }
    return position;
  }

  List<Claim> decide(int replicates) {
    return ConsistencyClaims.decide(
        similarities,
        models,
        Map.of("other", other),
        Optional.of(gaps),
        bySize,
        replicates,
        new Seeds(7));
  }

  /** Changes by 0.02 in the mean from ten images a class to twenty, those of a model together. */
  private static Map<Integer, Map<String, LabelledMatrix>> bySize(
      LabelledMatrix matrix, SplittableRandom random) {
    int count = matrix.rows().size();
    Map<String, LabelledMatrix> before = new HashMap<>();
    Map<String, LabelledMatrix> after = new HashMap<>();
    for (String variant : List.of("RBF 0.2", "linear")) {
      double[] scale = new double[count];
      double[][] values = matrix.values();
      for (int i = 0; i < count; i++) {
        scale[i] = Math.exp(0.3 * random.nextGaussian() - 0.045);
        for (int j = 0; j < i; j++) {
          double change = 0.02 * Math.sqrt(Math.PI / 2) * random.nextGaussian();
          values[i][j] += scale[i] * scale[j] * change;
          values[j][i] = values[i][j];
        }
      }
      before.put(variant, matrix);
      after.put(
          variant,
          new LabelledMatrix(
              variant, matrix.rows(), matrix.rows(), values, Provenance.of("changed")));
    }
    return Map.of(10, before, 20, after);
  }

  private static double[][][] draw(
      int count, int dataSets, double[] position, boolean equal, SplittableRandom random) {
    double[][] common = new double[count][count];
    double[] effect = gaussians(count, 0.05, random);
    double[] scale = new double[count];
    for (int i = 0; i < count; i++) {
      scale[i] = Math.exp(0.3 * random.nextGaussian());
      for (int j = 0; j < i; j++) {
        common[i][j] =
            0.5
                + 0.05 * random.nextGaussian()
                + effect[i]
                + effect[j]
                - POSITION * Math.abs(position[i] - position[j]);
      }
    }
    double[][][] values = new double[dataSets][count][count];
    for (double[][] matrix : values) {
      double level = NOISE * Math.exp((equal ? 0 : 0.3) * random.nextGaussian());
      double[] shift = gaussians(count, 0.5, random);
      for (int i = 0; i < count; i++) {
        matrix[i][i] = 1;
        for (int j = 0; j < i; j++) {
          matrix[i][j] =
              common[i][j]
                  + level
                      * Math.sqrt(scale[i] * scale[j])
                      * (0.7 * random.nextGaussian() + shift[i] + shift[j]);
          matrix[j][i] = matrix[i][j];
        }
      }
    }
    return values;
  }

  private static double[] gaussians(int count, double deviation, SplittableRandom random) {
    double[] values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = deviation * random.nextGaussian();
    }
    return values;
  }

  private static SimilaritySet set(ModelTable models, List<DataSet> dataSets, double[][][] values) {
    List<LabelledMatrix> matrices = new ArrayList<>();
    for (int d = 0; d < values.length; d++) {
      matrices.add(
          new LabelledMatrix(
              dataSets.get(d).name(),
              models.models(),
              models.models(),
              values[d],
              Provenance.of("exchangeable")));
    }
    return new SimilaritySet(dataSets, matrices);
  }
}
