package dev.kindred.stimuli;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.stimuli.decode.Framing;
import dev.kindred.stimuli.files.DataFiles;
import dev.kindred.stimuli.files.DataSettings;
import dev.kindred.stimuli.files.DownloadSettings;
import dev.kindred.stimuli.files.Manifest;
import dev.kindred.stimuli.generator.GeneratedImages;
import dev.kindred.stimuli.generator.Recipe;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Every image data set by name: those that are drawn, with known factors and without files, and
 * those that manifests describe, in this project and in the folders of the environment.
 */
public final class DataSets {
  /** Width and height of drawn images where nothing else is said. */
  private static final int SIDE = 32;

  private DataSets() {}

  /**
   * Names of all data sets: those that are drawn, then those that manifests describe, whether their
   * files are here or not.
   */
  public static List<String> names() {
    List<String> names = new ArrayList<>(generatedNames());
    for (String name : described()) {
      if (!names.contains(name)) {
        names.add(name);
      }
    }
    return names;
  }

  /** Names of the image data sets that manifests describe, sorted, their files here or not. */
  public static List<String> described() {
    return manifests().stream()
        .filter(manifest -> manifest.images().isPresent())
        .map(Manifest::name)
        .toList();
  }

  /** Names of the data sets that {@link #generated} draws. */
  public static List<String> generatedNames() {
    return Recipe.all().stream().map(Recipe::name).toList();
  }

  /**
   * The drawn data sets of which no two are drawn by the same code: one of each family of recipes.
   */
  public static List<String> distinctNames() {
    return Recipe.distinct().stream().map(Recipe::name).toList();
  }

  /** Names of the data sets of manifests whose files are all on this machine, sorted. */
  public static List<String> present() {
    return library().present();
  }

  /**
   * Some images of any data set, the classes in equal shares.
   *
   * @param name one of {@link #names()}
   * @param split {@code test}, {@code train}, or another that its manifest names
   * @param count how many; of a manifest's data set at most as many as there are
   * @param seed which; the splits of a drawn data set have no image in common
   * @throws InputException if there is no such data set or split
   */
  public static ImageSet open(String name, String split, int count, long seed) {
    if (generatedNames().contains(name)) {
      if (!split.equals("train") && !split.equals("test")) {
        throw new InputException(name + " has no split " + split + ", only train, test");
      }
      return generated(name, SIDE, count, split.equals("train") ? seed + 1 : seed);
    }
    if (!names().contains(name)) {
      throw new InputException(
          "no data set is named " + name + "; there are " + String.join(", ", names()));
    }
    ImageSet all = open(name, split);
    return count >= all.size()
        ? all
        : all.select(Sampling.stratified(all.labels(), count, new Seeds(seed)));
  }

  /**
   * Draws a data set with known factors.
   *
   * @param name one of {@link #generatedNames()}
   * @param size width and height in pixels; 32 is usual
   * @param n number of images, the classes in equal shares
   * @param seed the root seed: use another one for a test set
   */
  public static GeneratedImages generated(String name, int size, int n, long seed) {
    return new GeneratedImages(Recipe.named(name), size, n, seed);
  }

  /** Opens a split of a manifest's data set whole, with the images as the manifest frames them. */
  public static ImageSet open(String name, String split) {
    return library().open(name, split, Progress.standard());
  }

  /** Opens a split of a manifest's data set whole, with the images brought to the given size. */
  public static ImageSet open(String name, String split, Framing framing) {
    return library().open(name, split, framing, Progress.standard());
  }

  /**
   * The images of a manifest's data set to learn from and those to be judged by. Where it has only
   * one split, that is split by class with a fixed seed: of every class, 20 % (rounded) go to the
   * test. Test images of classes that no training image shows are {@linkplain
   * TrainAndTest#withoutUnseenClasses left out}.
   */
  public static TrainAndTest trainAndTest(String name) {
    return library().trainAndTest(name, Progress.standard());
  }

  /** All manifests, sorted by name: data sets, and published results. */
  public static List<Manifest> manifests() {
    return library().list();
  }

  /** The manifest of that name. */
  public static Manifest manifest(String name) {
    return library().manifest(name);
  }

  /**
   * Downloads what is missing of a manifest's files and verifies all of them.
   *
   * @return the files, in the order of the manifest
   */
  public static List<Path> fetch(String name, Progress progress) {
    return library().fetch(name, progress);
  }

  /** How every file of a manifest stands on this machine; downloads nothing. */
  public static List<DataFiles.Finding> verify(String name) {
    return library().verify(name);
  }

  /**
   * Fails unless a manifest describes images under that name; downloads nothing.
   *
   * @throws InputException with the names that there are
   */
  public static void requireImages(String name) {
    library().requireImages(name);
  }

  private static DataLibrary library() {
    return new DataLibrary(DataSettings.fromEnvironment(), DownloadSettings.standard());
  }
}
