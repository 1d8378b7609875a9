package dev.kindred.study.source;

import dev.kindred.base.Profile;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.ImageSet;
import dev.kindred.stimuli.Sampling;
import dev.kindred.stimuli.TrainAndTest;
import dev.kindred.study.models.DataSet;
import java.util.ArrayList;
import java.util.List;

/**
 * A data set of the study: the images on which models are compared and probes are trained, and
 * those on which probes are judged.
 *
 * @param name its name
 * @param train images to compare and train on, stratified
 * @param test images to judge probes on
 */
public record LabelledImages(String name, ImageSet train, ImageSet test) {
  private static final int SIDE = 32;
  private static final double TEST_SHARE = 0.2;

  /**
   * Generated data sets for the small profiles, those of the manifests for the others.
   *
   * @param wanted their names; if empty, all that are drawn without common code ({@link
   *     DataSets#distinctNames()}), or all whose files are here
   */
  public static List<LabelledImages> of(Profile profile, List<String> wanted, long seed) {
    int most = most(profile);
    return profile.usesPublicData()
        ? real(wanted, most, seed)
        : generated(wanted, most, profile.choose(80, 200, 0, 0), seed);
  }

  /** The most images of a data set to compare on. */
  public static int most(Profile profile) {
    return profile.choose(80, 400, 2000, 10_000);
  }

  private static List<LabelledImages> generated(
      List<String> wanted, int train, int test, long seed) {
    List<String> names =
        wanted.isEmpty()
            ? DataSets.distinctNames()
            : DataSet.choose(DataSets.generatedNames(), wanted, "generated images");
    return names.stream().map(name -> generated(name, train, test, seed)).toList();
  }

  private static LabelledImages generated(String name, int train, int test, long seed) {
    // Seeds of their own: the networks must not have been trained on these images.
    Seeds seeds = new Seeds(seed).child("consistency");
    return new LabelledImages(
        name,
        DataSets.generated(name, SIDE, train, seeds.seed("train")),
        DataSets.generated(name, SIDE, test, seeds.seed("test")));
  }

  /**
   * Generated data sets and those of the manifests, side by side and in equal numbers of images.
   *
   * @param wanted their names; if empty, all that are drawn without common code ({@link
   *     DataSets#distinctNames()}) and those of the manifests whose files are here
   */
  static List<LabelledImages> mixed(Profile profile, List<String> wanted, long seed) {
    int most = most(profile);
    List<String> names = wanted.isEmpty() ? allNames() : wanted;
    List<LabelledImages> sets = new ArrayList<>();
    for (String name : names) {
      if (DataSets.generatedNames().contains(name)) {
        sets.add(generated(name, most, most / 2, seed));
      } else {
        sets.addAll(real(List.of(name), most, seed));
      }
    }
    return sets;
  }

  /** All that are drawn without common code, and those of the manifests whose files are here. */
  public static List<String> allNames() {
    List<String> names = new ArrayList<>(DataSets.distinctNames());
    names.addAll(DataSets.present());
    return names;
  }

  /**
   * Names of the data sets that may be taken, their files here or not.
   *
   * @param mixed whether drawn images stand beside those of the manifests
   */
  public static List<String> names(Profile profile, boolean mixed) {
    List<String> names = new ArrayList<>();
    if (mixed || !profile.usesPublicData()) {
      names.addAll(DataSets.generatedNames());
    }
    if (mixed || profile.usesPublicData()) {
      names.addAll(DataSets.described());
    }
    return names;
  }

  private static List<LabelledImages> real(List<String> wanted, int most, long seed) {
    // Without names, nothing is downloaded: the data sets whose files are here already.
    List<String> there = wanted.isEmpty() ? DataSets.present() : DataSets.described();
    List<LabelledImages> sets = new ArrayList<>();
    for (String name : DataSet.choose(there, wanted, "manifests")) {
      TrainAndTest split = split(name);
      sets.add(
          new LabelledImages(
              name, sample(split.train(), most, seed), sample(split.test(), most / 2, seed)));
    }
    return sets;
  }

  private static TrainAndTest split(String name) {
    TrainAndTest both = DataSets.trainAndTest(name);
    // Some publishers' test images are of other classes.
    return both.train().classNames().equals(both.test().classNames())
        ? both
        : Sampling.splitByClass(both.train(), TEST_SHARE, new Seeds(42));
  }

  /** Drawn by class; with three equal channels where they are grey. */
  private static ImageSet sample(ImageSet images, int most, long seed) {
    return images
        .select(Sampling.stratified(images.labels(), most, new Seeds(seed).child("consistency")))
        .inMemory(SIDE, 3, Progress.standard());
  }
}
