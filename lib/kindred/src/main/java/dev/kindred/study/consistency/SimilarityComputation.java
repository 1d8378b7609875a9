package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Progress;
import dev.kindred.base.Store;
import dev.kindred.measure.AllPairs;
import dev.kindred.measure.Measure;
import dev.kindred.representation.Representation;
import dev.kindred.study.models.DataSet;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * Similarities of models on several data sets, kept in a store by the measure and the numbers
 * compared, so that a change of one parameter computes only what depends on it.
 */
public final class SimilarityComputation {
  private final Store store;
  private final Progress progress;

  public SimilarityComputation(Store store, Progress progress) {
    this.store = store;
    this.progress = progress;
  }

  /**
   * Compares all models on every data set, one data set after the other.
   *
   * @param dataSets the data sets
   * @param features gives the representations of a data set: the same models, in the same order
   * @param measure a symmetric measure
   */
  public SimilaritySet compute(
      List<DataSet> dataSets, Function<DataSet, List<Representation>> features, Measure measure) {
    requireSymmetric(measure);
    List<LabelledMatrix> matrices = new ArrayList<>();
    try (Progress.Task task =
        progress.begin(measure.info().specification() + " on data sets", dataSets.size())) {
      for (DataSet dataSet : dataSets) {
        task.note(dataSet.name());
        matrices.add(matrix(features.apply(dataSet), measure));
        task.advance(1);
      }
    }
    return new SimilaritySet(dataSets, matrices);
  }

  /**
   * @throws InputException if the order of two models matters to the measure
   */
  public static void requireSymmetric(Measure measure) {
    if (!measure.info().symmetric()) {
      throw new InputException(
          measure.info().specification()
              + " is not symmetric; consistency is defined over unordered pairs of models");
    }
  }

  /** The model × model matrix of one data set. */
  public LabelledMatrix matrix(List<Representation> models, Measure measure) {
    return new AllPairs(measure).progress(Progress.NONE).store(store).matrix(models);
  }
}
