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
 * and large, half small and xlarge. On each data set one objective is odd, each in turn: over six
 * sets, every two objectives have the same sizes on two of them, and each has both pairs of sizes
 * equally often. Transformers are small, medium and large in a Latin square. The larger networks of
 * the self-supervised cells learn by VICReg, the others by SimCLR; transformers by masked
 * autoencoding on natural images, by SimCLR on others. No two networks start from the same weights.
 *
 * @param data the data sets, of different names
 * @param shown images that a convolutional network is shown, in whole visits of its data set;
 *     transformers are shown a quarter more, masked ones twice as many
 * @param seeds networks that differ in nothing else
 */
public record CrossedZoo(List<? extends TrainingData> data, long shown, int seeds) {
  private static final int BATCH = 64;
  private static final int PIXELS = 32;

  /** Processor time of training, measured: 4000 s for 186 networks of 24,000 images. */
  private static final double SECONDS_PER_IMAGE = 9e-4;

  /**
   * Processor time of responses, similarities and probes for each network of a zoo of 162, controls
   * included. Measured on 2000 images: about 450 s for all of a data set, a third of it for
   * responses, a fifth for probes.
   */
  private static final double SECONDS_PER_COMPARED_IMAGE = 1.4e-3;

  private static final int PATCH = 8;

  /** The objective that has other sizes than the two others, by data set in turn. */
  private static final List<Objective.Kind> ODD =
      List.of(Objective.Kind.SELF_SUPERVISED, Objective.Kind.SUPERVISED, Objective.Kind.IMAGE_TEXT);

  private static final String RANDOM = "random";
  private static final String SUPERVISED = "sup";

  /** As many as a small network learns by heart in the visits that it has. */
  private static final int BY_HEART = 500;

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
    return profile.choose(600L, 10_000L, 24_000L, 5_000_000L);
  }

  private static int seeds(Profile profile) {
    return profile.choose(1, 1, 3, 3);
  }

  /**
   * How many networks a profile has, and how long they and their comparison take.
   *
   * @param trainingSets number of data sets to train on
   * @param dataSets number of data sets to compare on
   * @param images images of each of those
   */
  public static String forecast(int trainingSets, int dataSets, int images, Profile profile) {
    int own = trainingSets * 9 * seeds(profile);
    int controls = trainingSets * 2 * Math.min(2, seeds(profile));
    return String.format(
        Locale.ROOT,
        "%d networks and %d on random labels: about %.1f hours of one processor if none is trained"
            + " yet, and %.1f for responses, similarities and probes on %d data sets",
        own,
        controls,
        (own + controls) * shown(profile) * SECONDS_PER_IMAGE / 3600,
        (double) own * dataSets * images * SECONDS_PER_COMPARED_IMAGE / 3600,
        dataSets);
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
        List<Sized> sizes = new ArrayList<>(convolutional(set, kind));
        sizes.add(TRANSFORMERS.get(cell % TRANSFORMERS.size()));
        for (Sized sized : sizes) {
          add(zoo, kind, sized, data.get(set), images);
        }
      }
    }
    return zoo;
  }

  private static List<Sized> convolutional(int set, Objective.Kind kind) {
    boolean odd = kind == ODD.get(set % ODD.size());
    return set / ODD.size() % 2 == 1 ^ odd ? ENDS : MIDDLE;
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
          case SUPERVISED -> new Supervised(0, natural ? Augmentation.CROP_FLIP : SHIFTED);
          case IMAGE_TEXT -> new ImageText(SHIFTED, 0.1, 64);
          case SELF_SUPERVISED -> selfSupervised(sized, category);
        };
    String name =
        switch (kind) {
          case SUPERVISED -> SUPERVISED;
          case IMAGE_TEXT -> "text";
          case SELF_SUPERVISED -> objective.name();
        };
    Architecture architecture = sized.architecture;
    long length = length(architecture);
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

  private long length(Architecture architecture) {
    return architecture instanceof VisionTransformer ? shown + shown / 4 : shown;
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
   * A control: networks that learn randomly permuted labels of a few images, unchanged, so often
   * that they can know them by heart, and there is nothing else to learn. On each data set both
   * convolutional networks and the transformer that also learn the true labels there, the
   * transformer from two seeds; each is shown as many images as its {@linkplain #counterpart
   * counterpart}.
   */
  public List<ModelDeclaration> onRandomLabels() {
    List<ModelDeclaration> zoo = new ArrayList<>();
    for (int set = 0; set < data.size(); set++) {
      TrainingData permuted = new TrainingData.RandomLabels(data.get(set), BY_HEART, 1);
      ImageSet images = permuted.train();
      Sized transformer = TRANSFORMERS.get(set % TRANSFORMERS.size());
      for (int copy = 1; copy <= Math.min(2, seeds); copy++) {
        Sized cnn = convolutional(set, Objective.Kind.SUPERVISED).get(copy - 1);
        zoo.add(onRandomLabels(cnn, permuted, images, 1, zoo.size()));
        zoo.add(onRandomLabels(transformer, permuted, images, copy, zoo.size()));
      }
    }
    return zoo;
  }

  private ModelDeclaration onRandomLabels(
      Sized sized, TrainingData permuted, ImageSet images, int copy, int index) {
    return new ModelDeclaration(
        plan(
            RANDOM + "-" + sized.size + "-" + permuted.name() + "-" + copy,
            sized.architecture,
            new Supervised(0, Augmentation.NONE),
            visits(length(sized.architecture), images),
            FIRST_CONTROL + index),
        permuted);
  }

  /** Whether a name is one of {@link #onRandomLabels()}. */
  public static boolean isOnRandomLabels(String name) {
    return name.startsWith(RANDOM + "-");
  }

  /**
   * The network of the same architecture, data and length that learns the true labels.
   *
   * @param onRandomLabels name of a network of {@link #onRandomLabels()}
   */
  public static String counterpart(String onRandomLabels) {
    return SUPERVISED + onRandomLabels.substring(RANDOM.length());
  }

  /**
   * What networks have in common that differ in their seed alone.
   *
   * @param name name of a network of {@link #networks()} or {@link #onRandomLabels()}
   */
  public static String declaration(String name) {
    return name.substring(0, name.lastIndexOf('-'));
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
