package dev.kindred.study.convergence;

import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.network.zoo.TrainingData;
import dev.kindred.stimuli.ImageSet;
import dev.kindred.stimuli.shift.Shift;
import dev.kindred.stimuli.shift.Shifts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * What networks are trained on, and the stimuli on which their layers are aligned: test images as
 * they are, and the same images under each of the seventeen shifts. Of a data set of more than
 * {@link ConvergenceSizes#classes} classes, so many are drawn.
 *
 * @param name of the data
 * @param training images to be trained on, and test images
 * @param sets the stimuli, {@link #USUAL} first
 * @param shifts what was done to them, as {@link Shifts#parse} reads it; empty for the usual ones
 */
record ConvergenceImages(
    String name, TrainingData training, Map<String, ImageSet> sets, List<String> shifts) {
  /** The stimuli of the distribution that networks are trained on. */
  static final String USUAL = "usual";

  /** The name of the generated images. */
  static final String GENERATED = "generated";

  /** Of those that a small transformer learns from few images, too. */
  private static final String RECIPE = "scenes";

  static ConvergenceImages of(String data, ConvergenceSizes sizes, long seed) {
    Seeds seeds = new Seeds(seed).child("convergence");
    TrainingData training =
        data.equals(GENERATED)
            ? new TrainingData.Generated(
                RECIPE,
                ConvergenceSizes.SIDE,
                sizes.trainImages(),
                sizes.stimuli(),
                seeds.seed("training"))
            : TrainingData.Given.open(
                data,
                ConvergenceSizes.SIDE,
                sizes.classes(),
                sizes.trainImages(),
                sizes.stimuli(),
                seeds.seed("photographs"));
    ImageSet all = training.test();
    // Every network is shown every set more than once.
    ImageSet usual =
        all.select(IntStream.range(0, Math.min(all.size(), sizes.stimuli())).toArray())
            .inMemory(Progress.NONE);
    Map<String, ImageSet> sets = new LinkedHashMap<>();
    List<String> shifts = new ArrayList<>();
    sets.put(USUAL, usual);
    shifts.add("");
    for (Shift shift : Shifts.moderate(ConvergenceSizes.SIDE)) {
      sets.put(
          shift.family().name(), shift.apply(usual, seeds.seed("shifts")).inMemory(Progress.NONE));
      shifts.add(shift.spec());
    }
    return new ConvergenceImages(data, training, sets, shifts);
  }

  ImageSet usual() {
    return sets.get(USUAL);
  }

  /**
   * How far a shift moves the images: the root of the mean squared difference of a pixel from that
   * of the image as it was, from 0 to 1.
   */
  double[] distances() {
    ImageSet usual = usual();
    return sets.values().stream().mapToDouble(set -> distance(usual, set)).toArray();
  }

  private static double distance(ImageSet usual, ImageSet shifted) {
    double squares = 0;
    long pixels = 0;
    for (int i = 0; i < usual.size(); i++) {
      byte[] before = usual.pixels(i);
      byte[] after = shifted.pixels(i);
      for (int k = 0; k < before.length; k++) {
        double change = ((before[k] & 0xff) - (after[k] & 0xff)) / 255.0;
        squares += change * change;
      }
      pixels += before.length;
    }
    return Math.sqrt(squares / pixels);
  }
}
