package dev.kindred.stimuli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import dev.kindred.base.Seeds;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SamplingTest {
  private static final Seeds SEEDS = new Seeds(42);

  private static int[] cyclic(int size, int classes) {
    int[] labels = new int[size];
    Arrays.setAll(labels, i -> i % classes);
    return labels;
  }

  private static Map<Integer, Integer> counts(int[] labels, int[] chosen) {
    Map<Integer, Integer> counts = new HashMap<>();
    for (int i : chosen) {
      counts.merge(labels[i], 1, Integer::sum);
    }
    return counts;
  }

  @Test
  void stratifiedTakesTheRoundedUpShareOfEveryClass() {
    int[] labels = cyclic(50_000, 43);
    int[] chosen = Sampling.stratified(labels, 10_000, SEEDS);
    assertThat(counts(labels, chosen).values()).hasSize(43).containsOnly(233); // ceil(10000 / 43)
    assertThat(chosen).isSorted().doesNotHaveDuplicates();
    assertThat(Sampling.stratified(labels, 10_000, SEEDS)).isEqualTo(chosen);
    assertThat(Sampling.stratified(labels, 10_000, new Seeds(43))).isNotEqualTo(chosen);
  }

  @Property(tries = 200)
  void stratifiedNeverTakesMoreThanThereIs(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(min = -1, max = 6) Integer> given,
      @ForAll @IntRange(min = 1, max = 80) int total) {
    int[] labels = given.stream().mapToInt(Integer::intValue).toArray();
    Map<Integer, Integer> there = new HashMap<>();
    Arrays.stream(labels).filter(label -> label >= 0).forEach(l -> there.merge(l, 1, Integer::sum));
    if (there.isEmpty()) {
      assertThatThrownBy(() -> Sampling.stratified(labels, total, SEEDS))
          .isInstanceOf(InputException.class);
      return;
    }
    int perClass = (total + there.size() - 1) / there.size();
    Map<Integer, Integer> counts = counts(labels, Sampling.stratified(labels, total, SEEDS));
    there.forEach(
        (label, count) -> assertThat(counts.get(label)).isEqualTo(Math.min(count, perClass)));
    assertThat(counts).hasSameSizeAs(there);
  }

  @Test
  void aLargerSampleContainsASmallerOne() {
    int[] labels = cyclic(400, 7);
    Set<Integer> large = new HashSet<>();
    Arrays.stream(Sampling.perClass(labels, 20, SEEDS)).forEach(large::add);
    for (int image : Sampling.perClass(labels, 5, SEEDS)) {
      assertThat(large).contains(image);
    }
  }

  @Test
  void batchesAreBalancedAndShareNoImage() {
    int[] labels = cyclic(10_000, 10);
    int[][] batches = Sampling.balancedBatches(labels, 4, 512, SEEDS);
    Set<Integer> seen = new HashSet<>();
    Map<Integer, Integer> all = new HashMap<>();
    for (int[] batch : batches) {
      assertThat(batch).hasSize(512);
      Map<Integer, Integer> counts = counts(labels, batch);
      assertThat(counts.values()).hasSize(10).allMatch(count -> count == 51 || count == 52);
      counts.forEach((label, count) -> all.merge(label, count, Integer::sum));
      Arrays.stream(batch).forEach(image -> assertThat(seen.add(image)).isTrue());
    }
    assertThat(all.values()).allMatch(count -> count == 204 || count == 205);
    assertThat(Sampling.balancedBatches(labels, 4, 512, SEEDS)).isDeepEqualTo(batches);
  }

  @Test
  void tooFewImagesForBalancedBatchesIsAnError() {
    assertThatThrownBy(() -> Sampling.balancedBatches(cyclic(100, 10), 4, 30, SEEDS))
        .isInstanceOf(InputException.class)
        .hasMessageMatching(
            "class [0-9] has 10 images, too few for 4 balanced batches of 30 from 10 classes");
  }

  @Test
  void splitByClassLeavesImagesOfEveryClassOnBothSides() {
    ImageSetBuilder builder = ImageSet.builder("toy", 1, 1, 1).classNames(List.of("a", "b", "c"));
    for (int i = 0; i < 23; i++) {
      int label = i < 2 ? 0 : i < 13 ? 1 : 2;
      builder.add(new byte[] {(byte) i}, label, "image " + i);
    }
    ImageSet set = builder.build(Provenance.of("memory"));
    TrainAndTest both = Sampling.splitByClass(set, 0.2, SEEDS);
    assertThat(both.test().labels()).containsExactly(0, 1, 1, 2, 2);
    assertThat(both.train().size() + both.test().size()).isEqualTo(23);
    Set<String> ids = new HashSet<>(both.train().stimulusIds());
    ids.addAll(both.test().stimulusIds());
    assertThat(ids).hasSize(23);
  }

  private static ImageSet labelled(String name, List<String> classes, int... labels) {
    ImageSetBuilder builder = ImageSet.builder(name, 1, 1, 1).classNames(classes);
    for (int i = 0; i < labels.length; i++) {
      builder.add(new byte[1], labels[i], name + " " + i);
    }
    return builder.build(Provenance.of("memory"));
  }

  @Test
  void testImagesOfClassesThatAreNotTaughtAreLeftOut() {
    List<String> classes = List.of("a", "b", "c");
    ImageSet train = labelled("train", classes, 2, 0, 2);
    ImageSet test = labelled("test", classes, 1, 2, 1, ImageSet.NO_LABEL, 0, 2);
    TrainAndTest both = new TrainAndTest(train, test).withoutUnseenClasses();
    assertThat(both.train()).isSameAs(train);
    assertThat(both.test().labels()).containsExactly(2, ImageSet.NO_LABEL, 0, 2);
    assertThat(both.test().stimulusIds()).containsExactly("test 1", "test 3", "test 4", "test 5");
    TrainAndTest all = new TrainAndTest(labelled("train", classes, 1, 0, 2), test);
    assertThat(all.withoutUnseenClasses()).isSameAs(all);
    TrainAndTest foreign =
        new TrainAndTest(train, labelled("test", List.of("d", "e", "f"), 0, 1, 2));
    assertThat(foreign.withoutUnseenClasses()).isSameAs(foreign);
  }

  @Test
  void classesAreDrawnOfThoseThatOccur() {
    int[] labels = {3, 9, 4, 3, ImageSet.NO_LABEL, 8, 1, 9};
    assertThat(Sampling.classes(labels, 5, SEEDS)).containsExactly(1, 3, 4, 8, 9);
    assertThat(Sampling.classes(labels, 9, SEEDS)).containsExactly(1, 3, 4, 8, 9);
    int[] some = Sampling.classes(labels, 3, SEEDS);
    assertThat(some).hasSize(3).isSorted();
    assertThat(new int[] {1, 3, 4, 8, 9}).contains(some);
    assertThat(Sampling.classes(labels, 3, SEEDS)).isEqualTo(some);
    Set<List<Integer>> draws = new HashSet<>();
    for (int seed = 0; seed < 40; seed++) {
      draws.add(Arrays.stream(Sampling.classes(labels, 3, new Seeds(seed))).boxed().toList());
    }
    assertThat(draws).hasSizeGreaterThan(5); // of ten
  }

  @Test
  void chosenClassesAreNumberedAnew() {
    List<String> classes = List.of("a", "b", "c", "d");
    TrainAndTest both =
        new TrainAndTest(
            labelled("train", classes, 2, 0, 3, 1, 3, ImageSet.NO_LABEL),
            labelled("test", classes, 3, 0, 1));
    TrainAndTest some = both.ofClasses(new int[] {1, 3});
    assertThat(some.train().classNames()).containsExactly("b", "d");
    assertThat(some.train().labels()).containsExactly(1, 0, 1);
    assertThat(some.train().className(0)).isEqualTo("d");
    assertThat(some.train().stimulusIds()).containsExactly("train 2", "train 3", "train 4");
    assertThat(some.test().labels()).containsExactly(1, 0);
    // Fewer classes are other data to whatever is kept in a store.
    assertThat(some.test().provenance())
        .isNotEqualTo(both.test().provenance())
        .isNotEqualTo(both.test().select(new int[] {0, 2}).provenance());
  }
}
