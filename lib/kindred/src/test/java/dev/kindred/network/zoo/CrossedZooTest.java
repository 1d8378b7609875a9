package dev.kindred.network.zoo;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.Profile;
import dev.kindred.network.TestImages;
import dev.kindred.network.training.Augmentation;
import dev.kindred.network.training.MaskedAutoencoding;
import dev.kindred.network.training.Supervised;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.ImageSet;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class CrossedZooTest {
  private static final CrossedZoo SIX =
      new CrossedZoo(
          Stream.of("scenes", "flowers", "aerial", "cells", "textures", "counting")
              .map(name -> (TrainingData) new TrainingData.Generated(name, 32, 100, 20, 1))
              .toList(),
          1000,
          3);

  private static String kind(ModelDeclaration declaration) {
    return declaration.plan().objective().kind().toString();
  }

  private static String data(ModelDeclaration declaration) {
    return declaration.data().name();
  }

  private static String family(ModelDeclaration declaration) {
    return declaration.plan().architecture().family().name();
  }

  /** As the name has it: kind, architecture, size, data, copy. */
  private static String size(ModelDeclaration declaration) {
    return declaration.name().split("-")[2];
  }

  private static Map<String, Long> count(
      List<ModelDeclaration> zoo, Function<ModelDeclaration, String> group) {
    return zoo.stream().collect(Collectors.groupingBy(group, Collectors.counting()));
  }

  @Test
  void sixSetsGiveAHundredAndFiftyNetworksAndMore() {
    List<ModelDeclaration> zoo = SIX.networks();
    assertThat(zoo).hasSize(162);
    assertThat(count(zoo, d -> kind(d) + data(d) + family(d))).hasSize(36);
    assertThat(count(zoo, d -> kind(d) + data(d) + family(d) + size(d)).values()).containsOnly(3L);
  }

  @Test
  void attributesSayNothingAboutEachOther() {
    List<ModelDeclaration> zoo = SIX.networks();
    assertThat(Set.copyOf(count(zoo, d -> kind(d) + data(d)).values())).hasSize(1);
    assertThat(Set.copyOf(count(zoo, d -> kind(d) + family(d)).values())).hasSize(2);
    for (String family : List.of("CNN", "TRANSFORMER")) {
      List<ModelDeclaration> one = zoo.stream().filter(d -> family(d).equals(family)).toList();
      assertThat(count(one, d -> kind(d) + size(d)).values()).as(family).hasSizeBetween(9, 12);
      assertThat(Set.copyOf(count(one, d -> kind(d) + size(d)).values())).as(family).hasSize(1);
    }
  }

  /** Twins before training would be copies of each other if they were. */
  @Test
  void noTwoNetworksStartFromTheSameWeights() {
    List<ModelDeclaration> all = new ArrayList<>(SIX.networks());
    all.addAll(SIX.onRandomLabels());
    assertThat(all).extracting(d -> d.plan().seed()).doesNotHaveDuplicates();
    assertThat(all).extracting(ModelDeclaration::name).doesNotHaveDuplicates();
  }

  @Test
  void transformersAreMaskedOnNaturalImagesAndLearnFromTwoViewsOfOthers() {
    List<ModelDeclaration> transformers =
        SIX.networks().stream()
            .filter(d -> kind(d).equals("SSL") && family(d).equals("TRANSFORMER"))
            .toList();
    assertThat(transformers)
        .filteredOn(d -> d.plan().objective() instanceof MaskedAutoencoding)
        .extracting(CrossedZooTest::data)
        .containsOnly("scenes", "flowers");
  }

  /** Else a difference between two pairs of objectives would be one of sizes. */
  @Test
  void everyTwoObjectivesShareTheirSizesOnAsManyDataSets() {
    List<ModelDeclaration> cnns =
        SIX.networks().stream().filter(d -> family(d).equals("CNN")).toList();
    Map<String, Set<String>> sizes =
        cnns.stream()
            .collect(
                Collectors.groupingBy(
                    d -> kind(d) + data(d),
                    Collectors.mapping(CrossedZooTest::size, Collectors.toSet())));
    List<String> sets = SIX.data().stream().map(TrainingData::name).toList();
    for (List<String> pair :
        List.of(List.of("Sup", "SSL"), List.of("Sup", "Img-Txt"), List.of("SSL", "Img-Txt"))) {
      List<Set<String>> shared =
          sets.stream()
              .filter(set -> sizes.get(pair.get(0) + set).equals(sizes.get(pair.get(1) + set)))
              .map(set -> sizes.get(pair.get(0) + set))
              .toList();
      assertThat(shared)
          .as(pair.toString())
          .containsExactlyInAnyOrder(Set.of("medium", "large"), Set.of("small", "xlarge"));
    }
  }

  @Test
  void everyControlHasACounterpartOfTheSameArchitectureDataAndLength() {
    List<ModelDeclaration> controls = SIX.onRandomLabels();
    assertThat(controls).hasSize(24);
    assertThat(count(controls, d -> data(d) + family(d)).values()).containsOnly(2L);
    Map<String, ModelDeclaration> networks =
        SIX.networks().stream().collect(Collectors.toMap(ModelDeclaration::name, d -> d));
    for (ModelDeclaration control : controls) {
      ModelDeclaration counterpart = networks.get(CrossedZoo.counterpart(control.name()));
      assertThat(counterpart).as(control.name()).isNotNull();
      assertThat(kind(counterpart)).isEqualTo("Sup");
      assertThat(counterpart.plan().architecture()).isEqualTo(control.plan().architecture());
      assertThat(data(counterpart)).isEqualTo(data(control));
      assertThat(counterpart.plan().epochs()).isEqualTo(control.plan().epochs());
      Supervised objective = (Supervised) control.plan().objective();
      assertThat(objective.augmentation()).isEqualTo(Augmentation.NONE);
      assertThat(objective.labelNoise()).isZero();
    }
  }

  @Test
  void randomLabelsAreThoseThatOccurInAnotherOrderOfFewerImages() {
    ImageSet bars = TestImages.bars(900, 32, 3, 1);
    TrainingData few = new TrainingData.Given("bars", bars, bars);
    CrossedZoo zoo = new CrossedZoo(List.of(few), 40_000, 2);
    TrainingData permuted = zoo.onRandomLabels().get(0).data();
    ImageSet images = permuted.train();
    assertThat(images.size()).isEqualTo(500);
    assertThat(images.stimulusIds()).isEqualTo(bars.first(500).stimulusIds());
    assertThat(images.pixels(7)).isEqualTo(bars.pixels(7));
    int[] labels = images.labels();
    int[] truth = bars.first(500).labels();
    assertThat(labels).containsExactlyInAnyOrder(truth);
    long right = IntStream.range(0, 500).filter(i -> labels[i] == truth[i]).count();
    int classes = (int) Arrays.stream(truth).distinct().count();
    assertThat(right).isBetween(500L / classes - 60, 500L / classes + 60);
    assertThat(permuted.train().labels()).isEqualTo(labels);
    assertThat(permuted.test().labels()).isEqualTo(bars.labels());
    assertThat(permuted.provenance()).isNotEqualTo(few.provenance());
    assertThat(zoo.onRandomLabels()).extracting(d -> d.plan().epochs()).containsOnly(80, 100);
  }

  @Test
  void networksAreShownAsManyImagesWhateverTheSizeOfTheSet() {
    ImageSet many = TestImages.bars(100, 32, 3, 1);
    ImageSet few = many.select(IntStream.range(0, 50).toArray());
    List<ModelDeclaration> zoo =
        new CrossedZoo(
                List.of(
                    new TrainingData.Given("many", many, many),
                    new TrainingData.Given("few", few, many)),
                400,
                1)
            .networks();
    Map<String, Set<Long>> shown =
        zoo.stream()
            .collect(
                Collectors.groupingBy(
                    CrossedZooTest::family,
                    Collectors.mapping(d -> d.shown(d.data().train().size()), Collectors.toSet())));
    assertThat(shown).containsEntry("CNN", Set.of(400L)).containsEntry("TRANSFORMER", Set.of(500L));
  }

  @Test
  void theTestProfileIsSmall() {
    CrossedZoo small = CrossedZoo.of(List.of("aerial"), Profile.TEST);
    assertThat(small.networks()).hasSize(9);
    assertThat(small.networks()).extracting(d -> d.plan().epochs()).containsOnly(1);
    assertThat(DataSets.distinctNames()).contains("aerial").doesNotContain("things");
  }
}
