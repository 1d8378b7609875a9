package dev.kindred.study.consistency;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Parallel;
import dev.kindred.base.Profile;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.base.Store;
import dev.kindred.base.StoreKey;
import dev.kindred.measure.Measures;
import dev.kindred.network.probe.ProbeSearch;
import dev.kindred.network.tensor.Torch;
import dev.kindred.network.zoo.ModelDeclaration;
import dev.kindred.network.zoo.Zoo;
import dev.kindred.network.zoo.ZooDeclarations;
import dev.kindred.network.zoo.ZooMember;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import dev.kindred.stimuli.Sampling;
import dev.kindred.study.models.DataSet;
import dev.kindred.study.models.ModelTable;
import dev.kindred.study.source.LabelledImages;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import tech.tablesaw.api.Table;

/**
 * Small networks trained here, on generated images (test and demo) or on real ones (real and
 * paper).
 */
final class ZooInput implements ConsistencyInput {
  private static final int[] SIZES = {1, 5, 10, 20, 30, 40};
  private static final double[] WIDTHS = {0.2, 0.4, 0.6, 0.8};

  private final Zoo zoo;
  private final Map<DataSet, LabelledImages> images;
  private final ProbeSearch probes;
  private final long seed;
  private final Store store = Store.standard();
  private final Map<DataSet, List<Representation>> features = new LinkedHashMap<>();

  private ZooInput(Zoo zoo, Map<DataSet, LabelledImages> images, ProbeSearch probes, long seed) {
    this.zoo = zoo;
    this.images = images;
    this.probes = probes;
    this.seed = seed;
  }

  static ZooInput open(List<String> wanted, Profile profile, long seed) {
    Map<DataSet, LabelledImages> images = new LinkedHashMap<>();
    for (LabelledImages set : LabelledImages.of(profile, wanted, seed)) {
      images.put(new DataSet(set.name(), set.train().category()), set);
    }
    if (images.size() < 2) {
      throw new InputException(
          "consistency needs at least two data sets, found "
              + images.size()
              + "; name those to download in the parameter data sets, or set KINDRED_MANIFESTS and"
              + " KINDRED_MIRROR to folders that have them");
    }
    Zoo zoo = Zoo.train(declarations(profile, images.keySet()));
    ProbeSearch probes =
        profile == Profile.PAPER ? ProbeSearch.CONSISTENCY : ProbeSearch.FEW_STIMULI;
    return new ZooInput(zoo, images, probes, seed);
  }

  /** Networks trained on drawn images, or on those of the manifests, as the profile has it. */
  private static List<ModelDeclaration> declarations(Profile profile, Set<DataSet> dataSets) {
    if (!profile.usesPublicData()) {
      return ZooDeclarations.of(profile.toString());
    }
    return ZooDeclarations.onDataSets(
        profile.toString(), dataSets.stream().map(DataSet::name).toList());
  }

  @Override
  public Table models() {
    return zoo.table();
  }

  @Override
  public ModelTable modelTable() {
    return ModelTable.of(zoo.table());
  }

  @Override
  public List<DataSet> dataSetList() {
    return List.copyOf(images.keySet());
  }

  @Override
  public Map<DataSet, LabelledImages> images() {
    return images;
  }

  @Override
  public SimilaritySet similarities(String measure) {
    return new SimilarityComputation(store, Progress.standard())
        .compute(dataSetList(), features()::get, Measures.parse(measure));
  }

  private Map<DataSet, List<Representation>> features() {
    if (features.isEmpty()) {
      try (Progress.Task task = Progress.standard().begin("responses of the zoo", images.size())) {
        images.forEach(
            (dataSet, set) -> {
              task.note(dataSet.name());
              Map<String, Representation> responses =
                  zoo.represent(set.train(), store, Progress.NONE);
              features.put(dataSet, List.copyOf(responses.values()));
              task.advance(1);
            });
      }
    }
    return features;
  }

  @Override
  public Optional<PerformanceGap> gaps(SimilaritySet similarities) {
    Map<String, double[]> accuracies = new LinkedHashMap<>();
    List<ZooMember> members = zoo.members();
    try (Progress.Task task =
        Progress.standard().begin("linear probes", (long) members.size() * images.size())) {
      images.forEach(
          (dataSet, set) -> {
            double[] values = new double[members.size()];
            task.note(dataSet.name());
            Parallel.forEach(
                values.length,
                i -> {
                  try (Torch.Scope alone = Torch.threads(1)) {
                    values[i] = accuracy(members.get(i), set);
                    task.advance(1);
                  }
                });
            accuracies.put(dataSet.name(), values);
          });
    }
    return Optional.of(new PerformanceGap(similarities, accuracies));
  }

  /** Accuracy of the linear probe on the test images; kept in the store. */
  private double accuracy(ZooMember member, LabelledImages set) {
    Representation train = member.represent(set.train(), store);
    Representation test = member.represent(set.test(), store);
    Provenance recipe =
        Provenance.of(
            "linear probe",
            Map.of("search", probes, "seed", seed),
            train.provenance(),
            test.provenance());
    Path folder =
        store.folder(
            new StoreKey("probe-accuracy", 1, recipe),
            working -> {
              ProbeSearch.Result result =
                  probes.train(
                      train,
                      set.train().labels(),
                      set.train().classNames().size(),
                      new Seeds(seed).child("probes"));
              double accuracy = result.accuracy(test, set.test().labels());
              Files.writeString(working.resolve("accuracy.txt"), Double.toString(accuracy));
            });
    try {
      return Double.parseDouble(Files.readString(folder.resolve("accuracy.txt")).strip());
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Drawn from the data set with the most images a class, as far as it has enough. */
  @Override
  public Map<Integer, Map<String, LabelledMatrix>> sampleSizes(long sampleSeed) {
    LabelledImages set = images.values().iterator().next();
    ImageSet train = set.train();
    int[] labels = train.labels();
    List<Representation> all = features().values().iterator().next();
    SimilarityComputation computation = new SimilarityComputation(store, Progress.NONE);
    Map<Integer, Map<String, LabelledMatrix>> bySize = new LinkedHashMap<>();
    int perClass = train.size() / train.classNames().size();
    for (int size : SIZES) {
      if (size > perClass) {
        break;
      }
      int[] sample = Sampling.perClass(labels, size, new Seeds(sampleSeed));
      List<Representation> drawn = new ArrayList<>();
      all.forEach(x -> drawn.add(x.select(sample)));
      Map<String, LabelledMatrix> matrices = new LinkedHashMap<>();
      for (double width : WIDTHS) {
        matrices.put(
            "RBF " + width,
            computation.matrix(
                drawn, Measures.parse("cka[kernel=rbf,sigma=" + width + ",rows=unit]")));
      }
      matrices.put("linear", computation.matrix(drawn, Measures.parse("cka[rows=unit]")));
      bySize.put(size, matrices);
    }
    return bySize;
  }
}
