package dev.kindred.study.source;

import dev.kindred.base.Profile;
import dev.kindred.base.Progress;
import dev.kindred.base.Store;
import dev.kindred.network.zoo.CrossedZoo;
import dev.kindred.network.zoo.ModelDeclaration;
import dev.kindred.network.zoo.Zoo;
import dev.kindred.network.zoo.ZooDeclarations;
import dev.kindred.network.zoo.ZooMember;
import dev.kindred.representation.Representation;
import dev.kindred.study.models.DataSet;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/**
 * Small networks trained here, on generated images (profiles test and demo) or on real ones (real
 * and paper).
 */
public final class ZooSource implements FeatureSource {
  private final Zoo zoo;
  private final Map<DataSet, LabelledImages> images;
  private final Store store;
  private final boolean copies;
  private final Map<String, FeatureSource> controls;

  private ZooSource(
      Zoo zoo,
      Map<DataSet, LabelledImages> images,
      Store store,
      boolean copies,
      Map<String, FeatureSource> controls) {
    this.zoo = zoo;
    this.copies = copies;
    this.images = images;
    this.controls = controls;
    this.store = store;
  }

  /**
   * Trains networks of the zoo of a profile, or finds them in a store.
   *
   * @param dataSets names of the data sets to take; all if empty
   * @param profile how large a zoo, and which images
   * @param seed seed of samples of images
   * @param wanted tells the names of the models to take
   * @param store where networks and responses are kept
   */
  public static ZooSource open(
      List<String> dataSets, Profile profile, long seed, Predicate<String> wanted, Store store) {
    List<LabelledImages> sets = LabelledImages.of(profile, dataSets, seed);
    List<String> names = sets.stream().map(LabelledImages::name).toList();
    List<ModelDeclaration> declarations =
        profile.usesPublicData()
            ? ZooDeclarations.onDataSets(profile.toString(), names)
            : ZooDeclarations.of(profile.toString());
    return new ZooSource(
        train(declarations, wanted, store), byDataSet(sets), store, false, Map.of());
  }

  private static Map<DataSet, LabelledImages> byDataSet(List<LabelledImages> sets) {
    Map<DataSet, LabelledImages> images = new LinkedHashMap<>();
    for (LabelledImages set : sets) {
      images.put(new DataSet(set.name(), set.train().category()), set);
    }
    return Collections.unmodifiableMap(images);
  }

  /**
   * Trains the networks of a {@link CrossedZoo}, or finds them in a store; networks that learn
   * little are members too.
   *
   * @param trainingSets names of the data sets to train on, generated or of manifests
   * @param dataSets names of the data sets to compare on; if empty, all generated ones without
   *     common code and those of the manifests whose files are here
   * @param profile how many networks, how long they are trained, and how many images
   */
  public static ZooSource crossed(
      List<String> trainingSets,
      List<String> dataSets,
      Profile profile,
      long seed,
      Predicate<String> wanted,
      Store store) {
    CrossedZoo crossed = CrossedZoo.of(trainingSets, profile);
    List<ModelDeclaration> networks = chosen(crossed.networks(), wanted);
    Zoo zoo = train(networks, wanted, store).withRejected();
    Zoo onRandomLabels = train(crossed.onRandomLabels(), wanted, store).withRejected();
    Map<DataSet, LabelledImages> images = byDataSet(LabelledImages.mixed(profile, dataSets, seed));
    Map<String, FeatureSource> controls = new LinkedHashMap<>();
    controls.put(
        UNTRAINED, new ZooSource(Zoo.untrained(networks, store), images, store, true, Map.of()));
    if (onRandomLabels.members().size() > 1) {
      controls.put(RANDOM_LABELS, new ZooSource(onRandomLabels, images, store, true, Map.of()));
    }
    return new ZooSource(zoo, images, store, true, Collections.unmodifiableMap(controls));
  }

  private static List<ModelDeclaration> chosen(
      List<ModelDeclaration> declarations, Predicate<String> wanted) {
    return declarations.stream().filter(model -> wanted.test(model.name())).toList();
  }

  private static Zoo train(
      List<ModelDeclaration> declarations, Predicate<String> wanted, Store store) {
    return Zoo.train(
        chosen(declarations, wanted),
        store,
        Runtime.getRuntime().availableProcessors(),
        Progress.standard());
  }

  @Override
  public Table models() {
    Table table = zoo.table();
    return copies
        ? table.addColumns(
            StringColumn.create(
                "declaration",
                table.stringColumn(0).asList().stream().map(CrossedZoo::declaration).toList()))
        : table;
  }

  @Override
  public List<DataSet> dataSets() {
    return List.copyOf(images.keySet());
  }

  @Override
  public List<Representation> features(DataSet dataSet) {
    return List.copyOf(zoo.represent(images.get(dataSet).train(), store, Progress.NONE).values());
  }

  @Override
  public Optional<int[]> labels(DataSet dataSet) {
    return Optional.of(images.get(dataSet).train().labels());
  }

  @Override
  public Optional<ProbeTask> probeTask(DataSet dataSet, int model) {
    LabelledImages set = images.get(dataSet);
    ZooMember member = zoo.members().get(model);
    Representation train = member.represent(set.train(), store);
    Representation test = member.represent(set.test(), store);
    return Optional.of(
        new ProbeTask(
            train,
            set.train().labels(),
            test,
            set.test().labels(),
            set.train().classNames().size(),
            train.provenance(),
            test.provenance()));
  }

  @Override
  public Map<String, FeatureSource> controls() {
    return controls;
  }

  @Override
  public Map<DataSet, LabelledImages> images() {
    return images;
  }
}
