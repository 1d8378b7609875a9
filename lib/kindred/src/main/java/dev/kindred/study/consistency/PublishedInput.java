package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.measure.Measures;
import dev.kindred.representation.SimilarityCollection;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.Table;

/** The similarity matrices that the authors published, with the attributes of their Table 2. */
final class PublishedInput implements ConsistencyInput {
  /** Names of the metrics in the authors' folder for the measures of their figures. */
  private static final Map<String, String> METRICS =
      Map.of(
          specification("cka[rows=unit]"), "cka_kernel_linear_unbiased",
          specification("cka[kernel=rbf,sigma=0.2,rows=unit]"), rbf("0.2"),
          specification("cka[kernel=rbf,sigma=0.4,rows=unit]"), rbf("0.4"),
          specification("cka[kernel=rbf,sigma=0.6,rows=unit]"), rbf("0.6"),
          specification("cka[kernel=rbf,sigma=0.8,rows=unit]"), rbf("0.8"),
          specification("rsa"), "rsa_method_correlation_corr_method_spearman",
          specification("rsa[compare=pearson]"), "rsa_method_correlation_corr_method_pearson");

  private final SimilarityCollection collection;
  private final List<String> folders;
  private final List<DataSet> dataSets;
  private final ModelTable models;

  private PublishedInput(
      SimilarityCollection collection,
      List<String> folders,
      List<DataSet> dataSets,
      ModelTable models) {
    this.collection = collection;
    this.folders = folders;
    this.dataSets = dataSets;
    this.models = models;
  }

  static PublishedInput open(Path folder, Optional<Path> models, List<String> wanted) {
    SimilarityCollection collection = SimilarityCollection.open(folder);
    List<String> folders = DataSet.choose(collection.dataSets(), wanted, folder.toString());
    List<DataSet> dataSets = folders.stream().map(PublishedResults::dataSet).toList();
    List<String> there = collection.matrix(folders.get(0), collection.metrics().get(0)).rows();
    ModelTable table =
        models.map(ModelTable::read).orElseGet(PublishedResults::modelsWithConfiguration);
    return new PublishedInput(collection, folders, dataSets, rows(table, there));
  }

  /** Rows of a table for the models that the matrices have, whatever their spelling. */
  private static ModelTable rows(ModelTable table, List<String> there) {
    Map<String, String> spelling = new HashMap<>();
    table.models().forEach(model -> spelling.put(plain(model), model));
    List<String> known = new ArrayList<>();
    for (String model : there) {
      String name = spelling.get(plain(model));
      if (name == null) {
        throw new InputException(
            "published matrices: the table of models has no row for "
                + model
                + "; expected a table with all "
                + there.size()
                + " models");
      }
      known.add(name);
    }
    return table.select(known).renamed(there);
  }

  private static String plain(String name) {
    return name.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]", "");
  }

  private static String specification(String text) {
    return Measures.parse(text).info().specification();
  }

  private static String rbf(String sigma) {
    return "cka_kernel_rbf_unbiased_sigma_" + sigma;
  }

  @Override
  public Table models() {
    return models.table();
  }

  @Override
  public ModelTable modelTable() {
    return models;
  }

  @Override
  public List<DataSet> dataSetList() {
    return dataSets;
  }

  /**
   * The published matrix of a measure; a name of the authors' metric works as well as a
   * specification.
   */
  @Override
  public SimilaritySet similarities(String measure) {
    String metric =
        collection.metrics().contains(measure) ? measure : METRICS.get(specification(measure));
    if (metric == null || !collection.metrics().contains(metric)) {
      throw new InputException(
          measure
              + ": not among the published metrics; there are "
              + String.join(", ", collection.metrics()));
    }
    List<LabelledMatrix> matrices =
        folders.stream().map(folder -> collection.matrix(folder, metric)).toList();
    return new SimilaritySet(dataSets, matrices);
  }
}
