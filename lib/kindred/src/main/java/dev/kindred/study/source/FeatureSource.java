package dev.kindred.study.source;

import dev.kindred.representation.Representation;
import dev.kindred.study.models.DataSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.Table;

/** Models and their responses to data sets: a zoo of networks, or features on disk. */
public interface FeatureSource {
  /** Control: every model of the study before it was trained. */
  String UNTRAINED = "untrained";

  /** Control: models that were trained on random labels. */
  String RANDOM_LABELS = "random labels";

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

  /**
   * Other models beside those of the study, on the same data sets, by what they are: what would be
   * found without learning. Empty where there are none.
   */
  default Map<String, FeatureSource> controls() {
    return Map.of();
  }

  /** The images behind the responses, where there are any. */
  default Map<DataSet, LabelledImages> images() {
    return Map.of();
  }
}
