package dev.kindred.study.consistency;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

/**
 * Similarities with known truth: s_d(i, j) = level(i, j) + common(i, j) + noise(i, j, d)·e_d(i, j),
 * with levels and noise chosen by the test.
 */
final class Planted {
  private static final String[] OBJECTIVES = {"Img-Txt", "SSL", "Sup"};
  private static final String[] DATA = {"IN1k", "IN21k", "Large", "XLarge"};
  private static final String[] ARCHITECTURES = {"CNN", "TX"};
  private static final String[] SIZES = {"small", "medium", "large"};

  private Planted() {}

  /** A quantity of a pair of models (by their attribute values) on a data set. */
  interface Of {
    double value(Map<String, String> first, Map<String, String> second, DataSet dataSet);
  }

  /**
   * Models whose attributes are crossed, so that no attribute is confounded with another; beside
   * them a random position in [0, 1).
   */
  static ModelTable models(int count) {
    List<String> names = new ArrayList<>();
    Map<String, List<String>> attributes = new LinkedHashMap<>();
    for (String name : List.of("objective", "training data", "architecture", "size")) {
      attributes.put(name, new ArrayList<>());
    }
    attributes.put("position", new ArrayList<>());
    SplittableRandom random = new Seeds(2).stream("positions");
    for (int i = 0; i < count; i++) {
      names.add("m" + i);
      attributes.get("position").add(String.valueOf(random.nextDouble()));
      attributes.get("objective").add(OBJECTIVES[i % 3]);
      attributes.get("training data").add(DATA[i / 3 % 4]);
      attributes.get("architecture").add(ARCHITECTURES[i / 12 % 2]);
      attributes.get("size").add(SIZES[(i / 24 + i / 3) % 3]);
    }
    return new ModelTable(names, attributes);
  }

  /** The first of the paper's data sets, taken from its categories in turn. */
  static List<DataSet> dataSets(int count) {
    Map<String, List<DataSet>> categories = new LinkedHashMap<>();
    for (DataSet dataSet : PublishedResults.dataSets()) {
      categories.computeIfAbsent(dataSet.category(), c -> new ArrayList<>()).add(dataSet);
    }
    List<DataSet> taken = new ArrayList<>();
    for (int rank = 0; taken.size() < count; rank++) {
      for (List<DataSet> category : categories.values()) {
        if (rank < category.size() && taken.size() < count) {
          taken.add(category.get(rank));
        }
      }
    }
    return taken;
  }

  static SimilaritySet similarities(
      ModelTable models, List<DataSet> dataSets, Of level, Of noise, long seed) {
    Seeds seeds = new Seeds(seed);
    int count = models.models().size();
    SplittableRandom random = seeds.stream("common");
    double[][] common = new double[count][count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < i; j++) {
        common[i][j] = 0.1 * gaussian(random);
      }
    }
    List<LabelledMatrix> matrices = new ArrayList<>();
    for (DataSet dataSet : dataSets) {
      SplittableRandom stream = seeds.stream(dataSet.name());
      double[][] values = new double[count][count];
      for (int i = 0; i < count; i++) {
        values[i][i] = 1;
        for (int j = 0; j < i; j++) {
          Map<String, String> a = attributes(models, i);
          Map<String, String> b = attributes(models, j);
          values[i][j] =
              level.value(a, b, dataSet)
                  + common[i][j]
                  + 0.1 * noise.value(a, b, dataSet) * gaussian(stream);
          values[j][i] = values[i][j];
        }
      }
      matrices.add(
          new LabelledMatrix(
              dataSet.name(),
              models.models(),
              models.models(),
              values,
              Provenance.of("planted", Map.of("seed", seed))));
    }
    return new SimilaritySet(dataSets, matrices);
  }

  private static Map<String, String> attributes(ModelTable models, int model) {
    Map<String, String> values = new LinkedHashMap<>();
    models.attributes().forEach((name, column) -> values.put(name, column.get(model)));
    return values;
  }

  static double gaussian(SplittableRandom random) {
    return random.nextGaussian();
  }
}
