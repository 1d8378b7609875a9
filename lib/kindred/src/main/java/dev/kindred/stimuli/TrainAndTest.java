package dev.kindred.stimuli;

import java.util.BitSet;
import java.util.stream.IntStream;

/**
 * Two disjoint sets of images with the same classes.
 *
 * @param train images to learn from
 * @param test images to be judged by
 */
public record TrainAndTest(ImageSet train, ImageSet test) {

  /**
   * The same without the test images of classes that no training image shows, as where a part of a
   * data set has some classes only: nobody can learn those, and they would count as errors. Images
   * without a label stay, and so does everything where the two sets name their classes differently.
   */
  public TrainAndTest withoutUnseenClasses() {
    if (!train.classNames().equals(test.classNames())) {
      return this;
    }
    BitSet seen = new BitSet();
    IntStream.range(0, train.size())
        .map(train::label)
        .filter(label -> label != ImageSet.NO_LABEL)
        .forEach(seen::set);
    int[] kept =
        IntStream.range(0, test.size())
            .filter(i -> test.label(i) == ImageSet.NO_LABEL || seen.get(test.label(i)))
            .toArray();
    return kept.length == test.size() ? this : new TrainAndTest(train, test.select(kept));
  }

  /**
   * The images of some classes.
   *
   * @param classes their numbers in both sets, ascending; they are numbered anew in this order
   */
  public TrainAndTest ofClasses(int[] classes) {
    return new TrainAndTest(
        new ImagesOfClasses(train, classes), new ImagesOfClasses(test, classes));
  }
}
