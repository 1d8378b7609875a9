package dev.kindred.study.grounding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.Profile;
import dev.kindred.base.Store;
import dev.kindred.measure.Measure;
import dev.kindred.measure.Measures;
import dev.kindred.network.zoo.TrainingData;
import dev.kindred.stimuli.ImageSet;
import dev.kindred.study.source.StorableStudy;
import dev.kindred.study.source.StoredStudy;
import dev.kindred.study.source.StudyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class GroundingStudyTest {
  private static final List<String> NAMES =
      List.of("procrustes", "cka", "mutual-knn", "linear-regression", "hsic");
  private static final GroundingSizes SIZES = GroundingSizes.of(Profile.TEST);
  private static final int DEPTHS = 5;

  @TempDir Path temporary;

  private static Map<String, Measure> measures() {
    Map<String, Measure> measures = new LinkedHashMap<>();
    NAMES.forEach(name -> measures.put(name, Measures.parse(name)));
    return measures;
  }

  private Subtasks subtasks(Map<String, Measure> measures) {
    Store store = Store.open(temporary.resolve("store"));
    GroundingImages images = GroundingImages.of(GroundingImages.GENERATED, SIZES, 42);
    return new Subtasks(new Population("cnn", images, SIZES, 42, store), SIZES, measures, store);
  }

  @Test
  void everySubtaskHasDistancesBesideAccuracies() {
    Subtasks subtasks = subtasks(measures());
    GroundingImages images = GroundingImages.of(GroundingImages.GENERATED, SIZES, 42);

    Map<String, double[][]> layers = subtasks.layers();
    double[][] accuracies = layers.get(Subtasks.ACCURACY);
    assertThat(accuracies).hasDimensions(SIZES.seeds(), DEPTHS);
    // A depth that is taken for another has its accuracy.
    assertThat(Arrays.stream(accuracies).anyMatch(a -> a[0] != a[DEPTHS - 1])).isTrue();
    int best = (int) layers.get(Subtasks.REFERENCES)[0][0];
    for (double[] network : accuracies) {
      assertThat(accuracies[best][DEPTHS - 1]).isGreaterThanOrEqualTo(network[DEPTHS - 1]);
    }
    double[][] toReference = layers.get("procrustes");
    assertThat(toReference).hasDimensions(SIZES.seeds() * DEPTHS, SIZES.seeds());
    assertThat(toReference[best * DEPTHS + DEPTHS - 1][best]).isCloseTo(0, within(1e-6));
    assertThat(toReference[best * DEPTHS][best]).isGreaterThan(0.1);
    assertThat(Arrays.stream(toReference[0]).filter(Double::isFinite)).hasSize(SIZES.references());
    assertThat(layers.get(Subtasks.CHANCE)[0][0]).isBetween(0.05, 0.5);
    assertThat(right(layers, Subtasks.SEEN + Subtasks.USUAL, DEPTHS + 2, Subtasks.USUAL))
        .isEqualTo(accuracies[1][2]);

    Map<String, double[][]> components = subtasks.components();
    int deepest = DEPTHS - 1;
    int levels = 1 + SIZES.kept().size();
    assertThat(components.get(Subtasks.REFERENCES + " " + deepest)[0][0]).isEqualTo(best);
    double[][] deleted = components.get("cka " + deepest);
    assertThat(deleted).hasDimensions(SIZES.seeds() * levels, SIZES.seeds());
    assertThat(deleted[best * levels][best]).isCloseTo(0, within(1e-6));
    List<Integer> references =
        Arrays.stream(components.get(Subtasks.REFERENCES + " " + deepest)[0])
            .mapToObj(r -> (int) r)
            .toList();
    for (int network = 0; network < SIZES.seeds(); network++) {
      // Nothing deleted: the distances of (a).
      assertThat(deleted[network * levels][best])
          .isCloseTo(layers.get("cka")[network * DEPTHS + deepest][best], within(1e-5));
      // Either network may be the reference, the one with deletion too.
      for (int other = 0; other < SIZES.seeds(); other++) {
        assertThat(Double.isFinite(deleted[network * levels + 1][other]))
            .isEqualTo(references.contains(network) || references.contains(other));
      }
    }
    assertThat(right(components, Subtasks.SEEN + deepest, levels + 1, Subtasks.USUAL))
        .isEqualTo(components.get(Subtasks.ACCURACY + " " + deepest)[1][1]);
    // Fewer directions predict less of more, but are predicted as well as before.
    double[][] fromLeft = components.get("linear-regression " + deepest);
    double[][] fromWhole = components.get(Subtasks.REVERSED + "linear-regression " + deepest);
    assertThat(fromLeft[best * levels + 1][best]).isGreaterThan(0.001);
    assertThat(fromWhole[best * levels + 1][best]).isCloseTo(0, within(1e-6));
    assertThat(components).doesNotContainKey(Subtasks.REVERSED + "cka " + deepest);

    Map<String, double[][]> maps = subtasks.maps();
    assertThat(maps.get("cka")).hasDimensions(SIZES.shown() * DEPTHS, SIZES.shown() * DEPTHS);
    assertThat(maps.get("cka")[1][DEPTHS]).isEqualTo(maps.get("cka")[DEPTHS][1]);
    assertThat(maps.get(Subtasks.KEPT)[0]).startsWith(47, 39, 31).endsWith(7, 6, 5, 4, 3, 2, 1);
    double[][] shrinking = maps.get("procrustes deleted " + deepest);
    assertThat(shrinking).hasDimensions(SIZES.shown(), maps.get(Subtasks.KEPT)[0].length);
    assertThat(shrinking[1]).isSorted();
    double[][] predicted = maps.get("linear-regression");
    assertThat(predicted[1][DEPTHS]).isNotEqualTo(predicted[DEPTHS][1]);

    Map<String, double[][]> distortions = subtasks.distortions();
    assertThat(distortions.get(Subtasks.ACCURACY)).hasDimensions(SIZES.seeds(), 1 + 17);
    double[] labels = distortions.get(Subtasks.LABELS + "rotation")[0];
    int rotation = 1 + List.copyOf(images.distortions().keySet()).indexOf("rotation");
    for (int network = 0; network < SIZES.seeds(); network++) {
      assertThat(right(distortions, Subtasks.SEEN + "rotation", network, "rotation"))
          .isEqualTo(distortions.get(Subtasks.ACCURACY)[network][rotation]);
    }
    double mode =
        Arrays.stream(labels)
            .boxed()
            .collect(Collectors.groupingBy(label -> label, Collectors.counting()))
            .values()
            .stream()
            .mapToLong(count -> count)
            .max()
            .orElseThrow();
    assertThat(distortions.get(Subtasks.CHANCE)[0][rotation]).isEqualTo(mode / labels.length);
    assertThat(distortions.get("mutual-knn 0")).hasDimensions(SIZES.seeds(), SIZES.seeds());
    assertThat(distortions.get("mutual-knn 0")).isNotEqualTo(distortions.get("mutual-knn 4"));

    Map<String, double[][]> stress = subtasks.stress();
    assertThat(stress.get(Subtasks.ACCURACY))
        .hasDimensions(SIZES.pretrainings() * SIZES.fineTunings(), 1 + 2);
    // What (c) and (d) share is trained once: the same numbers.
    assertThat(stress.get("cka 2")[0][1]).isEqualTo(distortions.get("cka 2")[0][1]);
    double[] times = distortions.get(Subtasks.TIMES + "cka 2")[0];
    assertThat(times[1]).isEqualTo(SIZES.seeds());
    assertThat(times[3]).isEqualTo(SIZES.seeds() * (SIZES.seeds() - 1) / 2.0);
  }

  /** The share of right answers among what is recorded. */
  private static double right(
      Map<String, double[][]> arrays, String seen, int row, String labelled) {
    double[] answers = arrays.get(seen)[row];
    double[] labels = arrays.get(Subtasks.LABELS + labelled)[0];
    assertThat(answers).hasSameSizeAs(labels);
    return IntStream.range(0, labels.length).filter(i -> answers[i] == labels[i]).count()
        / (double) labels.length;
  }

  @Test
  void aStoredStudyIsVerifiedByNetworksThatAreTrainedAgain() throws IOException {
    GroundingStudy study = new GroundingStudy(measures());
    var settings = GroundingStudy.settings(List.of(), Profile.TEST, 100, 42);
    StoredStudy stored =
        new StudyWriter(temporary.resolve("stored"))
            .write(study, settings, (file, finished, all, seconds, left) -> {});

    assertThat(stored.files())
        .contains("measures.csv", "populations.csv", "generated-cnn-stress.npz", "decisions.csv")
        .hasSize(2 + 5 + 1);
    assertThat(Files.readAllLines(stored.file("decisions.csv"))).hasSize(1 + 7);
    GroundingResults opened = GroundingResults.of(stored);
    assertThat(opened.measures()).isEqualTo(NAMES);
    GroundedPopulation population = opened.populations().get(0);
    assertThat(population.depths()).hasSize(DEPTHS);
    assertThat(population.tasks().stream().map(GroundedTask::name))
        .containsExactly(
            "(a) layers", "(b) components", "(c) distortions", "(d) textures", "(d) colours");
    assertThat(population.tasks().get(4).networks())
        .isEqualTo(
            new GroundedTask.Networks(
                "pre-trained and fine-tuned", SIZES.pretrainings(), SIZES.fineTunings()));
    // What is read is what is made, to seven digits.
    double[][] made =
        Arrays.stream(subtasks(measures()).distortions().get("cka 2"))
            .map(row -> Arrays.stream(row).map(value -> (float) value).toArray())
            .toArray(double[][]::new);
    double[][] read = population.arrays(GroundingStudy.Part.DISTORTIONS).get("cka 2");
    // NaN on the diagonal is equal to itself.
    assertThat(Arrays.deepEquals(read, made)).isTrue();
    theTableOfTasksSaysWhatNetworksCanDo(opened, population);
    assertThat(Files.readAllLines(stored.file("measures.csv")))
        .contains(
            "measure,kind,note",
            "cka,similarity,",
            "hsic,similarity,\"depends on the scale of the responses, which it gets as they are\"");
    List<StorableStudy.Check> checks = study.verify(stored, settings, 7);
    assertThat(checks).hasSize(1 + 2 * NAMES.size()).allMatch(StorableStudy.Check::agrees);
    // Networks of another seed are others.
    settings.put("seed", "43");
    assertThat(study.verify(stored, settings, 7)).anyMatch(check -> !check.agrees());
  }

  private static void theTableOfTasksSaysWhatNetworksCanDo(
      GroundingResults opened, GroundedPopulation population) {
    Table tasks = GroundingSummary.tasks(opened);
    double[] distorted =
        Arrays.stream(population.arrays(GroundingStudy.Part.DISTORTIONS).get(Subtasks.ACCURACY))
            .mapToDouble(GroundedPopulation::onDistortions)
            .toArray();
    Map<String, double[][]> layers = population.arrays(GroundingStudy.Part.LAYERS);
    Map<String, double[][]> stress = population.arrays(GroundingStudy.Part.STRESS);
    List<double[]> accuracies =
        List.of(
            column(layers.get(Subtasks.ACCURACY), DEPTHS - 1),
            column(layers.get(Subtasks.ACCURACY), DEPTHS - 1),
            distorted,
            column(stress.get(Subtasks.ACCURACY), 1),
            column(stress.get(Subtasks.ACCURACY), 2));
    for (int task = 0; task < accuracies.size(); task++) {
      double[] of = accuracies.get(task);
      assertThat(tasks.doubleColumn("lowest accuracy").get(task))
          .isCloseTo(Arrays.stream(of).min().orElseThrow(), within(1e-6));
      assertThat(tasks.doubleColumn("highest accuracy").get(task))
          .isCloseTo(Arrays.stream(of).max().orElseThrow(), within(1e-6));
    }
    assertThat(tasks.doubleColumn("chance").get(0))
        .isCloseTo(layers.get(Subtasks.CHANCE)[0][0], within(1e-6));
    assertThat(tasks.doubleColumn("chance").get(4))
        .isCloseTo(stress.get(Subtasks.CHANCE)[0][2], within(1e-6));
    assertThat(tasks.stringColumn("reliability").asList()).hasSize(5).doesNotContain("");
  }

  private static double[] column(double[][] matrix, int at) {
    return Arrays.stream(matrix).mapToDouble(row -> row[at]).toArray();
  }

  @Test
  void fortyMeasuresOrMoreApplyAndTheOthersHaveReasons() {
    assertThat(GroundedMeasures.all()).hasSizeGreaterThanOrEqualTo(40);
    assertThat(GroundedMeasures.all().keySet())
        .startsWith("procrustes", "cka[estimator=biased]", "pwcca", "pwcca[weights=all]");
    assertThat(GroundedMeasures.leftOut().keySet())
        .contains("accuracy-gap", "stochastic-shape-energy");
    assertThat(
            Measures.all().stream()
                .map(entry -> entry.name())
                .filter(name -> !GroundedMeasures.leftOut().containsKey(name)))
        .allMatch(
            name ->
                GroundedMeasures.all().keySet().stream()
                    .anyMatch(text -> text.equals(name) || text.startsWith(name + "[")));
  }

  @Test
  void transformersSeeMoreOfTheImagesThatAreDrawn() {
    GroundingImages images = GroundingImages.of(GroundingImages.GENERATED, SIZES, 42);
    assertThat(trainingOf("cnn", images)).isEqualTo(images.training());

    TrainingData more = trainingOf("vit", images);
    ImageSet few = images.training().train();
    ImageSet many = more.train();
    assertThat(few.size()).isEqualTo(SIZES.trainImages());
    assertThat(many.size()).isEqualTo(SIZES.transformerImages()).isGreaterThan(few.size());
    // Probes are trained on the first of them, which both architectures have seen.
    for (int i = 0; i < few.size(); i++) {
      assertThat(many.label(i)).isEqualTo(few.label(i));
      assertThat(many.pixels(i)).isEqualTo(few.pixels(i));
    }
    assertThat(more.test().provenance()).isEqualTo(images.training().test().provenance());

    TrainingData given = new TrainingData.Given(few, images.training().test());
    GroundingImages photographs =
        new GroundingImages("photographs", given, given, Map.of(), Map.of());
    assertThat(trainingOf("vit", photographs)).isSameAs(given);
  }

  private TrainingData trainingOf(String architecture, GroundingImages images) {
    Store store = Store.open(temporary.resolve("store"));
    return new Population(architecture, images, SIZES, 42, store).plans(List.of(1)).get(0).data();
  }

  @Test
  void otherPhotographsAreRefused() {
    assertThatThrownBy(() -> GroundingImages.of("no such data", SIZES, 42))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no such data");
  }

  @Test
  void hoursAreStatedBeforehand() {
    assertThat(forecast()).startsWith("224 networks, ");
    double both = hours(forecast());
    double generated = hours(forecast(GroundingImages.GENERATED));
    double photographs = hours(forecast("cifar-10"));
    assertThat(both).isCloseTo(generated + photographs, within(0.15));
    // Twenty transformers are shown 64,000 more of the images that are drawn.
    assertThat(generated).isGreaterThan(photographs + 0.1);
  }

  private static String forecast(String... dataSets) {
    return new GroundingStudy()
        .forecast(GroundingStudy.settings(List.of(dataSets), Profile.REAL, 1, 1))
        .get(0);
  }

  private static double hours(String forecast) {
    Matcher matcher =
        Pattern.compile("about ([0-9.]+) hours on one processor from the start").matcher(forecast);
    assertThat(matcher.find()).isTrue();
    return Double.parseDouble(matcher.group(1));
  }
}
