package dev.kindred.recording;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.measure.functional.Plane;
import dev.kindred.network.Network;
import dev.kindred.network.probe.LinearProbe;
import dev.kindred.network.probe.ProbeTraining;
import dev.kindred.network.training.Shuffle;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * What is recorded of linear probes, apart from the Gram embeddings, as it costs far more: at which
 * epochs, trained on which images, tested on which, and on how many planes.
 *
 * @param grid epochs at which probes are trained
 * @param train images that the probes are trained on
 * @param labels their classes as the probes learn them; wrong ones too where the network learnt
 *     wrong ones (paper 2)
 * @param test images on which their error is measured
 * @param planes planes through three training images of different classes, the same at all epochs
 * @param resolution points along each side of a plane's grid
 * @param drawn points along each side of a finer grid on the first plane, for a picture, or 0
 * @param training how the probes are trained
 * @param rate their learning rate
 * @param fromZero whether they begin at zero, or at random weights
 */
public record ProbePlan(
    EpochGrid grid,
    ImageSet train,
    int[] labels,
    ImageSet test,
    List<Plane> planes,
    int resolution,
    int drawn,
    ProbeTraining training,
    double rate,
    boolean fromZero) {
  /** How far a plane's grid reaches beyond its three images, as a share of their extent. */
  public static final double MARGIN = 0.1;

  public ProbePlan {
    planes = List.copyOf(planes);
    if (labels.length != train.size()) {
      throw new InputException(
          train.name() + ": expected " + train.size() + " labels, found " + labels.length);
    }
    if (drawn < 0 || drawn == 1 || drawn > 0 && planes.isEmpty()) {
      throw new InputException(
          "expected a picture of a plane of at least 2 points a side, found "
              + drawn
              + " on "
              + planes.size()
              + " planes");
    }
    if (!planes.isEmpty() && resolution < 2) {
      throw new InputException(
          "expected a grid of at least 2 points along a plane, found " + resolution);
    }
    if (train.classNames().size() > 256) {
      throw new InputException(
          train.name()
              + ": labels on planes are kept for up to 256 classes, found "
              + train.classNames().size());
    }
  }

  /**
   * Planes through random training images of three different classes, probes trained as in paper 2.
   *
   * @param planes number of planes, 500 in paper 2
   * @param resolution points along a side, 50 in paper 2
   * @param seeds for the choice of images
   */
  public static ProbePlan random(
      EpochGrid grid, ImageSet train, ImageSet test, int planes, int resolution, Seeds seeds) {
    SplittableRandom random = seeds.stream("planes");
    if (planes > 0 && Arrays.stream(train.labels()).distinct().count() < 3) {
      throw new InputException(train.name() + ": planes need images of three different classes");
    }
    List<Plane> chosen = new ArrayList<>();
    while (chosen.size() < planes) {
      int[] order = Shuffle.order(train.size(), random);
      int first = order[0];
      int second = other(train, order, first, first);
      int third = other(train, order, first, second);
      chosen.add(Plane.through(pixels(train, first), pixels(train, second), pixels(train, third)));
    }
    return new ProbePlan(
        grid,
        train,
        train.labels(),
        test,
        chosen,
        resolution,
        0,
        ProbeTraining.DYNAMICS,
        ProbeTraining.DYNAMICS_RATE,
        false);
  }

  /** The same with probes that are trained otherwise, from zero on, such as for few images. */
  public ProbePlan withTraining(ProbeTraining other, double otherRate) {
    return new ProbePlan(
        grid, train, labels, test, planes, resolution, drawn, other, otherRate, true);
  }

  /** The same planes, with probes that learn other labels of the training images. */
  public ProbePlan withLabels(int[] other) {
    return new ProbePlan(
        grid, train, other.clone(), test, planes, resolution, drawn, training, rate, fromZero);
  }

  /** The same with a picture of the first plane, of so many points along each side. */
  public ProbePlan withPicture(int side) {
    return new ProbePlan(
        grid, train, labels, test, planes, resolution, side, training, rate, fromZero);
  }

  LinearProbe train(Representation rows, Seeds seeds) {
    int classes = train.classNames().size();
    ProbeTraining.Setting setting = new ProbeTraining.Setting(rate, 0);
    return fromZero
        ? training.trainFromZero(rows, labels, classes, setting, seeds)
        : training.train(rows, labels, classes, List.of(setting), seeds).get(0);
  }

  private static int other(ImageSet images, int[] order, int a, int b) {
    for (int i : order) {
      if (images.label(i) != images.label(a) && images.label(i) != images.label(b)) {
        return i;
      }
    }
    throw new InputException(images.name() + ": planes need images of three different classes");
  }

  /** Pixels from 0 to 1 in the order of a network's input: channels, rows, columns. */
  private static double[] pixels(ImageSet images, int i) {
    byte[] bytes = images.pixels(i);
    int places = images.width() * images.height();
    int channels = images.channels();
    double[] values = new double[bytes.length];
    for (int place = 0; place < places; place++) {
      for (int c = 0; c < channels; c++) {
        values[c * places + place] = (bytes[place * channels + c] & 0xff) / 255.0;
      }
    }
    return values;
  }

  /** Points of all planes together. */
  public long points() {
    return (long) planes.size() * resolution * resolution;
  }

  void require(Network network) {
    if (train.channels() != network.input().channels()) {
      throw new InputException(
          train.name()
              + " has "
              + train.channels()
              + " channels, the network takes "
              + network.input().channels());
    }
  }
}
