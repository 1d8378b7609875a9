package dev.kindred.study.source;

import dev.kindred.representation.Representation;
import dev.kindred.study.models.DataSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.Table;

/** Models and their responses to data sets: a zoo of networks, or features on disk. */
public interface FeatureSource {
  /** The models, ids first, with whatever is known of them. */
  Table models();

  /** The data sets. */
  List<DataSet> dataSets();

  /** Responses of every model to the same stimuli, in the order of {@link #models()}. */
  List<Representation> features(DataSet dataSet);

  /** The class of every stimulus of {@link #features}; empty where it is not known. */
  Optional<int[]> labels(DataSet dataSet);

  /**
   * What a linear probe of a model is trained on and judged by; empty where labels are not known.
   *
   * @param model place of the model among {@link #models()}
   */
  Optional<ProbeTask> probeTask(DataSet dataSet, int model);

  /** The images behind the responses, where there are any. */
  default Map<DataSet, LabelledImages> images() {
    return Map.of();
  }
}
