package dev.kindred.study.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.SharedFiles;
import dev.kindred.base.InputException;
import dev.kindred.base.Profile;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import dev.kindred.base.Store;
import dev.kindred.measure.Measures;
import dev.kindred.network.Classification;
import dev.kindred.network.Pooling;
import dev.kindred.network.TestImages;
import dev.kindred.network.training.Moment;
import dev.kindred.network.zoo.TrainingData;
import dev.kindred.representation.Controls;
import dev.kindred.representation.EffectiveDimension;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import dev.kindred.stimuli.ImageSetBuilder;
import dev.kindred.stimuli.files.DataSettings;
import dev.kindred.stimuli.shift.Shift;
import dev.kindred.stimuli.shift.Shifts;
import dev.kindred.study.convergence.Comparison.Control;
import dev.kindred.study.source.StorableStudy;
import dev.kindred.study.source.StoredStudy;
import dev.kindred.study.source.StudyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConvergenceStudyTest {
  private static final ConvergenceSizes SIZES = ConvergenceSizes.of(Profile.TEST);
  private static final long SEED = 42;

  @TempDir Path temporary;

  @Test
  void aStoredStudyHoldsWhatTheNetworksGive() throws IOException {
    ConvergenceStudy study = new ConvergenceStudy();
    var settings = ConvergenceStudy.settings(List.of(), Profile.TEST, List.of(), SEED);
    StoredStudy stored =
        new StudyWriter(temporary.resolve("stored"))
            .write(study, settings, (file, finished, all, seconds, left) -> {});

    assertThat(stored.files())
        .contains("groups.csv", "generated-sets.csv", "generated-vit-maps.npz")
        .hasSize(1 + 5 + SIZES.groups().size() * 4);
    ConvergenceData data = ConvergenceData.read(stored, "generated");
    assertThat(data.moments())
        .containsExactly(
            Moment.afterEpoch(0),
            Moment.afterBatches(1),
            Moment.afterEpoch(1),
            Moment.afterEpoch(2));
    assertThat(data.sets()).hasSize(18).startsWith("usual", "colour").endsWith("cue-conflict");
    int layers = data.groups().get(0).layers().size();
    int pairs = SIZES.seeds() * (SIZES.seeds() - 1) / 2;
    int others = data.groups().get(1).layers().size();
    assertThat(data.depth().size()).isEqualTo((layers + others) * pairs * 2 * 2 * 4);
    assertThat(data.training().size()).isEqualTo((layers + others) * pairs * 2 * 4);
    // At the end for both kinds of units, of all stimuli and of halves; pooled at the beginning.
    assertThat(data.shifted().size()).isEqualTo((layers + others) * pairs * 18 * (2 * 3 + 1));
    assertThat(data.maps().size())
        .isEqualTo((layers * layers + layers * others + others * others) * (2 * 2 + 1));

    assertThat(Files.readString(temporary.resolve("stored/provenance.json")))
        .contains(
            "\"networks\": 6",
            "\"generated training images\": 128",
            "\"generated stimuli\": 40",
            "\"generated classes\": " + networks().images().usual().classNames().size());
    assertThat(new ConvergenceCost(SIZES, 0).comparisons())
        .isEqualTo(
            data.depth().size()
                + data.training().size()
                + data.shifted().size()
                + data.maps().size());

    requireSame(data);
    requireAgain(data);
    requireUntrained(data);
    requireBehaviour(data);
    requireDimensions(data);
    assertThat(data.classes()).isEqualTo(networks().images().usual().classNames());
    assertThat(Files.readString(temporary.resolve("stored/generated-classes.csv")))
        .startsWith("class,training images,stimuli\n" + data.classes().get(0) + ",");
    List<StorableStudy.Check> checks = study.verify(stored, settings, 7);
    assertThat(checks).hasSize(4 * 3).allMatch(StorableStudy.Check::agrees);
    // Networks of another seed are others, in every table.
    settings.put("seed", "43");
    List<StorableStudy.Check> ofOthers = study.verify(stored, settings, 7);
    for (String table : List.of("depth", "training", "sets", "maps")) {
      assertThat(ofOthers)
          .filteredOn(check -> check.what().contains(", " + table + ": seeds "))
          .hasSize(3)
          .anyMatch(check -> !check.agrees());
    }
  }

  /** What is drawn to be verified may be any: of halves, controls, shifts and early moments. */
  private void requireAgain(ConvergenceData data) {
    LayerAlignments alignments = new LayerAlignments(networks(), SIZES, SEED);
    for (AlignmentTable table :
        List.of(data.depth(), data.training(), data.shifted(), data.maps())) {
      for (int i = 5; i < table.size(); i += 1 + table.size() / 12) {
        AlignmentTable again = alignments.again(table.comparisons().get(i));
        assertThat(again.comparisons()).containsExactly(table.comparisons().get(i));
        for (AlignmentFamily family : AlignmentFamily.values()) {
          assertThat(again.folds(family, 0))
              .as("%s of %s", family, table.comparisons().get(i))
              .containsExactly(table.folds(family, i), within(2e-4));
        }
      }
    }
  }

  /** A comparison of each table is the measure's value for the responses that it speaks of. */
  private void requireSame(ConvergenceData data) {
    ConvergenceNetworks networks = networks();
    int end = data.end();
    List<List<Representation>> cnn = networks.layers(0, end, 0, Pooling.POOLED);
    List<List<Representation>> vit = networks.layers(1, end, 0, Pooling.POOLED);
    Comparison usual = new Comparison(0, 2, 1, 1, end, 0, Pooling.POOLED, Control.NONE, 0);
    for (AlignmentFamily family : AlignmentFamily.values()) {
      double expected = family.measure().compare(cnn.get(0).get(1), cnn.get(2).get(1));
      for (AlignmentTable table : List.of(data.depth(), data.training(), data.shifted())) {
        assertThat(table.value(family, usual)).isCloseTo(expected, within(1e-4));
      }
      assertThat(
              data.maps()
                  .value(
                      family, new Comparison(0, 4, 2, 0, end, 0, Pooling.POOLED, Control.NONE, 0)))
          .isCloseTo(family.measure().compare(cnn.get(0).get(2), vit.get(1).get(0)), within(1e-4));
    }
    Comparison early = new Comparison(3, 4, 0, 0, 1, 0, Pooling.CENTRE_PIXEL, Control.NONE, 0);
    assertThat(data.training().value(AlignmentFamily.PROCRUSTES, early))
        .isCloseTo(
            Measures.parse("procrustes-predictivity[seed=1,direction=mean]")
                .compare(
                    networks.layers(1, 1, 0, Pooling.CENTRE_PIXEL).get(0).get(0),
                    networks.layers(1, 1, 0, Pooling.CENTRE_PIXEL).get(1).get(0)),
            within(1e-4));
    // A rotation takes single units and leaves the rest; shuffled stimuli leave chance.
    Comparison rotated = new Comparison(0, 2, 1, 1, end, 0, Pooling.POOLED, Control.ROTATED, 0);
    Comparison shuffled = new Comparison(0, 2, 1, 1, end, 0, Pooling.POOLED, Control.SHUFFLED, 0);
    assertThat(data.depth().value(AlignmentFamily.LINEAR, shuffled))
        .isLessThan(data.depth().value(AlignmentFamily.LINEAR, usual) - 0.2);
    assertThat(data.depth().value(AlignmentFamily.MATCHING, rotated))
        .isLessThan(data.depth().value(AlignmentFamily.MATCHING, usual));
    assertThat(data.depth().value(AlignmentFamily.PROCRUSTES, shuffled))
        .isLessThan(data.depth().value(AlignmentFamily.PROCRUSTES, rotated));
    Comparison about =
        new Comparison(0, 2, 1, 1, end, 0, Pooling.POOLED, Control.ROTATED_ABOUT_MEAN, 0);
    Representation first = cnn.get(0).get(1);
    Representation second = cnn.get(2).get(1);
    Seeds random = new Seeds(SEED).child("convergence controls").child(second.id());
    assertThat(data.depth().value(AlignmentFamily.MATCHING, about))
        .isCloseTo(
            AlignmentFamily.MATCHING
                .measure()
                .compare(first, Controls.rotatedAboutMean(second, random)),
            within(1e-4));
    // Halves are other stimuli than all, and than each other.
    double[] parts =
        IntStream.range(0, 3)
            .mapToDouble(
                part ->
                    data.shifted()
                        .value(
                            AlignmentFamily.LINEAR,
                            new Comparison(0, 1, 0, 0, end, 3, Pooling.POOLED, Control.NONE, part)))
            .toArray();
    assertThat(parts).doesNotHaveDuplicates();
  }

  /** What a shift does without learning, and which layers match without it. */
  private void requireUntrained(ConvergenceData data) {
    ConvergenceNetworks networks = networks();
    AlignmentFamily family = AlignmentFamily.PROCRUSTES;
    for (int set : new int[] {0, 7}) {
      List<List<Representation>> vit = networks.layers(1, 0, set, Pooling.POOLED);
      Comparison of = new Comparison(3, 5, 1, 1, 0, set, Pooling.POOLED, Control.NONE, 0);
      assertThat(data.shifted().value(family, of))
          .isCloseTo(family.measure().compare(vit.get(0).get(1), vit.get(2).get(1)), within(1e-4));
    }
    assertThat(data.shifted().comparisons())
        .filteredOn(of -> of.moment() == 0)
        .allMatch(of -> of.pooling() == Pooling.POOLED && of.part() == 0);
    List<List<Representation>> cnn = networks.layers(0, 0, 0, Pooling.POOLED);
    List<List<Representation>> vit = networks.layers(1, 0, 0, Pooling.POOLED);
    List<double[][]> maps = LayerMaps.maps(data, Pooling.POOLED, family, Control.NONE, 0, 0, 1);
    assertThat(maps).hasSize(SIZES.maps());
    assertThat(maps.get(0)[2][0])
        .isCloseTo(family.measure().compare(cnn.get(0).get(2), vit.get(1).get(0)), within(1e-4));
    assertThat(LayerMaps.maps(data, Pooling.POOLED, family, Control.NONE, 0, 1).get(0)[2][0])
        .isNotEqualTo(maps.get(0)[2][0]);
    assertThat(LayerMaps.maps(data, Pooling.CENTRE_PIXEL, family, Control.NONE, 0, 0, 1)).isEmpty();
  }

  private void requireDimensions(ConvergenceData data) {
    ConvergenceNetworks networks = networks();
    LayerDimensions dimensions = data.dimensions();
    assertThat(dimensions.sets().length).isEqualTo(6);
    for (int network = 0; network < 6; network++) {
      int layers = data.groups().get(network / 3).layers().size();
      assertThat(dimensions.sets()[network]).hasDimensions(layers, 18);
      assertThat(dimensions.overTraining()[network]).hasDimensions(layers, 4);
      for (int layer = 0; layer < layers; layer++) {
        assertThat(dimensions.overTraining()[network][layer][3])
            .isEqualTo(dimensions.sets()[network][layer][0]);
      }
    }
    double[] shifted =
        networks.layers(1, data.end(), 11, Pooling.POOLED).stream()
            .mapToDouble(layers -> EffectiveDimension.participationRatio(layers.get(2)))
            .toArray();
    assertThat(dimensions.sets()[4][2][11]).isCloseTo(shifted[1], within(1e-5 * shifted[1]));
    assertThat(data.dimension(1, 2, 11))
        .isCloseTo(Arrays.stream(shifted).average().orElseThrow(), within(1e-4));
    double early =
        networks.layers(0, 1, 0, Pooling.POOLED).stream()
            .mapToDouble(layers -> EffectiveDimension.participationRatio(layers.get(0)))
            .average()
            .orElseThrow();
    assertThat(data.dimensionAt(0, 0, 1)).isCloseTo(early, within(1e-4));
  }

  private void requireBehaviour(ConvergenceData data) {
    NetworkBehaviour behaviour = data.behaviour();
    ConvergenceNetworks networks = networks();
    int[] labels = networks.images().usual().labels();
    assertThat(behaviour.accuracy()).hasDimensions(6, 18);
    assertThat(behaviour.overTraining()).hasDimensions(6, 4);
    for (int network = 0; network < 6; network++) {
      assertThat(behaviour.overTraining()[network][3]).isEqualTo(behaviour.accuracy()[network][0]);
    }
    assertThat(behaviour.accuracy()[4][5])
        .isEqualTo(
            Classification.accuracy(
                networks.scores(4, data.end(), List.of(5)).orElseThrow().get(0), labels));
    assertThat(behaviour.labels()).isEqualTo(labels);
    assertThat(behaviour.answers()).hasDimensions(6, 18);
    for (int network = 0; network < 6; network++) {
      assertThat(behaviour.answers()[network]).hasDimensions(18, 40);
      for (int set = 0; set < 18; set++) {
        assertThat(Classification.accuracy(behaviour.answers()[network][set], labels))
            .isEqualTo(behaviour.accuracy()[network][set]);
      }
    }
    assertThat(behaviour.answers()[4][5])
        .isEqualTo(
            Classification.predict(
                networks.scores(4, data.end(), List.of(5)).orElseThrow().get(0)));
    for (double[][] kappa : behaviour.errorConsistency()) {
      assertThat(kappa[1][4]).isEqualTo(kappa[4][1]).isBetween(-1.0, 1.0);
      assertThat(kappa[2][2]).isEqualTo(1);
    }
    assertThat(behaviour.distances()[0]).isZero();
    assertThat(Arrays.stream(behaviour.distances()).skip(1)).allMatch(d -> d > 0 && d < 1);
  }

  private ConvergenceNetworks networks() {
    return new ConvergenceNetworks(
        ConvergenceImages.of(ConvergenceImages.GENERATED, SIZES, SEED),
        SIZES,
        List.of(),
        SEED,
        Store.standard());
  }

  @Test
  void networksWithoutClassesAreJudgedByAProbe() {
    ConvergenceSizes sizes =
        new ConvergenceSizes(List.of("resnet-simclr"), 2, 60, 30, 1, List.of(), 1);
    ConvergenceImages images = ConvergenceImages.of(ConvergenceImages.GENERATED, sizes, SEED);
    ConvergenceNetworks networks =
        new ConvergenceNetworks(
            images, sizes, List.of(), SEED, Store.open(temporary.resolve("store")));

    List<Representation> scores = networks.scores(1, networks.end(), List.of(0, 4)).orElseThrow();

    assertThat(scores).hasSize(2);
    assertThat(scores.get(0).units()).isEqualTo(images.usual().classNames().size());
    assertThat(scores.get(0).row(0)).isNotEqualTo(scores.get(1).row(0));
  }

  /** Two networks with public weights beside two that are trained, on images of their classes. */
  @Test
  void singleNetworksAreAlignedWithEachOtherAndWithAll() throws IOException {
    Path mirror = SharedFiles.require("data/models").getParent();
    ConvergenceImages images =
        photographs(SharedFiles.require("data/cifar-10-part/test_batch.bin"));
    DataSettings places =
        new DataSettings(List.of(), List.of(mirror), temporary.resolve("data"), true);
    ConvergenceSizes sizes = new ConvergenceSizes(List.of("cnn-8"), 2, 40, 40, 1, List.of(), 2);
    ConvergenceNetworks networks =
        new ConvergenceNetworks(
            images,
            sizes,
            PublicNetwork.all(String.join(",", PublicNetwork.NAMES), places),
            SEED,
            Store.open(temporary.resolve("store")));
    assertThat(networks.count()).isEqualTo(4);
    assertThat(networks.aligned(0)).containsExactly(0, 1);
    assertThat(networks.aligned(1)).containsExactly(2, 3);
    assertThat(networks.aligned(2)).containsExactly(3);
    assertThat(ConvergenceStudy.Part.values())
        .filteredOn(part -> part.isOf(networks, 1))
        .containsExactly(
            ConvergenceStudy.Part.DEPTH, ConvergenceStudy.Part.SETS, ConvergenceStudy.Part.MAPS);
    assertThat(ConvergenceStudy.Part.values()).noneMatch(part -> part.isOf(networks, 2));

    LayerAlignments alignments = new LayerAlignments(networks, sizes, SEED);
    int end = networks.end();
    AlignmentTable depth = alignments.depth(1);
    assertThat(depth.size()).isEqualTo(3 * 4);
    // Their layers come pooled.
    assertThat(depth.comparisons()).allMatch(of -> of.pooling() == Pooling.POOLED);
    AlignmentFamily family = AlignmentFamily.PROCRUSTES;
    Comparison last = new Comparison(2, 3, 2, 2, end, 0, Pooling.POOLED, Control.NONE, 0);
    double expected =
        family
            .measure()
            .compare(
                networks.layers(1, end, 0, Pooling.POOLED).get(0).get(2),
                networks.layers(2, end, 0, Pooling.POOLED).get(0).get(2));
    assertThat(depth.value(family, last)).isEqualTo(expected).isGreaterThan(0.5);
    // Two maps with the seeds of the other group, one with the other single network.
    AlignmentTable maps = alignments.maps(0);
    assertThat(maps.comparisons().stream().map(Comparison::second).distinct())
        .containsExactly(1, 0, 2, 3);
    int layers = networks.groups().get(0).layers().size();
    // Their training is not known, so that no map of theirs is of untrained networks.
    assertThat(maps.size())
        .isEqualTo((2 * layers * layers * 2 + 2 * 2 * layers * 3) * 2 + 2 * layers * layers);
    assertThat(alignments.maps(1).size()).isEqualTo(3 * 3 * 2);
    assertThat(alignments.sets(1).size()).isEqualTo(2 * 3 * 3);

    NetworkBehaviour behaviour = NetworkBehaviour.of(networks);
    assertThat(behaviour.accuracy()[2][0]).isGreaterThan(0.8);
    assertThat(behaviour.overTraining()[2][0]).isNaN();
    assertThat(behaviour.overTraining()[2][end]).isEqualTo(behaviour.accuracy()[2][0]);
    assertThat(behaviour.errorConsistency()[1][2][3]).isBetween(-1.0, 1.0);
    LayerDimensions dimensions = LayerDimensions.of(networks);
    assertThat(dimensions.overTraining()[2][1][0]).isNaN();
    assertThat(dimensions.overTraining()[2][1][end]).isEqualTo(dimensions.sets()[2][1][0]);
    assertThat(dimensions.sets()[3][2][1]).isBetween(1.0, 39.0);
  }

  private static ConvergenceImages photographs(Path batch) throws IOException {
    ImageSet all = TestImages.cifar(batch);
    ImageSet train = named(all, 0);
    ImageSet test = named(all, 40);
    Map<String, ImageSet> sets = new LinkedHashMap<>();
    sets.put(ConvergenceImages.USUAL, test);
    Shift grey = Shifts.moderate(ConvergenceSizes.SIDE).get(0);
    sets.put("colour", grey.apply(test, 1));
    return new ConvergenceImages(
        "photographs", new TrainingData.Given(train, test), sets, List.of("", grey.spec()));
  }

  private static ImageSet named(ImageSet all, int from) {
    ImageSetBuilder images =
        ImageSet.builder("photographs from " + from, 32, 32, 3).classNames(PublicNetwork.CLASSES);
    for (int i = from; i < from + 40; i++) {
      images.add(all.pixels(i), all.label(i), all.stimulusId(i));
    }
    return images.build(Provenance.of("photographs", Map.of("from", from)));
  }

  @Test
  void networksOfOtherClassesAreNeitherRightNorWrong() throws IOException {
    Path module = SharedFiles.require("data/models/cifar10-resnet20.torchscript.pt");
    ConvergenceSizes sizes = new ConvergenceSizes(List.of(), 0, 20, 10, 1, List.of(), 1);
    ConvergenceNetworks networks =
        new ConvergenceNetworks(
            ConvergenceImages.of(ConvergenceImages.GENERATED, sizes, SEED),
            sizes,
            List.of(new PublicNetwork("cifar10-resnet20", module)),
            SEED,
            Store.open(temporary.resolve("store")));

    NetworkBehaviour behaviour = NetworkBehaviour.of(networks);

    assertThat(behaviour.accuracy()[0]).containsOnly(Double.NaN);
    assertThat(behaviour.errorConsistency()[3][0]).containsOnly(Double.NaN);
    Path file = temporary.resolve("behaviour.npz");
    behaviour.write(file);
    NetworkBehaviour read = NetworkBehaviour.read(file);
    assertThat(read.accuracy()[0][17]).isNaN();
    assertThat(read.answers()[0][17]).containsOnly(ImageSet.NO_LABEL);
    assertThat(read.labels()).isEqualTo(networks.images().usual().labels());
  }

  @Test
  void saysHowToGoWithoutNetworksThatAreNotHere() {
    DataSettings places =
        new DataSettings(
            List.of(), List.of(temporary.resolve("mirror")), temporary.resolve("data"), true);
    assertThat(PublicNetwork.all("none", places)).isEmpty();
    assertThatThrownBy(() -> PublicNetwork.all("cifar10-resnet56", places))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(
            "public network cifar10-resnet56: expected "
                + temporary.resolve("mirror/models/cifar10-resnet56.torchscript.pt"))
        .hasMessageEndingWith("found none; put it there, or go without by --public none")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> PublicNetwork.all("resnet", places))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "--public: expected none or some of cifar10-resnet20,cifar10-resnet56, found resnet");
    assertThat(ConvergenceStudy.settings(List.of(), Profile.REAL, List.of(), 1))
        .containsEntry("public", "cifar10-resnet20,cifar10-resnet56");
    assertThat(ConvergenceStudy.settings(List.of(), Profile.DEMO, List.of(), 1))
        .containsEntry("public", "none");
  }

  @Test
  void aTableIsReadAsItWasWritten() throws IOException {
    List<Comparison> comparisons =
        List.of(
            new Comparison(0, 1, 2, 3, 4, 5, Pooling.CENTRE_PIXEL, Control.SHUFFLED, 2),
            new Comparison(6, 7, 0, 0, 1, 0, Pooling.POOLED, Control.NONE, 0));
    Map<AlignmentFamily, double[][]> scores = new EnumMap<>(AlignmentFamily.class);
    for (AlignmentFamily family : AlignmentFamily.values()) {
      double[][] rows = new double[2][family.stored()];
      Arrays.setAll(rows[0], f -> -0.12345 + 0.1 * f);
      Arrays.fill(rows[1], Double.NaN);
      scores.put(family, rows);
    }
    Path file = temporary.resolve("table.npz");
    new AlignmentTable(comparisons, scores).write(file);
    AlignmentTable read = AlignmentTable.read(file);

    assertThat(read.comparisons()).isEqualTo(comparisons);
    for (AlignmentFamily family : AlignmentFamily.values()) {
      assertThat(read.value(family, 1)).isNaN();
      assertThat(read.folds(family, 0)[0])
          .isCloseTo(
              family == AlignmentFamily.MATCHING ? -0.12345 : -0.12345 + 0.25, within(5.1e-5));
    }
    assertThat(read.value(AlignmentFamily.LINEAR, 0, false))
        .isCloseTo(-0.12345 + 0.7, within(5.1e-5));
    assertThat(read.where(of -> of.first() == 6).comparisons()).containsExactly(comparisons.get(1));
    assertThat(Files.size(file)).isLessThan(2000);
  }

  @Test
  void classesAreFewWhereImagesAre() {
    assertThat(ConvergenceSizes.of(Profile.REAL).classes()).isEqualTo(20);
    assertThat(SIZES.classes()).isEqualTo(20);
    // All of Tiny ImageNet; an answer is a byte.
    assertThat(ConvergenceSizes.of(Profile.PAPER).classes()).isBetween(200, 255);
  }

  /** All groups have the same moments, so that what a short epoch lacks is nowhere. */
  @Test
  void noMomentIsBeyondTheFirstEpoch() {
    ConvergenceSizes real = ConvergenceSizes.of(Profile.REAL);
    assertThat(steps(real, 4000)).containsExactly(1, 2, 4, 8, 16);
    // SimCLR takes 128 images at a time: 16 batches, the last of which ends the epoch.
    assertThat(steps(real, 2050)).containsExactly(1, 2, 4, 8);
    assertThat(steps(real, 800)).containsExactly(1, 2, 4);
    assertThat(real.moments(800)).contains(Moment.afterEpoch(0), Moment.afterEpoch(10));
    assertThat(steps(SIZES, 128)).containsExactly(1);
  }

  private static List<Integer> steps(ConvergenceSizes sizes, int images) {
    return sizes.moments(images).stream().filter(Moment::isWithinEpoch).map(Moment::batch).toList();
  }

  @Test
  void hoursAreStatedBeforehand() {
    List<String> forecast =
        new ConvergenceStudy()
            .forecast(ConvergenceStudy.settings(List.of(), Profile.REAL, List.of("none"), 1));
    assertThat(forecast)
        .singleElement()
        .asString()
        .matches(
            "30 networks trained on each of 3 kinds of images, none with public weights, [0-9]+"
                + " comparisons each, about [34]\\.[0-9] processor hours from the start where a"
                + " kind has 4000 training images");
    assertThat(
            new ConvergenceStudy()
                .forecast(ConvergenceStudy.settings(List.of(), Profile.DEMO, List.of(), 1)))
        .singleElement()
        .asString()
        .startsWith("8 networks trained on each of 1 kinds of images, none with public weights,");
    // Single networks have maps with all groups, and depth and sets with each other.
    ConvergenceSizes one = new ConvergenceSizes(List.of("cnn-8"), 2, 40, 40, 1, List.of(), 2);
    int layers = TrainedGroup.of("cnn-8").layers().size();
    long more = 3L * (4 + 3 * 18) + 2 * (2 * 2 * layers * 3 + 3 * 3);
    assertThat(new ConvergenceCost(one, 2).comparisons())
        .isEqualTo(new ConvergenceCost(one, 0).comparisons() + more);
  }
}
