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
import tech.tablesaw.api.Table;

/**
 * Small networks trained here, on generated images (profiles test and demo) or on real ones (real
 * and paper).
 */
public final class ZooSource implements FeatureSource {
  private final Zoo zoo;
  private final Map<DataSet, LabelledImages> images;
  private final Store store;

  private ZooSource(Zoo zoo, List<LabelledImages> sets, Store store) {
    Map<DataSet, LabelledImages> images = new LinkedHashMap<>();
    for (LabelledImages set : sets) {
      images.put(new DataSet(set.name(), set.train().category()), set);
    }
    this.zoo = zoo;
    this.images = Collections.unmodifiableMap(images);
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
    return new ZooSource(train(declarations, wanted, store), sets, store);
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
    Zoo zoo = train(crossed.networks(), wanted, store).withRejected();
    train(crossed.onRandomLabels(), wanted, store);
    return new ZooSource(zoo, LabelledImages.mixed(profile, dataSets, seed), store);
  }

  private static Zoo train(
      List<ModelDeclaration> declarations, Predicate<String> wanted, Store store) {
    return Zoo.train(
        declarations.stream().filter(model -> wanted.test(model.name())).toList(),
        store,
        Runtime.getRuntime().availableProcessors(),
        Progress.standard());
  }

  @Override
  public Table models() {
    return zoo.table();
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
  public Map<DataSet, LabelledImages> images() {
    return images;
  }
}
