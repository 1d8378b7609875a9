package dev.kindred.network.zoo;

import dev.kindred.base.InputException;
import dev.kindred.network.architecture.Architecture;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.network.architecture.VisionTransformer;
import dev.kindred.network.training.Augmentation;
import dev.kindred.network.training.ImageText;
import dev.kindred.network.training.MaskedAutoencoding;
import dev.kindred.network.training.Objective;
import dev.kindred.network.training.Optimizer;
import dev.kindred.network.training.SelfSupervised;
import dev.kindred.network.training.Supervised;
import dev.kindred.network.training.TrainingPlan;
import dev.kindred.stimuli.DataSets;
import java.util.ArrayList;
import java.util.List;

/**
 * The declared zoos: architecture × objective × training data × size × seed. Sizes and lengths are
 * those at which networks learn within minutes on two processors; objectives that learn too little
 * at this size are in the library and not here.
 */
public final class ZooDeclarations {
  private static final int PIXELS = 32;
  private static final int BATCH = 64;
  private static final int TRAIN_IMAGES = 3000;
  private static final int TEST_IMAGES = 1000;

  /** Training images that a network of the real profile is shown. */
  private static final long REAL_SHOWN = 64_000;

  /** A hundred visits of 50,000 images. */
  private static final long PAPER_SHOWN = 5_000_000;

  /** Stages end with pooling, so a further stage makes a network larger but hardly slower. */
  private static final Architecture CNN_SMALL = cnn(24, 3);

  private static final Architecture CNN_MEDIUM = cnn(20, 4);
  private static final Architecture CNN_LARGE = cnn(24, 4);
  private static final Architecture CNN_XLARGE = cnn(20, 5);
  private static final Architecture VIT_SMALL = VisionTransformer.small(48, 3, 8);
  private static final Architecture VIT_MEDIUM = VisionTransformer.small(64, 3, 8);
  private static final Architecture VIT_LARGE = VisionTransformer.small(80, 4, 8);
  private static final Architecture VIT_XLARGE = VisionTransformer.small(96, 4, 8);
  private static final Architecture VIT_MASKED =
      new VisionTransformer(48, 3, 4, 8, /* convolutionalStem= */ false, /* classToken= */ false);

  /** An architecture and the name of its size. */
  private record Sized(String size, Architecture architecture) {}

  private static final List<Sized> CNNS =
      List.of(
          new Sized("cnn-medium", CNN_MEDIUM),
          new Sized("cnn-xlarge", CNN_XLARGE),
          new Sized("cnn-large", CNN_LARGE),
          new Sized("cnn-small", CNN_SMALL));

  private static final List<Sized> VITS =
      List.of(
          new Sized("vit-small", VIT_SMALL),
          new Sized("vit-medium", VIT_MEDIUM),
          new Sized("vit-large", VIT_LARGE));

  private static final Augmentation WEAK = Augmentation.CROP_FLIP;
  private static final Augmentation SHIFTED = Augmentation.CROP_FLIP.withFlip(false).withShift(2);
  private static final Augmentation VIEWS = new Augmentation(0, true, 0.3, 0.3, 0.2, 0, 0);

  /** How the categories of natural images begin; see paper 1. */
  private static final String NATURAL = "natural";

  private ZooDeclarations() {}

  private static Architecture cnn(int width, int stages) {
    return new PlainCnn(width, java.util.Collections.nCopies(stages, 1), width << (stages - 1), 2);
  }

  /**
   * The zoo of a profile.
   *
   * @param profile {@code test} or {@code demo}, or {@code real} or {@code paper} for the public
   *     data sets whose files are on this machine
   */
  public static List<ModelDeclaration> of(String profile) {
    return switch (profile) {
      case "test" -> test();
      case "demo" -> demo();
      case "real", "paper" -> onDataSets(profile, DataSets.present());
      default ->
          throw new InputException(
              "no zoo is declared for the profile "
                  + profile
                  + ", expected test, demo, real or paper");
    };
  }

  /**
   * The zoo of the real or the paper profile on public data sets.
   *
   * @param profile {@code real}: at most 4000 images of each set; {@code paper}: at most 50,000
   * @param names the data sets, see {@link DataSets}
   */
  public static List<ModelDeclaration> onDataSets(String profile, List<String> names) {
    if (names.isEmpty()) {
      throw new InputException(
          "the zoo of the profile "
              + profile
              + " is trained on public images, and none are here: set KINDRED_MANIFESTS and"
              + " KINDRED_MIRROR to folders that have them, or use 'kindred data fetch'");
    }
    boolean whole = profile.equals("paper");
    int most = whole ? 50_000 : 4000;
    return on(
        names.stream()
            .map(name -> TrainingData.Given.open(name, PIXELS, most, TEST_IMAGES, 1))
            .toList(),
        whole ? PAPER_SHOWN : REAL_SHOWN);
  }

  /**
   * At least 22 models in at most 8 minutes on two processors, crossed: each of three objectives on
   * each of three data sets with two convolutional networks and a transformer, so that objective,
   * training data and architecture say nothing about each other. Sizes follow Latin squares, for
   * each architecture one over objectives and data sets: every objective and every data set has the
   * same sizes.
   *
   * <p>Why these data sets: on them all three objectives teach both architectures ten points more
   * than the untrained twin knows, in the time there is. That is not so everywhere: on digits, of
   * the self-supervised objectives only rotation prediction learns, and image–text contrast learns
   * colours first; on textures, flowers, signs and objects two views of an image teach too little;
   * rotation prediction learns next to nothing from aerial images and cells, which have no upright.
   */
  private static List<ModelDeclaration> demo() {
    List<ModelDeclaration> zoo = new ArrayList<>();
    zoo.add(supervised("cnn-small", CNN_SMALL, "scenes", 8, 1));
    zoo.add(supervised("cnn-large", CNN_LARGE, "scenes", 8, 2));
    zoo.add(supervised("vit-medium", VIT_MEDIUM, "scenes", 8, 3));
    zoo.add(supervised("cnn-medium", CNN_MEDIUM, "aerial", 8, 4));
    zoo.add(supervised("cnn-xlarge", CNN_XLARGE, "aerial", 8, 5));
    zoo.add(supervised("vit-small", VIT_SMALL, "aerial", 8, 6));
    zoo.add(supervised("cnn-medium", CNN_MEDIUM, "cells", 8, 7));
    zoo.add(supervised("cnn-large", CNN_LARGE, "cells", 8, 8));
    zoo.add(supervised("vit-xlarge", VIT_XLARGE, "cells", 7, 9));
    zoo.add(text("cnn-medium", CNN_MEDIUM, "scenes", 8, 11));
    zoo.add(text("cnn-xlarge", CNN_XLARGE, "scenes", 8, 12));
    zoo.add(text("vit-xlarge", VIT_XLARGE, "scenes", 7, 13));
    zoo.add(text("cnn-medium", CNN_MEDIUM, "aerial", 8, 14));
    zoo.add(text("cnn-large", CNN_LARGE, "aerial", 8, 15));
    zoo.add(text("vit-medium", VIT_MEDIUM, "aerial", 8, 16));
    zoo.add(text("cnn-small", CNN_SMALL, "cells", 8, 17));
    zoo.add(text("cnn-large", CNN_LARGE, "cells", 8, 18));
    zoo.add(text("vit-small", VIT_SMALL, "cells", 10, 19));
    zoo.add(selfSupervised("cnn-medium", CNN_MEDIUM, vicReg(), "scenes", 8, 21));
    zoo.add(selfSupervised("cnn-large", CNN_LARGE, moCo(), "scenes", 11, 22));
    zoo.add(selfSupervised("vit-small", VIT_MASKED, masked(), "scenes", 16, 23));
    zoo.add(selfSupervised("cnn-small", CNN_SMALL, simClr(), "aerial", 9, 24));
    zoo.add(selfSupervised("cnn-large", CNN_LARGE, vicReg(), "aerial", 8, 25));
    zoo.add(selfSupervised("vit-xlarge", VIT_XLARGE, simClr(), "aerial", 6, 26));
    zoo.add(selfSupervised("cnn-medium", CNN_MEDIUM, simClr(), "cells", 8, 27));
    zoo.add(selfSupervised("cnn-xlarge", CNN_XLARGE, vicReg(), "cells", 8, 28));
    zoo.add(selfSupervised("vit-medium", VIT_MEDIUM, simClr(), "cells", 8, 29));
    return zoo;
  }

  /**
   * At least 10 models in at most 2 minutes on two processors: each objective on each data set with
   * a convolutional network, and a transformer.
   */
  private static List<ModelDeclaration> test() {
    List<ModelDeclaration> zoo = new ArrayList<>();
    zoo.add(supervised("cnn-small", CNN_SMALL, "scenes", 3, 1));
    zoo.add(supervised("cnn-medium", CNN_MEDIUM, "aerial", 3, 2));
    zoo.add(supervised("cnn-large", CNN_LARGE, "cells", 3, 3));
    zoo.add(supervised("vit-small", VIT_SMALL, "aerial", 3, 4));
    zoo.add(text("cnn-medium", CNN_MEDIUM, "scenes", 3, 11));
    zoo.add(text("cnn-large", CNN_LARGE, "aerial", 3, 12));
    zoo.add(text("cnn-small", CNN_SMALL, "cells", 3, 13));
    zoo.add(selfSupervised("cnn-large", CNN_LARGE, vicReg(), "scenes", 3, 21));
    zoo.add(selfSupervised("cnn-medium", CNN_MEDIUM, vicReg(), "aerial", 3, 22));
    zoo.add(selfSupervised("cnn-medium", CNN_MEDIUM, simClr(), "cells", 5, 23));
    return zoo;
  }

  /**
   * A zoo for data sets of one's own: on each, a supervised CNN and transformer, an image–text CNN
   * and a self-supervised transformer, the sizes in turn. Images have 32×32 pixels in RGB;
   * image–text training takes the set's captions; only natural images are mirrored.
   *
   * <p>Why a transformer for self-supervision: from a few thousand photographs, two views or
   * rotations taught small convolutional networks at most four points more than a probe finds in
   * the features that they have untrained, which are better than a transformer's.
   *
   * @param data the data sets, of different names
   * @param shown training images that a network is shown, whole visits of the data set; small sets
   *     are visited more often, for a network needs a number of steps whatever the size of its set.
   *     Transformers and self-supervised networks are shown half as many again
   */
  public static List<ModelDeclaration> on(List<? extends TrainingData> data, long shown) {
    List<ModelDeclaration> zoo = new ArrayList<>();
    for (int i = 0; i < data.size(); i++) {
      TrainingData images = data.get(i);
      int size = images.train().size();
      int epochs = visits(shown, size);
      int longer = visits(shown + shown / 2, size);
      Sized cnn = CNNS.get(i % CNNS.size());
      Sized other = CNNS.get((i + 1) % CNNS.size());
      Sized vit = VITS.get(i % VITS.size());
      Objective text = new ImageText(SHIFTED, 0.1, 64);
      Sized otherVit = VITS.get((i + 1) % VITS.size());
      boolean natural = images.train().category().startsWith(NATURAL);
      Objective self = new SelfSupervised.SimClr(VIEWS.withFlip(natural), 0.2, 64);
      Objective weak = new Supervised(0, natural ? WEAK : SHIFTED);
      zoo.add(declaration("sup", cnn.size, cnn.architecture, weak, images, epochs, 4 * i));
      zoo.add(declaration("sup", vit.size, vit.architecture, weak, images, longer, 4 * i + 1));
      zoo.add(declaration("text", other.size, other.architecture, text, images, epochs, 4 * i + 2));
      zoo.add(
          declaration(
              self.name(), otherVit.size, otherVit.architecture, self, images, longer, 4 * i + 3));
    }
    return zoo;
  }

  private static int visits(long shown, int size) {
    return (int)
        Math.max(1, Math.min(Integer.MAX_VALUE, Math.round((double) shown / Math.max(1, size))));
  }

  private static ModelDeclaration supervised(
      String size, Architecture architecture, String data, int epochs, long seed) {
    return declaration(
        "sup", size, architecture, new Supervised(0, SHIFTED), generated(data), epochs, seed);
  }

  private static ModelDeclaration text(
      String size, Architecture architecture, String data, int epochs, long seed) {
    return declaration(
        "text", size, architecture, new ImageText(SHIFTED, 0.1, 64), generated(data), epochs, seed);
  }

  private static ModelDeclaration selfSupervised(
      String size,
      Architecture architecture,
      Objective objective,
      String data,
      int epochs,
      long seed) {
    return declaration(
        objective.name(), size, architecture, objective, generated(data), epochs, seed);
  }

  private static Objective simClr() {
    return new SelfSupervised.SimClr(VIEWS, 0.2, 64);
  }

  private static Objective vicReg() {
    return new SelfSupervised.VicReg(VIEWS, 128);
  }

  private static Objective moCo() {
    return new SelfSupervised.MoCo(VIEWS, 0.2, 0.99, 1024, 64);
  }

  private static Objective masked() {
    return new MaskedAutoencoding(0.5, 64, Augmentation.NONE.withFlip(true));
  }

  private static TrainingData generated(String recipe) {
    return new TrainingData.Generated(recipe, PIXELS, TRAIN_IMAGES, TEST_IMAGES, 100);
  }

  private static ModelDeclaration declaration(
      String kind,
      String size,
      Architecture architecture,
      Objective objective,
      TrainingData data,
      int epochs,
      long seed) {
    TrainingPlan plan =
        new TrainingPlan(
            kind + "-" + size + "-" + data.name(),
            architecture,
            objective,
            new Optimizer.AdamW(3e-3, 0.01, 0.1),
            BATCH,
            epochs,
            seed);
    return new ModelDeclaration(plan, data);
  }
}
