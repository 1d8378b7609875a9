package dev.kindred.study.grounding;

import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.network.zoo.TrainingData;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.ImageSet;
import dev.kindred.stimuli.ImageSetBuilder;
import dev.kindred.stimuli.shift.Shift;
import dev.kindred.stimuli.shift.Shifts;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntPredicate;
import java.util.function.IntUnaryOperator;
import java.util.stream.IntStream;

/**
 * Images of the four subtasks: those that networks are trained on, a narrower task to fine-tune
 * them for, and images by which the fine-tuned are put to the test.
 *
 * @param name of the data
 * @param training what networks are trained on first, with the images by which (a) and (b) judge
 * @param fineTuning the narrower task: classes, some of whose images are never shown
 * @param distortions (c): the test images of the fine-tuning under each of the seventeen shifts
 * @param stress (d): images of the fine-tuning's classes of a kind that it never showed
 */
record GroundingImages(
    String name,
    TrainingData training,
    TrainingData fineTuning,
    Map<String, ImageSet> distortions,
    Map<String, ImageSet> stress) {
  /** The name of the generated images. */
  static final String GENERATED = "generated";

  /** Colours that no image of the fine-tuning has. */
  private static final String COLOURS = "colours";

  private static final int SIDE = 32;

  /** Four shapes in four textures; the fine-tuning shows shapes in the first two. */
  private static final String COMBINATIONS = "combinations";

  private static final int TEXTURES = 4;
  private static final int SHOWN_TEXTURES = 2;

  private static final List<String> ANIMALS =
      List.of("cat", "dog", "horse", "bird", "deer", "frog");
  private static final List<String> VEHICLES = List.of("automobile", "truck", "airplane", "ship");

  /** Classes of photographs that the fine-tuning shows. */
  private static final List<String> SHOWN = List.of("cat", "dog", "horse", "automobile", "truck");

  /**
   * @param data {@link #GENERATED}, or the name of a data set with the classes of CIFAR-10
   * @param seed which images
   */
  static GroundingImages of(String data, GroundingSizes sizes, long seed) {
    return data.equals(GENERATED) ? generated(sizes, seed) : photographs(data, sizes, seed);
  }

  /**
   * What networks are trained on first, of another size where it is drawn: the first images are the
   * same, and so are those that it is tested by.
   */
  TrainingData training(int drawn) {
    return training instanceof TrainingData.Generated of
        ? new TrainingData.Generated(of.recipe(), of.pixels(), drawn, of.testImages(), of.seed())
        : training;
  }

  private static GroundingImages generated(GroundingSizes sizes, long seed) {
    Seeds seeds = new Seeds(seed).child("grounding");
    ImageSet train =
        DataSets.generated(COMBINATIONS, SIDE, sizes.fineImages(), seeds.seed("fine-tuning"));
    // Half of them are in textures that are shown.
    ImageSet test = DataSets.generated(COMBINATIONS, SIDE, sizes.testImages(), seeds.seed("test"));
    IntPredicate shown = label -> label % TEXTURES < SHOWN_TEXTURES;
    IntUnaryOperator shape = label -> label / TEXTURES;
    List<String> shapes =
        IntStream.range(0, train.classNames().size() / TEXTURES)
            .mapToObj(s -> train.classNames().get(s * TEXTURES).split(" ")[1])
            .toList();
    return of(
        GENERATED,
        new TrainingData.Generated(
            "things", SIDE, sizes.trainImages(), sizes.testImages(), seeds.seed("training")),
        new Task("shapes", shapes, shown, shape),
        train,
        test,
        "textures",
        seeds);
  }

  private static GroundingImages photographs(String data, GroundingSizes sizes, long seed) {
    Seeds seeds = new Seeds(seed).child("grounding");
    TrainingData.Given all =
        TrainingData.Given.open(
            data, SIDE, sizes.trainImages(), sizes.testImages(), seeds.seed("photographs"));
    List<String> classes = all.train().classNames();
    for (String name : classes) {
      if (!ANIMALS.contains(name) && !VEHICLES.contains(name)) {
        throw new InputException(
            data
                + ": expected the classes of CIFAR-10, "
                + String.join(", ", ANIMALS)
                + ", "
                + String.join(", ", VEHICLES)
                + ", found "
                + name);
      }
    }
    return of(
        data,
        all,
        new Task(
            "kinds",
            List.of("animal", "vehicle"),
            label -> SHOWN.contains(classes.get(label)),
            label -> ANIMALS.contains(classes.get(label)) ? 0 : 1),
        all.train().select(first(all.train(), sizes.fineImages())),
        all.test(),
        "classes",
        seeds);
  }

  private static int[] first(ImageSet images, int most) {
    return IntStream.range(0, Math.min(images.size(), most)).toArray();
  }

  /** What is fine-tuned for: which labels are shown, and to which class each belongs. */
  private record Task(
      String name, List<String> classes, IntPredicate shown, IntUnaryOperator classOf) {
    /** The images that are shown, or those that are not, with the labels that they came with. */
    ImageSet choose(ImageSet images, boolean wanted) {
      return images.select(
          IntStream.range(0, images.size())
              .filter(i -> shown.test(images.label(i)) == wanted)
              .toArray());
    }

    /** The same images with the classes of the task. */
    ImageSet labelled(ImageSet images) {
      ImageSetBuilder builder =
          ImageSet.builder(
                  images.name() + " " + name, images.width(), images.height(), images.channels())
              .classNames(classes);
      for (int i = 0; i < images.size(); i++) {
        builder.add(images.pixels(i), classOf.applyAsInt(images.label(i)), images.stimulusId(i));
      }
      return builder.build(
          Provenance.of("task", Map.of("task", name, "classes", classes), images.provenance()));
    }
  }

  private static GroundingImages of(
      String name,
      TrainingData training,
      Task task,
      ImageSet train,
      ImageSet test,
      String unseen,
      Seeds seeds) {
    ImageSet usual = task.choose(test, true);
    TrainingData fineTuning =
        new TrainingData.Given(
            name + " " + task.name(),
            task.labelled(task.choose(train, true)),
            task.labelled(usual));
    long shiftSeed = seeds.seed("shifts");
    Map<String, ImageSet> distortions = new LinkedHashMap<>();
    for (Shift shift : Shifts.moderate(SIDE)) {
      distortions.put(shift.family().name(), task.labelled(shift.apply(usual, shiftSeed)));
    }
    Map<String, ImageSet> stress = new LinkedHashMap<>();
    stress.put(unseen, task.labelled(task.choose(test, false)));
    stress.put(COLOURS, distortions.get(Shifts.named("false-colour").name()));
    return new GroundingImages(name, training, fineTuning, distortions, stress);
  }

  /** One set of the images of two, those of the first first. */
  static ImageSet joined(ImageSet first, ImageSet second) {
    ImageSetBuilder builder =
        ImageSet.builder(
                first.name() + " and " + second.name(),
                first.width(),
                first.height(),
                first.channels())
            .classNames(first.classNames());
    for (ImageSet images : List.of(first, second)) {
      for (int i = 0; i < images.size(); i++) {
        builder.add(images.pixels(i), images.label(i), images.stimulusId(i));
      }
    }
    return builder.build(Provenance.of("joined", first.provenance(), second.provenance()));
  }
}
