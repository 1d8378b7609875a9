package dev.kindred.network.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.SharedFiles;
import dev.kindred.base.CancelledException;
import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.base.Store;
import dev.kindred.network.Descriptor;
import dev.kindred.network.TestImages;
import dev.kindred.network.architecture.PlainCnn;
import dev.kindred.network.training.Augmentation;
import dev.kindred.network.training.Optimizer;
import dev.kindred.network.training.Supervised;
import dev.kindred.network.training.TrainingPlan;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.ImageSet;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZooTest {
  private static final TrainingData BARS =
      new TrainingData.Given(TestImages.bars(256, 16, 1, 1), TestImages.bars(128, 16, 1, 2));

  private static ModelDeclaration declaration(String name, int epochs, long seed) {
    return new ModelDeclaration(
        new TrainingPlan(
            name,
            new PlainCnn(2, List.of(1, 1), 4, 1),
            new Supervised(0, Augmentation.NONE),
            new Optimizer.Adam(1e-2),
            32,
            epochs,
            seed),
        BARS);
  }

  private static Zoo train(Store store, ModelDeclaration... declarations) {
    return Zoo.train(List.of(declarations), store, 2, Progress.NONE);
  }

  @Test
  void whatWasTrainedOnceIsFoundAgainAndWhatLearnedNothingIsLeftOut(@TempDir Path folder) {
    Store store = Store.open(folder);
    AtomicLong advanced = new AtomicLong();
    Progress counting =
        (label, total) ->
            new Progress.Task() {
              @Override
              public void advance(long units) {
                advanced.addAndGet(units);
              }
            };
    Zoo zoo =
        Zoo.train(
            List.of(declaration("learned", 12, 1), declaration("idle", 0, 1)), store, 2, counting);
    assertThat(advanced).hasValue(12);
    assertThat(zoo.members()).extracting(ZooMember::name).containsExactly("learned");
    assertThat(zoo.rejected()).extracting(ZooMember::name).containsExactly("idle");
    assertThat(zoo.withRejected().members())
        .extracting(ZooMember::name)
        .containsExactly("learned", "idle");
    ZooMember member = zoo.members().get(0);
    ModelScores scores = member.scores().orElseThrow();
    assertThat(scores.accuracy()).isGreaterThan(0.5);
    assertThat(scores.gain()).isGreaterThanOrEqualTo(ModelScores.LEAST_GAIN);
    assertThat(member.attributes()).isEqualTo(new ModelAttributes("Sup", "bars", "CNN", "small"));
    assertThat(member.curve().orElseThrow().last().orElseThrow().epoch()).isEqualTo(12);

    Zoo again = train(store, declaration("learned", 12, 1));
    assertThat(again.members().get(0).scores()).isEqualTo(member.scores());
    assertThat(store.list()).hasSize(2);

    ImageSet images = TestImages.bars(20, 16, 1, 9);
    Representation first = zoo.represent(images, store, Progress.NONE).get("learned");
    Representation second = again.represent(images, store, Progress.NONE).get("learned");
    assertThat(first.units()).isEqualTo(4);
    assertThat(first.row(3)).isEqualTo(second.row(3));
    assertThat(first.stimulusIds()).contains(images.stimulusIds());
    assertThat(zoo.table().rowCount()).isEqualTo(1);
  }

  @Test
  void anInterruptEndsTheWholeZoo(@TempDir Path folder) {
    Thread.currentThread().interrupt();
    try {
      assertThatThrownBy(() -> train(Store.open(folder), declaration("a", 5000, 1)))
          .isInstanceOf(CancelledException.class);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
  }

  @Test
  void featuresFromAFileAndTorchScriptAreMembersToo(@TempDir Path folder) {
    ImageSet images = TestImages.bars(3, 32, 3, 1);
    ModelAttributes attributes = new ModelAttributes("SSL", "IN1k", "TX", "large");
    ZooMember features =
        ZooMember.features(
            Representation.of("dino", new double[][] {{1, 2}, {3, 4}, {5, 6}})
                .withProvenance(Provenance.of("a file")),
            attributes);
    Store store = Store.open(folder);
    assertThat(features.represent(images, store).row(1)).containsExactly(3, 4);
    assertThatThrownBy(() -> features.represent(TestImages.bars(4, 32, 3, 1), Store.open(folder)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("holds features of 3 stimuli, bars has 4");

    Path file = SharedFiles.require("data/models/cifar10-resnet20.torchscript.pt");
    Descriptor descriptor = Descriptor.imagenet(32, "logits", "stage1", "stage2", "stage3");
    ZooMember imported = ZooMember.torchScript(file, descriptor, "stage3", attributes);
    Zoo zoo = train(store).with(List.of(features, imported));
    Map<String, Representation> all = zoo.represent(images, store, Progress.NONE);
    assertThat(all.keySet()).containsExactly("dino", "cifar10-resnet20");
    assertThat(all.get("cifar10-resnet20").units()).isEqualTo(64);
    assertThat(zoo.table().rowCount()).isEqualTo(2);
    assertThatThrownBy(() -> zoo.with(List.of(features)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("two models of the zoo are named dino");
  }

  /** What the notebooks count on: numbers, kinds, sizes and data sets. */
  @Test
  void theDeclaredZoosAreAsWideAsTheyMustBe() {
    List<ModelDeclaration> demo = ZooDeclarations.of("demo");
    assertThat(demo).hasSizeGreaterThanOrEqualTo(22);
    assertThat(objectives(demo, "Sup")).isGreaterThanOrEqualTo(8);
    assertThat(objectives(demo, "SSL")).isGreaterThanOrEqualTo(8);
    assertThat(objectives(demo, "Img-Txt")).isGreaterThanOrEqualTo(6);
    assertThat(demo).extracting(ModelDeclaration::name).doesNotHaveDuplicates();
    assertThat(demo.stream().map(ZooTest::size)).contains("small", "medium", "large", "xlarge");
    List<ModelDeclaration> test = ZooDeclarations.of("test");
    assertThat(test).hasSizeGreaterThanOrEqualTo(10);
    assertThat(test.stream().map(ZooTest::cell).distinct().count()).isGreaterThanOrEqualTo(9);
    assertThatThrownBy(() -> ZooDeclarations.of("moon")).isInstanceOf(InputException.class);
  }

  /** In the demo zoo, objective, training data, architecture and size say nothing of each other. */
  @Test
  void theDemoZooIsCrossed() {
    List<ModelDeclaration> demo = ZooDeclarations.of("demo");
    for (String family : List.of("CNN", "TRANSFORMER")) {
      List<ModelDeclaration> one = demo.stream().filter(d -> family(d).equals(family)).toList();
      Map<String, Long> cells =
          one.stream().collect(Collectors.groupingBy(ZooTest::cell, Collectors.counting()));
      assertThat(cells).as(family).hasSize(9);
      assertThat(Set.copyOf(cells.values())).as("models in a cell, %s", family).hasSize(1);
      assertThat(sizes(one, d -> d.plan().objective().kind().toString())).as(family).hasSize(1);
      assertThat(sizes(one, d -> d.data().name())).as(family).hasSize(1);
    }
  }

  /** The different collections of sizes that the groups have. */
  private static Set<List<String>> sizes(
      List<ModelDeclaration> zoo, Function<ModelDeclaration, String> group) {
    return zoo.stream().collect(Collectors.groupingBy(group)).values().stream()
        .map(models -> models.stream().map(ZooTest::size).sorted().toList())
        .collect(Collectors.toSet());
  }

  private static long objectives(List<ModelDeclaration> zoo, String kind) {
    return zoo.stream().filter(d -> d.plan().objective().kind().toString().equals(kind)).count();
  }

  private static String family(ModelDeclaration declaration) {
    return declaration.plan().architecture().family().name();
  }

  private static String cell(ModelDeclaration declaration) {
    return declaration.plan().objective().kind() + " " + declaration.data().name();
  }

  /** As the name has it: kind, architecture, size, data. */
  private static String size(ModelDeclaration declaration) {
    return declaration.name().split("-")[2];
  }

  @Test
  void aZooOnOnesOwnDataHasEveryObjectiveForEachDataSet() {
    ImageSet drawn = DataSets.generated("digits", 32, 40, 1);
    ImageSet grey = TestImages.bars(40, 20, 1, 1).captionedByClass();
    assertThat(grey.caption(0)).hasValueSatisfying(c -> assertThat(c).startsWith("a picture of "));
    ImageSet framed = grey.inMemory(32, 3, Progress.NONE);
    assertThat(framed.pixels(0)).hasSize(32 * 32 * 3);
    assertThat(framed.caption(0)).isEqualTo(grey.caption(0));
    assertThat(framed.provenance()).isNotEqualTo(grey.provenance());
    List<ModelDeclaration> zoo =
        ZooDeclarations.on(
            List.of(new TrainingData.Given(framed, framed), new TrainingData.Given(drawn, drawn)),
            160);
    assertThat(zoo).hasSize(8).extracting(ModelDeclaration::name).doesNotHaveDuplicates();
    for (ImageSet data : List.of(framed, drawn)) {
      assertThat(zoo.stream().filter(d -> d.data().name().equals(data.name())))
          .extracting(d -> d.plan().objective().kind().toString())
          .containsExactly("Sup", "Sup", "Img-Txt", "SSL");
    }
  }

  /** What a network needs is steps: a set of half the size is visited twice as often. */
  @Test
  void smallDataSetsAreVisitedMoreOften() {
    ImageSet drawn = DataSets.generated("digits", 32, 40, 1);
    ImageSet half = drawn.select(IntStream.range(0, 20).toArray());
    List<ModelDeclaration> zoo =
        ZooDeclarations.on(
            List.of(
                new TrainingData.Given("whole", drawn, drawn),
                new TrainingData.Given("half", half, drawn)),
            80);
    assertThat(zoo).extracting(d -> d.plan().epochs()).containsExactly(2, 3, 2, 3, 4, 6, 4, 6);
    assertThat(ZooDeclarations.on(List.of(new TrainingData.Given("much", drawn, drawn)), 1))
        .extracting(d -> d.plan().epochs())
        .containsOnly(1);
  }

  @Test
  void publicDataThatIsNotHereIsAnError() {
    assertThatThrownBy(() -> ZooDeclarations.onDataSets("real", List.of()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("none are here: set KINDRED_MANIFESTS");
  }
}
