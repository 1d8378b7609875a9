package dev.kindred.network.zoo;

import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import dev.kindred.network.training.Shuffle;
import dev.kindred.stimuli.ImageSet;
import dev.kindred.stimuli.ImageSets;
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
      return ImageSets.generated(recipe, pixels, trainImages, seed);
    }

    @Override
    public ImageSet test() {
      return ImageSets.generated(recipe, pixels, testImages, seed + 1);
    }

    @Override
    public Provenance provenance() {
      // a set of no images has the generator's version and costs nothing
      Provenance generator = ImageSets.generated(recipe, pixels, 0, seed).provenance();
      return Provenance.of("zoo data", java.util.Map.of("data", toString()), generator);
    }
  }

  /**
   * Images that are at hand, such as those of a manifest.
   *
   * @param train training images
   * @param test test images
   */
  record Given(ImageSet train, ImageSet test) implements TrainingData {
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

    @Override
    public String name() {
      return train.name();
    }

    @Override
    public Provenance provenance() {
      return Provenance.of("zoo data", train.provenance(), test.provenance());
    }
  }
}
