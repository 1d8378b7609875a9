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

  /** Stages end with pooling, so a further stage makes a network larger but hardly slower. */
  private static final Architecture CNN_SMALL = cnn(24, 3);

  private static final Architecture CNN_MEDIUM = cnn(20, 4);
  private static final Architecture CNN_LARGE = cnn(24, 4);
  private static final Architecture CNN_XLARGE = cnn(20, 5);
  private static final Architecture VIT_SMALL = VisionTransformer.small(48, 3, 8);
  private static final Architecture VIT_MEDIUM = VisionTransformer.small(64, 3, 8);
  private static final Architecture VIT_LARGE = VisionTransformer.small(80, 4, 8);
  private static final Architecture VIT_MASKED =
      new VisionTransformer(64, 3, 4, 8, /* convolutionalStem= */ false, /* classToken= */ false);

  /** An architecture and the name of its size. */
  private record Sized(String size, Architecture architecture) {}

  private static final List<Sized> CNNS =
      List.of(
          new Sized("cnn-medium", CNN_MEDIUM),
          new Sized("cnn-small", CNN_SMALL),
          new Sized("cnn-xlarge", CNN_XLARGE),
          new Sized("cnn-large", CNN_LARGE));

  private static final List<Sized> VITS =
      List.of(
          new Sized("vit-small", VIT_SMALL),
          new Sized("vit-medium", VIT_MEDIUM),
          new Sized("vit-large", VIT_LARGE));

  private static final Augmentation WEAK = Augmentation.CROP_FLIP;
  private static final Augmentation SHIFTED = Augmentation.CROP_FLIP.withFlip(false).withShift(2);
  private static final Augmentation VIEWS = new Augmentation(0, true, 0.3, 0.3, 0.2, 0, 0);

  private ZooDeclarations() {}

  private static Architecture cnn(int width, int stages) {
    return new PlainCnn(width, java.util.Collections.nCopies(stages, 1), width << (stages - 1), 2);
  }

  /**
   * The zoo of a profile.
   *
   * @param profile {@code test} or {@code demo}
   */
  public static List<ModelDeclaration> of(String profile) {
    return switch (profile) {
      case "test" -> test();
      case "demo" -> demo();
      default ->
          throw new InputException(
              "no zoo is declared for the profile " + profile + ", expected test or demo");
    };
  }

  /** At least 22 models in at most 8 minutes on two processors. */
  private static List<ModelDeclaration> demo() {
    List<ModelDeclaration> zoo = new ArrayList<>();
    zoo.add(supervised("cnn-small", CNN_SMALL, "scenes", 8, 1));
    zoo.add(supervised("cnn-medium", CNN_MEDIUM, "textures", 10, 2));
    zoo.add(supervised("cnn-large", CNN_LARGE, "scenes", 8, 3));
    zoo.add(supervised("cnn-xlarge", CNN_XLARGE, "digits", 10, 4));
    zoo.add(supervised("cnn-small", CNN_SMALL, "digits", 10, 5));
    zoo.add(supervised("vit-small", VIT_SMALL, "textures", 12, 6));
    zoo.add(supervised("vit-medium", VIT_MEDIUM, "scenes", 10, 7));
    zoo.add(supervised("vit-large", VIT_LARGE, "textures", 12, 8));
    zoo.add(supervised("cnn-medium", CNN_MEDIUM, "cells", 8, 9));
    zoo.add(text("cnn-small", CNN_SMALL, "scenes", 8, 11));
    zoo.add(text("cnn-medium", CNN_MEDIUM, "textures", 10, 12));
    zoo.add(text("cnn-large", CNN_LARGE, "digits", 10, 13));
    zoo.add(text("cnn-xlarge", CNN_XLARGE, "scenes", 8, 14));
    zoo.add(text("vit-small", VIT_SMALL, "scenes", 10, 15));
    zoo.add(text("vit-medium", VIT_MEDIUM, "scenes", 10, 16));
    zoo.add(text("cnn-medium", CNN_MEDIUM, "cells", 8, 17));
    zoo.add(selfSupervised("cnn-small", CNN_SMALL, rotation(), "digits", 8, 21));
    zoo.add(selfSupervised("cnn-medium", CNN_MEDIUM, rotation(), "digits", 8, 22));
    zoo.add(selfSupervised("cnn-large", CNN_LARGE, rotation(), "digits", 8, 23));
    zoo.add(selfSupervised("cnn-xlarge", CNN_XLARGE, rotation(), "digits", 8, 24));
    zoo.add(selfSupervised("vit-medium", VIT_MEDIUM, rotation(), "digits", 12, 25));
    zoo.add(selfSupervised("cnn-small", CNN_SMALL, simClr(), "cells", 10, 26));
    zoo.add(selfSupervised("cnn-large", CNN_LARGE, simClr(), "cells", 10, 27));
    zoo.add(selfSupervised("cnn-medium", CNN_MEDIUM, vicReg(), "cells", 10, 28));
    zoo.add(selfSupervised("cnn-medium", CNN_MEDIUM, moCo(), "cells", 10, 29));
    zoo.add(selfSupervised("vit-medium", VIT_MASKED, masked(), "cells", 25, 30));
    return zoo;
  }

  /** At least 10 models in at most 2 minutes on two processors. */
  private static List<ModelDeclaration> test() {
    List<ModelDeclaration> zoo = new ArrayList<>();
    zoo.add(supervised("cnn-small", CNN_SMALL, "scenes", 5, 1));
    zoo.add(supervised("cnn-medium", CNN_MEDIUM, "textures", 6, 2));
    zoo.add(supervised("cnn-large", CNN_LARGE, "digits", 5, 3));
    zoo.add(supervised("vit-small", VIT_SMALL, "scenes", 6, 4));
    zoo.add(supervised("cnn-small", CNN_SMALL, "cells", 5, 5));
    zoo.add(text("cnn-small", CNN_SMALL, "scenes", 5, 11));
    zoo.add(text("cnn-medium", CNN_MEDIUM, "cells", 5, 12));
    zoo.add(text("cnn-large", CNN_LARGE, "scenes", 5, 13));
    zoo.add(selfSupervised("cnn-small", CNN_SMALL, rotation(), "digits", 6, 21));
    zoo.add(selfSupervised("cnn-medium", CNN_MEDIUM, rotation(), "digits", 6, 22));
    zoo.add(selfSupervised("cnn-large", CNN_LARGE, rotation(), "digits", 6, 23));
    return zoo;
  }

  /**
   * A zoo for data sets of one's own: on each, a supervised CNN and transformer, an image–text CNN
   * and a self-supervised one, the sizes in turn. Images have 32×32 pixels in RGB; image–text
   * training takes the set's captions.
   *
   * @param data the data sets, of different names
   * @param epochs visits of each data set; transformers and contrastive networks visit it half as
   *     often again
   */
  public static List<ModelDeclaration> on(List<? extends TrainingData> data, int epochs) {
    List<ModelDeclaration> zoo = new ArrayList<>();
    int longer = epochs + epochs / 2;
    for (int i = 0; i < data.size(); i++) {
      TrainingData images = data.get(i);
      Sized cnn = CNNS.get(i % CNNS.size());
      Sized other = CNNS.get((i + 1) % CNNS.size());
      Sized vit = VITS.get(i % VITS.size());
      Objective text = new ImageText(SHIFTED, 0.1, 64);
      Objective self = i % 2 == 0 ? rotation() : simClr();
      Objective weak = new Supervised(0, WEAK);
      zoo.add(declaration("sup", cnn.size, cnn.architecture, weak, images, epochs, 4 * i));
      zoo.add(declaration("sup", vit.size, vit.architecture, weak, images, longer, 4 * i + 1));
      zoo.add(declaration("text", other.size, other.architecture, text, images, epochs, 4 * i + 2));
      zoo.add(
          declaration(
              self.name(), other.size, other.architecture, self, images, longer, 4 * i + 3));
    }
    return zoo;
  }

  private static ModelDeclaration supervised(
      String size, Architecture architecture, String data, int epochs, long seed) {
    return declaration(
        "sup", size, architecture, new Supervised(0, WEAK), generated(data), epochs, seed);
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

  private static Objective rotation() {
    return new SelfSupervised.Rotation(Augmentation.NONE.withShift(2));
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
