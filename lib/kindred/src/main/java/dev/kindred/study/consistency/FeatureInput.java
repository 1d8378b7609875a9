package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.measure.Measures;
import dev.kindred.measure.Run;
import dev.kindred.measure.statistics.NullCalibration;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.Sampling;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.source.FeatureSource;
import dev.kindred.study.source.LabelledImages;
import dev.kindred.study.source.ProbeAccuracies;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Similarities and accuracies computed from models' responses: a zoo's, or features on disk. */
public final class FeatureInput implements ConsistencyInput {
  private static final int[] SIZES = {1, 5, 10, 20, 30, 40};
  private static final double[] WIDTHS = {0.2, 0.4, 0.6, 0.8};

  /** The variant that needs the most images. */
  static final String NARROWEST = "RBF 0.2";

  /** Share of what chance gives that is below the threshold of a calibrated value. */
  private static final double LEVEL = 0.95;

  /** The unbiased estimator needs four stimuli. */
  private static final int LEAST_STIMULI = 4;

  private final FeatureSource source;
  private final ProbeAccuracies probes;
  private final ModelTable modelTable;

  /**
   * @param source models and their responses
   * @param probes which linear probes, and where they are kept
   */
  FeatureInput(FeatureSource source, ProbeAccuracies probes) {
    this.source = source;
    this.probes = probes;
    this.modelTable = ModelTable.of(source.models());
    if (source.dataSets().size() < 2) {
      throw new InputException(
          "consistency needs at least two data sets, found "
              + source.dataSets().size()
              + "; give a folder of features of two or more, or name those to download in the"
              + " parameter data sets, or set KINDRED_MANIFESTS and KINDRED_MIRROR to folders that"
              + " have them");
    }
  }

  @Override
  public Table models() {
    return source.models();
  }

  @Override
  public ModelTable modelTable() {
    return modelTable;
  }

  @Override
  public List<DataSet> dataSetList() {
    return source.dataSets();
  }

  @Override
  public Map<DataSet, LabelledImages> images() {
    return source.images();
  }

  @Override
  public SimilaritySet similarities(String measure) {
    return computation(Progress.standard())
        .compute(dataSetList(), source::features, Measures.parse(measure))
        .declaredAs(modelTable.declarations());
  }

  @Override
  public Optional<SimilaritySet> control(String kind, String measure) {
    return Optional.ofNullable(source.controls().get(kind))
        .map(
            control ->
                computation(Progress.standard())
                    .compute(dataSetList(), control::features, Measures.parse(measure))
                    .declaredAs(ModelTable.of(control.models()).declarations()));
  }

  /** Kinds of controls → their models. */
  Map<String, Table> controls() {
    Map<String, Table> models = new LinkedHashMap<>();
    source.controls().forEach((kind, control) -> models.put(kind, control.models()));
    return models;
  }

  /** The similarities on one data set by each of some measures, by specification. */
  Map<String, LabelledMatrix> similarities(DataSet dataSet, List<String> measures) {
    return similarities(source, dataSet, measures);
  }

  /** The same of a control's models. */
  Map<String, LabelledMatrix> similarities(String kind, DataSet dataSet, List<String> measures) {
    return similarities(source.controls().get(kind), dataSet, measures);
  }

  private Map<String, LabelledMatrix> similarities(
      FeatureSource models, DataSet dataSet, List<String> measures) {
    List<Representation> features = models.features(dataSet);
    Map<String, LabelledMatrix> matrices = new LinkedHashMap<>();
    for (String measure : measures) {
      matrices.put(measure, computation(Progress.NONE).matrix(features, Measures.parse(measure)));
    }
    return matrices;
  }

  /** The similarities on some of the images of a data set, drawn by class where it has labels. */
  LabelledMatrix onImages(DataSet dataSet, String measure, int images, Seeds seeds) {
    List<Representation> features = source.features(dataSet);
    int[] labels = source.labels(dataSet).orElse(new int[features.get(0).stimuli()]);
    int[] drawn = Sampling.stratified(labels, images, seeds);
    return computation(Progress.NONE)
        .matrix(features.stream().map(x -> x.select(drawn)).toList(), Measures.parse(measure));
  }

  @Override
  public int images(DataSet dataSet) {
    LabelledImages images = images().get(dataSet);
    return images == null ? source.features(dataSet).get(0).stimuli() : images.train().size();
  }

  /**
   * The number of images that probes are judged on; empty where they are not images of their own.
   */
  Optional<Integer> testImages(DataSet dataSet) {
    return Optional.ofNullable(images().get(dataSet)).map(images -> images.test().size());
  }

  @Override
  public int classes(DataSet dataSet) {
    return (int)
        source.labels(dataSet).stream()
            .flatMapToInt(Arrays::stream)
            .filter(label -> label >= 0)
            .distinct()
            .count();
  }

  /** Whether a model was trained on the data set. */
  boolean isTrainedOn(DataSet dataSet) {
    return modelTable
        .attributes()
        .getOrDefault("training data", List.of())
        .contains(dataSet.name());
  }

  /**
   * Similarities on one data set beside chance: 0 where no better, 1 at best, see {@link
   * NullCalibration}.
   */
  LabelledMatrix calibrated(DataSet dataSet, String measure, int permutations, Seeds seeds) {
    return NullCalibration.ofMatrix(
            Measures.parse(measure),
            source.features(dataSet),
            permutations,
            LEVEL,
            seeds,
            Run.quiet())
        .scores();
  }

  private SimilarityComputation computation(Progress progress) {
    return new SimilarityComputation(probes.store(), progress);
  }

  /** Of the data sets whose labels are known; empty if there is none. */
  @Override
  public Optional<PerformanceGap> gaps(SimilaritySet similarities) {
    Map<String, double[]> accuracies = new LinkedHashMap<>();
    List<DataSet> labelled = labelled();
    try (Progress.Task task =
        Progress.standard()
            .begin("linear probes", (long) modelTable.models().size() * labelled.size())) {
      for (DataSet dataSet : labelled) {
        task.note(dataSet.name());
        accuracies(dataSet, task).ifPresent(values -> accuracies.put(dataSet.name(), values));
      }
    }
    return accuracies.isEmpty()
        ? Optional.empty()
        : Optional.of(new PerformanceGap(similarities, accuracies));
  }

  /** Accuracy of every model's probe on a data set; empty where labels are not known. */
  Optional<double[]> accuracies(DataSet dataSet, Progress.Task task) {
    return probes.of(source, dataSet, task);
  }

  /** Accuracy of one model's probe on a data set whose labels are known. */
  double accuracy(DataSet dataSet, String model) {
    return probes.of(source, dataSet, modelTable.models().indexOf(model)).orElseThrow();
  }

  /** Drawn from {@link #sampled()}, as far as it has enough of a class. */
  @Override
  public Map<Integer, Map<String, LabelledMatrix>> sampleSizes(long seed) {
    Map<Integer, Map<String, LabelledMatrix>> bySize = new LinkedHashMap<>();
    Map<Integer, int[]> samples = samples(seed);
    if (!samples.isEmpty()) {
      List<Representation> all = source.features(sampled().orElseThrow());
      samples.forEach(
          (size, sample) ->
              bySize.put(size, matrices(all.stream().map(x -> x.select(sample)).toList())));
    }
    return bySize;
  }

  /**
   * The data set that growing samples are drawn from: that with the most classes of those whose
   * labels are known and that no model was trained on, if there are any.
   */
  @Override
  public Optional<DataSet> sampled() {
    List<DataSet> fresh = labelled().stream().filter(set -> !isTrainedOn(set)).toList();
    return (fresh.isEmpty() ? labelled() : fresh)
        .stream()
            .filter(set -> ConsistencyClaims.ENOUGH * classes(set) <= images(set))
            .reduce((best, next) -> classes(next) > classes(best) ? next : best);
  }

  /** Stimuli per class → the stimuli drawn. */
  Map<Integer, int[]> samples(long seed) {
    Map<Integer, int[]> samples = new LinkedHashMap<>();
    sampled()
        .ifPresent(
            dataSet -> {
              int[] labels = source.labels(dataSet).orElseThrow();
              for (int size : SIZES) {
                int[] sample = Sampling.perClass(labels, size, new Seeds(seed));
                if (size * classes(dataSet) <= labels.length && sample.length >= LEAST_STIMULI) {
                  samples.put(size, sample);
                }
              }
            });
    return samples;
  }

  /** What the samples are drawn from. */
  Table sampleTable(long seed) {
    DataSet dataSet = sampled().orElseThrow();
    Map<Integer, int[]> samples = samples(seed);
    int rows = samples.size();
    return Table.create(
        "Growing samples",
        IntColumn.create(
            "images per class", samples.keySet().stream().mapToInt(size -> size).toArray()),
        StringColumn.create(ConsistencyStudy.DATA_SET, Collections.nCopies(rows, dataSet.name())),
        IntColumn.create(
            ConsistencyStudy.CLASSES,
            samples.values().stream().mapToInt(sample -> classes(dataSet)).toArray()),
        IntColumn.create(
            "images", samples.values().stream().mapToInt(sample -> sample.length).toArray()));
  }

  private List<DataSet> labelled() {
    return dataSetList().stream().filter(dataSet -> source.labels(dataSet).isPresent()).toList();
  }

  private Map<String, LabelledMatrix> matrices(List<Representation> drawn) {
    SimilarityComputation computation = computation(Progress.NONE);
    Map<String, LabelledMatrix> matrices = new LinkedHashMap<>();
    for (double width : WIDTHS) {
      matrices.put(
          "RBF " + width,
          computation.matrix(
              drawn, Measures.parse("cka[kernel=rbf,sigma=" + width + ",rows=unit]")));
    }
    matrices.put("linear", computation.matrix(drawn, Measures.parse("cka[rows=unit]")));
    return matrices;
  }
}
