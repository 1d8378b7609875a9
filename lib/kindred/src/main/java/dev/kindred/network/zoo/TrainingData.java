package dev.kindred.network.zoo;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.network.training.Shuffle;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.ImageSet;
import dev.kindred.stimuli.ImageSetBuilder;
import dev.kindred.stimuli.Sampling;
import dev.kindred.stimuli.TrainAndTest;
import java.util.Arrays;
import java.util.SplittableRandom;

/** Images that a member of the zoo is trained on, and others of the same kind to test it with. */
public interface TrainingData {
  /** Short name of the data set. */
  String name();

  ImageSet train();

  ImageSet test();

  /** Where the images come from; does not load them. */
  Provenance provenance();

  /**
   * Stimuli of the built-in generator.
   *
   * @param recipe name of the generated data set
   * @param pixels width and height
   * @param trainImages number of training images
   * @param testImages number of test images, drawn from another seed
   * @param seed the root seed
   */
  record Generated(String recipe, int pixels, int trainImages, int testImages, long seed)
      implements TrainingData {
    @Override
    public String name() {
      return recipe;
    }

    @Override
    public ImageSet train() {
      return DataSets.generated(recipe, pixels, trainImages, seed);
    }

    @Override
    public ImageSet test() {
      return DataSets.generated(recipe, pixels, testImages, seed + 1);
    }

    @Override
    public Provenance provenance() {
      // a set of no images has the generator's version and costs nothing
      Provenance generator = DataSets.generated(recipe, pixels, 0, seed).provenance();
      return Provenance.of("zoo data", java.util.Map.of("data", toString()), generator);
    }
  }

  /**
   * Images that are at hand, such as those of a manifest.
   *
   * @param name short name of the data set
   * @param train training images
   * @param test test images
   */
  record Given(String name, ImageSet train, ImageSet test) implements TrainingData {
    /** Named as the training images are. */
    public Given(ImageSet train, ImageSet test) {
      this(train.name(), train, test);
    }

    public Given {
      if (train.width() != test.width() || train.height() != test.height()) {
        throw new InputException(
            train.name()
                + ": training images have "
                + train.height()
                + "×"
                + train.width()
                + " pixels, test images "
                + test.height()
                + "×"
                + test.width());
      }
    }

    /** A share of one set for training and the rest for testing, at random by seed. */
    public static Given split(ImageSet all, double trainShare, long seed) {
      int[] order = Shuffle.order(all.size(), new SplittableRandom(seed));
      int cut = (int) Math.round(trainShare * all.size());
      return new Given(
          all.select(Arrays.copyOf(order, cut)),
          all.select(Arrays.copyOfRange(order, cut, order.length)));
    }

    /**
     * A data set that a manifest describes, as networks here take it: RGB, one size, some images of
     * every class, captions that name the class where there are no others. Where training and test
     * images have other classes, as in Omniglot, the training images are split by class.
     *
     * @param name its name, see {@link DataSets}
     * @param pixels width and height
     * @param trainImages most training images, the classes in equal shares
     * @param testImages most test images
     * @param seed which images
     */
    public static Given open(String name, int pixels, int trainImages, int testImages, long seed) {
      return open(name, pixels, Integer.MAX_VALUE, trainImages, testImages, seed);
    }

    /**
     * The same of some classes.
     *
     * @param classes most classes; where the data set names more, so many are drawn of those that
     *     have test images, and numbered anew in their order
     */
    public static Given open(
        String name, int pixels, int classes, int trainImages, int testImages, long seed) {
      return of(name, DataSets.trainAndTest(name), pixels, classes, trainImages, testImages, seed);
    }

    static Given of(
        String name,
        TrainAndTest both,
        int pixels,
        int classes,
        int trainImages,
        int testImages,
        long seed) {
      Seeds seeds = new Seeds(seed).child(name);
      TrainAndTest some = both;
      if (!some.train().classNames().equals(some.test().classNames())) {
        some = Sampling.splitByClass(some.train(), 0.2, seeds);
      }
      if (some.train().classNames().size() > classes) {
        some = some.ofClasses(Sampling.classes(some.test().labels(), classes, seeds));
      }
      return new Given(
          name,
          prepared(some.train(), pixels, trainImages, seeds.child("train")),
          prepared(some.test(), pixels, testImages, seeds.child("test")));
    }

    private static ImageSet prepared(ImageSet all, int pixels, int most, Seeds seeds) {
      int[] chosen = Sampling.stratified(all.labels(), most, seeds);
      // in random order: scores and batch statistics are taken from the first images
      int[] order = Shuffle.order(chosen.length, seeds.stream("order"));
      ImageSet some = all.select(Arrays.stream(order).map(i -> chosen[i]).toArray());
      ImageSet images = some.inMemory(pixels, 3, Progress.standard());
      return images.size() > 0 && images.caption(0).isPresent()
          ? images
          : images.captionedByClass();
    }

    @Override
    public Provenance provenance() {
      return Provenance.of("zoo data", train.provenance(), test.provenance());
    }
  }

  /**
   * Some training images with their labels permuted among them: every class that occurs is as
   * frequent as before, and says nothing. Test images keep their true labels.
   *
   * @param of the images with their true labels
   * @param images most training images, the first ones
   * @param seed of the permutation
   */
  record RandomLabels(TrainingData of, int images, long seed) implements TrainingData {
    @Override
    public String name() {
      return of.name();
    }

    @Override
    public ImageSet train() {
      ImageSet some = of.train().first(images);
      int[] order =
          Shuffle.order(some.size(), new Seeds(seed).child(name()).stream("random labels"));
      ImageSetBuilder permuted =
          ImageSet.builder(some.name(), some.width(), some.height(), some.channels())
              .classNames(some.classNames())
              .category(some.category());
      for (int i = 0; i < order.length; i++) {
        permuted.add(some.pixels(i), some.label(order[i]), some.stimulusId(i));
      }
      return permuted.build(
          Provenance.of("random labels", java.util.Map.of("seed", seed), some.provenance()));
    }

    @Override
    public ImageSet test() {
      return of.test();
    }

    @Override
    public Provenance provenance() {
      return Provenance.of(
          "zoo data on random labels",
          java.util.Map.of("images", images, "seed", seed),
          of.provenance());
    }
  }
}
