package dev.kindred.network.zoo;

import dev.kindred.base.Profile;
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
import dev.kindred.stimuli.ImageSet;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A zoo that is large enough for statistics: each of three objectives on each data set, with
 * convolutional networks of two sizes and a transformer, each from several seeds. Objective,
 * training data and architecture say nothing about each other.
 *
 * <p>Half of the cells of objective and data set have convolutional networks of the sizes medium
 * and large, half small and xlarge, as on a chessboard; transformers are small, medium and large in
 * a Latin square. The larger networks of the self-supervised cells learn by VICReg, the others by
 * SimCLR; transformers by masked autoencoding on natural images, by SimCLR on others. No two
 * networks start from the same weights.
 *
 * @param data the data sets, of different names
 * @param shown images that a convolutional network is shown, in whole visits of its data set;
 *     transformers are shown a quarter more, masked ones twice as many
 * @param seeds networks that differ in nothing else
 */
public record CrossedZoo(List<? extends TrainingData> data, long shown, int seeds) {
  private static final int BATCH = 64;
  private static final int PIXELS = 32;

  /** Processor time of training, measured: 25 to 40 s for 40,000 to 50,000 images. */
  private static final double SECONDS_PER_IMAGE = 7.5e-4;

  private static final int PATCH = 8;

  /** Seed of the first control; the networks' own are below. */
  private static final long FIRST_CONTROL = 10_001;

  private static final Augmentation SHIFTED = Augmentation.NONE.withShift(2);
  private static final Augmentation VIEWS = new Augmentation(0, true, 0.3, 0.3, 0.2, 0, 0);

  private static final List<Sized> MIDDLE =
      List.of(new Sized("cnn-medium", cnn(20, 4)), new Sized("cnn-large", cnn(24, 4)));
  private static final List<Sized> ENDS =
      List.of(new Sized("cnn-small", cnn(24, 3)), new Sized("cnn-xlarge", cnn(20, 5)));
  private static final List<Sized> TRANSFORMERS =
      List.of(
          new Sized("vit-small", VisionTransformer.small(48, 3, PATCH)),
          new Sized("vit-medium", VisionTransformer.small(64, 3, PATCH)),
          new Sized("vit-large", VisionTransformer.small(80, 4, PATCH)));

  /** An architecture and the name of its size. */
  private record Sized(String size, Architecture architecture) {}

  public CrossedZoo {
    data = List.copyOf(data);
  }

  /**
   * The zoo of a profile.
   *
   * @param names data sets to train on, generated or of manifests, whose files are fetched
   */
  public static CrossedZoo of(List<String> names, Profile profile) {
    int most = profile.choose(600, 2000, 4000, 50_000);
    int test = profile.choose(100, 500, 1000, 10_000);
    List<TrainingData> data = new ArrayList<>();
    for (String name : names) {
      data.add(
          DataSets.generatedNames().contains(name)
              ? new TrainingData.Generated(name, PIXELS, most, test, 100)
              : TrainingData.Given.open(name, PIXELS, most, test, 1));
    }
    return new CrossedZoo(data, shown(profile), seeds(profile));
  }

  private static long shown(Profile profile) {
    return profile.choose(600L, 10_000L, 40_000L, 5_000_000L);
  }

  private static int seeds(Profile profile) {
    return profile.choose(1, 1, 3, 3);
  }

  /** How many networks a profile has on so many data sets, and how long they take. */
  public static String forecast(int dataSets, Profile profile) {
    int own = dataSets * 9 * seeds(profile);
    int controls = dataSets * 2 * Math.min(2, seeds(profile));
    double hours = (own + controls) * shown(profile) * SECONDS_PER_IMAGE / 3600;
    return String.format(
        Locale.ROOT,
        "%d networks and %d on random labels: about %.1f hours of one processor if none is trained"
            + " yet, and half as much for responses, similarities and probes",
        own,
        controls,
        hours);
  }

  /** Stages end with pooling, so a further stage makes a network larger but hardly slower. */
  private static Architecture cnn(int width, int stages) {
    return new PlainCnn(width, java.util.Collections.nCopies(stages, 1), width << (stages - 1), 2);
  }

  /** The networks. */
  public List<ModelDeclaration> networks() {
    List<ModelDeclaration> zoo = new ArrayList<>();
    for (int set = 0; set < data.size(); set++) {
      ImageSet images = data.get(set).train();
      for (Objective.Kind kind : Objective.Kind.values()) {
        int cell = set + kind.ordinal();
        List<Sized> sizes = new ArrayList<>(convolutional(cell));
        sizes.add(TRANSFORMERS.get(cell % TRANSFORMERS.size()));
        for (Sized sized : sizes) {
          add(zoo, kind, sized, data.get(set), images);
        }
      }
    }
    return zoo;
  }

  private static List<Sized> convolutional(int cell) {
    return cell % 2 == 0 ? MIDDLE : ENDS;
  }

  private void add(
      List<ModelDeclaration> zoo,
      Objective.Kind kind,
      Sized sized,
      TrainingData trainingData,
      ImageSet images) {
    String category = images.category();
    boolean natural = category.startsWith("natural");
    Objective objective =
        switch (kind) {
          case SUPERVISED -> supervised(0, natural);
          case IMAGE_TEXT -> new ImageText(SHIFTED, 0.1, 64);
          case SELF_SUPERVISED -> selfSupervised(sized, category);
        };
    String name =
        switch (kind) {
          case SUPERVISED -> "sup";
          case IMAGE_TEXT -> "text";
          case SELF_SUPERVISED -> objective.name();
        };
    Architecture architecture = sized.architecture;
    long length = architecture instanceof VisionTransformer ? shown + shown / 4 : shown;
    if (objective instanceof MaskedAutoencoding
        && architecture instanceof VisionTransformer transformer) {
      architecture =
          new VisionTransformer(
              transformer.width(), transformer.depth(), transformer.heads(), PATCH, false, false);
      length = 2 * shown;
    }
    int epochs = visits(length, images);
    for (int copy = 1; copy <= seeds; copy++) {
      zoo.add(
          new ModelDeclaration(
              plan(
                  name + "-" + sized.size + "-" + trainingData.name() + "-" + copy,
                  architecture,
                  objective,
                  epochs,
                  1 + zoo.size()),
              trainingData));
    }
  }

  private static Objective supervised(double labelNoise, boolean mirrored) {
    return new Supervised(labelNoise, mirrored ? Augmentation.CROP_FLIP : SHIFTED);
  }

  private static Objective selfSupervised(Sized sized, String category) {
    if (sized.architecture instanceof VisionTransformer && category.startsWith("natural")) {
      return new MaskedAutoencoding(0.5, 64, Augmentation.NONE.withFlip(true));
    }
    // What has a direction is not mirrored.
    Augmentation views = VIEWS.withFlip(!category.equals("structured"));
    return sized.size.equals("cnn-large") || sized.size.equals("cnn-xlarge")
        ? new SelfSupervised.VicReg(views, 128)
        : new SelfSupervised.SimClr(views, 0.2, 64);
  }

  /**
   * A control: supervised networks whose labels are drawn at random, once before training, so that
   * there is nothing to learn but the images by heart. On each data set a convolutional network and
   * a transformer from two seeds at most.
   */
  public List<ModelDeclaration> onRandomLabels() {
    List<ModelDeclaration> zoo = new ArrayList<>();
    for (int set = 0; set < data.size(); set++) {
      ImageSet images = data.get(set).train();
      int classes = images.classNames().size();
      // Any class is as likely as the right one.
      Objective objective = supervised(1 - 1.0 / classes, images.category().startsWith("natural"));
      for (int copy = 1; copy <= Math.min(2, seeds); copy++) {
        for (Sized sized :
            List.of(
                convolutional(set).get(copy - 1),
                TRANSFORMERS.get((set + copy) % TRANSFORMERS.size()))) {
          zoo.add(
              new ModelDeclaration(
                  plan(
                      "random-" + sized.size + "-" + data.get(set).name(),
                      sized.architecture,
                      objective,
                      visits(shown, images),
                      FIRST_CONTROL + zoo.size()),
                  data.get(set)));
        }
      }
    }
    return zoo;
  }

  private static int visits(long shown, ImageSet images) {
    return (int) Math.max(1, Math.round((double) shown / Math.max(1, images.size())));
  }

  private static TrainingPlan plan(
      String name, Architecture architecture, Objective objective, int epochs, long seed) {
    return new TrainingPlan(
        name, architecture, objective, new Optimizer.AdamW(3e-3, 0.01, 0.1), BATCH, epochs, seed);
  }
}
