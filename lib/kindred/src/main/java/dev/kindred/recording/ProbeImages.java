package dev.kindred.recording;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.stimuli.ImageSet;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The fixed stimuli that a network is compared on during its training: batches of equal size, each
 * with the classes in equal shares (to within one image), one after the other.
 *
 * @param images all batches
 * @param batchSize images of a batch; divides their number
 */
public record ProbeImages(ImageSet images, int batchSize) {

  public ProbeImages {
    if (batchSize < 2 || images.size() == 0 || images.size() % batchSize != 0) {
      throw new InputException(
          "expected a number of probe images that is a multiple of the batch of at least 2, found "
              + images.size()
              + " images in batches of "
              + batchSize);
    }
  }

  /** Number of batches. */
  public int batches() {
    return images.size() / batchSize;
  }

  /**
   * Chooses probe images at random, none twice. Paper 2 takes four batches of 512 test images.
   *
   * @param from the images to choose from, usually those of the test set
   * @param batches number of batches
   * @param batchSize images of a batch
   * @param seeds for the choice
   */
  public static ProbeImages balanced(ImageSet from, int batches, int batchSize, Seeds seeds) {
    List<List<Integer>> classes = new ArrayList<>();
    for (int k = 0; k < from.classNames().size(); k++) {
      classes.add(new ArrayList<>());
    }
    for (int i = 0; i < from.size(); i++) {
      if (from.label(i) != ImageSet.NO_LABEL) {
        classes.get(from.label(i)).add(i);
      }
    }
    classes.removeIf(List::isEmpty);
    SplittableRandom random = seeds.stream("probe images");
    classes.forEach(members -> shuffle(members, random));
    int[] chosen = new int[batches * batchSize];
    int[] used = new int[classes.size()];
    for (int i = 0; i < chosen.length; i++) {
      // the classes take turns, so every batch holds nearly equal numbers of each
      int k = i % classes.size();
      if (used[k] == classes.get(k).size()) {
        throw new InputException(
            from.name()
                + ": too few images of a class for "
                + batches
                + " class-balanced batches of "
                + batchSize
                + "; it has "
                + used[k]);
      }
      chosen[i] = classes.get(k).get(used[k]++);
    }
    return new ProbeImages(from.select(chosen), batchSize);
  }

  private static void shuffle(List<Integer> members, SplittableRandom random) {
    for (int i = members.size() - 1; i > 0; i--) {
      int j = random.nextInt(i + 1);
      members.set(i, members.set(j, members.get(i)));
    }
  }
}
