package dev.kindred.stimuli.generator;

import dev.kindred.base.InputException;
import dev.kindred.base.Parallel;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.stimuli.ImageSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Stimuli drawn by a {@link Recipe}: square RGB images with labels, captions, factors, masks and
 * exact edges. Images are rendered once, in parallel, when the set is made; everything else is
 * drawn again from the seed when asked for.
 */
public final class GeneratedImages implements ImageSet {
  private final Recipe recipe;
  private final int imageSize;
  private final long seed;
  private final Seeds seeds;
  private final int[] positions;
  private final byte[][] pixels;
  private final int[] labels;
  private final Provenance provenance;

  /**
   * Draws the first {@code n} stimuli.
   *
   * @param recipe what is drawn
   * @param imageSize width and height in pixels, at least 8
   * @param n number of stimuli
   * @param seed the root seed; another seed gives independent stimuli of the same classes
   */
  public GeneratedImages(Recipe recipe, int imageSize, int n, long seed) {
    if (imageSize < 8 || n < 0) {
      throw new InputException(
          recipe.name()
              + ": expected a size of at least 8 pixels and n ≥ 0, found size "
              + imageSize
              + " and n "
              + n);
    }
    this.recipe = recipe;
    this.imageSize = imageSize;
    this.seed = seed;
    this.seeds = seedsOf(recipe, seed);
    this.positions = IntStream.range(0, n).toArray();
    this.pixels = new byte[n][];
    this.labels = new int[n];
    Renderer renderer = new Renderer(imageSize);
    Parallel.forEach(
        n,
        i -> {
          Picture picture = recipe.picture(seeds, i);
          pixels[i] = renderer.expose(renderer.compose(picture.layers()), picture.light());
          labels[i] = recipe.label(seeds, i);
        });
    this.provenance =
        Provenance.of(
            "generate",
            Map.of(
                "recipe",
                recipe.name(),
                "size",
                imageSize,
                "n",
                n,
                "seed",
                seed,
                "version",
                recipe.revision()));
  }

  private GeneratedImages(GeneratedImages all, int[] chosen, Provenance provenance) {
    recipe = all.recipe;
    imageSize = all.imageSize;
    seed = all.seed;
    seeds = all.seeds;
    positions = new int[chosen.length];
    pixels = new byte[chosen.length][];
    labels = new int[chosen.length];
    for (int k = 0; k < chosen.length; k++) {
      int i = chosen[k];
      positions[k] = all.positions[i];
      pixels[k] = all.pixels[i];
      labels[k] = all.labels[i];
    }
    this.provenance = provenance;
  }

  private static Seeds seedsOf(Recipe recipe, long seed) {
    return new Seeds(seed).child("generated stimuli").child(recipe.name());
  }

  /** The root seed. */
  public long seed() {
    return seed;
  }

  /** What stimulus {@code i} was drawn from. */
  public Factors factors(int i) {
    return picture(i).factors();
  }

  /** Whether stimulus {@code i} has a figure that stands out, and so a mask. */
  public boolean hasMask(int i) {
    return picture(i).hasFigure();
  }

  /**
   * Share of each pixel that shows the figure, from 0 to 255, row by row; all 0 where there is no
   * figure.
   */
  public byte[] mask(int i) {
    return quantised(new Renderer(imageSize).mask(picture(i).layers()));
  }

  /**
   * Darkness of the line drawing of the figure: 255 on the visible outlines of the figure and its
   * details, 0 elsewhere, row by row.
   */
  public byte[] edges(int i) {
    return quantised(new Renderer(imageSize).contours(picture(i).layers(), 0.02));
  }

  /**
   * Stimulus {@code i} as a pencil drawing of its figure, as bytes like {@link #pixels}.
   *
   * @param drawingSeed another seed gives another hand
   */
  public byte[] sketch(int i, long drawingSeed) {
    return new Styles(imageSize).sketch(picture(i), styleOf(i, "sketch", drawingSeed));
  }

  /**
   * Stimulus {@code i} as if painted: its outlines, but the strokes and colours of a painting.
   *
   * @param paintingSeed another seed gives another painting
   */
  public byte[] stylised(int i, long paintingSeed) {
    return new Styles(imageSize).stylised(picture(i), styleOf(i, "painting", paintingSeed));
  }

  /**
   * Stimulus {@code i} with its figure made of the material (texture and colours) of the figure of
   * stimulus {@code j}: the shape of one, the texture of the other.
   */
  public byte[] inMaterialOf(int i, int j) {
    return new Styles(imageSize).inMaterial(picture(i), picture(j).material());
  }

  private Draw styleOf(int i, String manner, long styleSeed) {
    return new Draw(new Seeds(styleSeed).child(manner), stimulusId(i));
  }

  Picture picture(int i) {
    return recipe.picture(seeds, positions[i]);
  }

  private static byte[] quantised(double[] values) {
    byte[] bytes = new byte[values.length];
    for (int p = 0; p < bytes.length; p++) {
      bytes[p] = Renderer.toByte(values[p]);
    }
    return bytes;
  }

  @Override
  public String name() {
    return recipe.name();
  }

  @Override
  public int size() {
    return positions.length;
  }

  @Override
  public int width() {
    return imageSize;
  }

  @Override
  public int height() {
    return imageSize;
  }

  @Override
  public int channels() {
    return 3;
  }

  @Override
  public byte[] pixels(int i) {
    return pixels[i].clone();
  }

  @Override
  public int label(int i) {
    return labels[i];
  }

  @Override
  public List<String> classNames() {
    return recipe.classNames();
  }

  @Override
  public String stimulusId(int i) {
    return recipe.name() + "/" + seed + "#" + positions[i];
  }

  @Override
  public String category() {
    return recipe.category();
  }

  @Override
  public Provenance provenance() {
    return provenance;
  }

  @Override
  public Optional<String> caption(int i) {
    return Optional.of(picture(i).caption());
  }

  @Override
  public GeneratedImages select(int[] images) {
    for (int i : images) {
      if (i < 0 || i >= size()) {
        throw new InputException(
            name() + ": expected images 0 to " + (size() - 1) + ", found " + i);
      }
    }
    return new GeneratedImages(this, images, ImageSet.super.select(images).provenance());
  }

  @Override
  public String toString() {
    return name() + ": " + size() + " images, " + imageSize + "×" + imageSize + "×3";
  }
}
