package dev.kindred.stimuli.generator;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import java.util.List;
import java.util.stream.Stream;

/**
 * How the stimuli of one generated data set are drawn. Stimulus i of a recipe depends only on the
 * recipe, the seed and i; every run of as many stimuli as there are classes holds each class once.
 */
public final class Recipe {
  /** Category of data sets with many kinds of objects or scenes. */
  public static final String MULTI_DOMAIN = "natural (multi-domain)";

  /** Category of data sets with fine-grained kinds of one family. */
  public static final String SINGLE_DOMAIN = "natural (single-domain)";

  /** Category of data sets of medical and remote-sensing images. */
  public static final String SPECIALIZED = "specialized";

  /** Category of data sets about structure: texture, number, orientation. */
  public static final String STRUCTURED = "structured";

  private static final List<Recipe> ALL =
      Stream.of(
              ObjectRecipes.all(),
              FamilyRecipes.all(),
              SpecializedRecipes.all(),
              StructuredRecipes.all(),
              List.of(
                  Solids.recipe(),
                  Rooms.recipe(),
                  Faces.recipe(),
                  Plants.recipe(),
                  Galaxies.recipe(),
                  Tissues.recipe(),
                  Landforms.recipe(),
                  Automata.recipe(),
                  Waves.recipe(),
                  Glyphs.recipe()))
          .flatMap(List::stream)
          .toList();

  /** Of the recipes that are as they were when the renderer last changed. */
  private static final int FIRST_REVISION = 2;

  /** Of the same things in the same places as other sets. */
  private static final List<String> RELATED =
      List.of("objects", "things", "combinations", "orientation");

  private final String name;
  private final String category;
  private final String description;
  private final List<String> classNames;
  private final Composer composer;
  private final int revision;

  Recipe(
      String name,
      String category,
      String description,
      List<String> classNames,
      Composer composer) {
    this(name, category, description, classNames, composer, FIRST_REVISION);
  }

  /**
   * A recipe that has changed since.
   *
   * @param revision raised whenever the recipe draws other pictures, so that stored results are not
   *     mixed; those of other recipes stay
   */
  Recipe(
      String name,
      String category,
      String description,
      List<String> classNames,
      Composer composer,
      int revision) {
    this.name = name;
    this.category = category;
    this.description = description;
    this.classNames = List.copyOf(classNames);
    this.composer = composer;
    this.revision = revision;
  }

  /** All recipes. */
  public static List<Recipe> all() {
    return ALL;
  }

  /**
   * One recipe of each family: those that are left out share their painter with another one, and so
   * differ in what the classes are but hardly in how the images look.
   */
  public static List<Recipe> distinct() {
    return ALL.stream().filter(recipe -> !RELATED.contains(recipe.name)).toList();
  }

  /** The recipe of that name. */
  public static Recipe named(String name) {
    return ALL.stream()
        .filter(recipe -> recipe.name.equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "no generated data set "
                        + name
                        + ", expected one of "
                        + ALL.stream().map(Recipe::name).toList()));
  }

  public String name() {
    return name;
  }

  /** Category as paper 1 groups data sets. */
  public String category() {
    return category;
  }

  /** What the classes are and what varies, in a sentence. */
  public String description() {
    return description;
  }

  public List<String> classNames() {
    return classNames;
  }

  /** Names the pictures that this recipe draws, beside its name. */
  int revision() {
    return revision;
  }

  /** Class of stimulus {@code i}. */
  int label(Seeds seeds, long i) {
    int classes = classNames.size();
    return new Draw(seeds, "labels " + i / classes).permutation(classes)[(int) (i % classes)];
  }

  /** Stimulus {@code i}, before it is rendered. */
  Picture picture(Seeds seeds, long i) {
    return composer.compose(label(seeds, i), new Draw(seeds, "stimulus " + i));
  }

  @Override
  public String toString() {
    return name + ": " + description;
  }

  /** Draws a picture of a class. */
  @FunctionalInterface
  interface Composer {
    Picture compose(int label, Draw draw);
  }
}
