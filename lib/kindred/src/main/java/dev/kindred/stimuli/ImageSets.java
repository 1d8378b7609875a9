package dev.kindred.stimuli;

import dev.kindred.base.Progress;
import dev.kindred.stimuli.generator.GeneratedImages;
import dev.kindred.stimuli.generator.Recipe;
import java.util.List;

/** Image sets that need no files. */
public final class ImageSets {
  private ImageSets() {}

  /** Names of the data sets that {@link #generated} draws. */
  public static List<String> generatedNames() {
    return Recipe.all().stream().map(Recipe::name).toList();
  }

  /**
   * The generated data sets of which no two are drawn by the same code: one of each family of
   * recipes.
   */
  public static List<String> distinctNames() {
    return Recipe.distinct().stream().map(Recipe::name).toList();
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

  /**
   * The same images in memory, each captioned by a sentence that names its class. It stands in for
   * real captions, and tells a text encoder no more than the labels do.
   */
  public static ImageSet captionedByClass(ImageSet set) {
    return ImagesInMemory.copyOf(set, Progress.NONE).captionedByClass();
  }
}
