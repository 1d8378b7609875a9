package dev.kindred.measure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.CancelledException;
import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Progress;
import dev.kindred.base.Seeds;
import dev.kindred.base.Store;
import dev.kindred.representation.Representation;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AllPairsTest {
  private static final List<String> SPECIFICATIONS =
      List.of("rsm-norm-difference", "bures", "cka", "rsa", "cca", "linear-regression", "pwcca");

  @Test
  void equalsPairByPair() {
    for (String specification : SPECIFICATIONS) {
      Measure measure = Measures.parse(specification);
      List<Representation> models = models(5, 40);
      LabelledMatrix matrix = new AllPairs(measure).matrix(models);
      assertThat(matrix.rows()).containsExactly("m0", "m1", "m2", "m3", "m4");
      assertThat(matrix.title()).isEqualTo(specification);
      for (int i = 0; i < 5; i++) {
        for (int j = 0; j < 5; j++) {
          assertThat(matrix.get(i, j))
              .isCloseTo(measure.compare(models.get(i), models.get(j)), within(1e-9));
          if (measure.info().symmetric()) {
            assertThat(matrix.get(i, j)).isEqualTo(matrix.get(j, i));
          }
        }
      }
    }
  }

  /** More columns than one group holds, and groups of several members. */
  @Test
  void narrowRepresentationsMultipliedTogetherEqualPairs() {
    List<Representation> models =
        List.of(
            model("a", 600, 300), model("b", 600, 200), model("c", 600, 550), model("d", 600, 5));
    for (String specification : List.of("linear-regression", "cca[summary=mean-squared]")) {
      Measure measure = Measures.parse(specification);
      AllPairs pairs = new AllPairs(measure);
      double[][] all = pairs.matrix(models).values();
      double[][] grouped = pairs.budget(5_000_000).matrix(models).values();
      for (int i = 0; i < 4; i++) {
        for (int j = 0; j < 4; j++) {
          double pair = measure.compare(models.get(i), models.get(j));
          assertThat(all[i][j]).isCloseTo(pair, within(1e-12));
          assertThat(grouped[i][j]).isCloseTo(pair, within(1e-12));
        }
      }
    }
  }

  @Test
  void aSmallBudgetGivesTheSameBits() {
    List<Representation> models = models(7, 30);
    AllPairs pairs = new AllPairs(Measures.parse("rsm-norm-difference"));
    double[][] expected = pairs.matrix(models).values();
    assertThat(pairs.budget(4 * 30 * 30 * 8).matrix(models).values()).isDeepEqualTo(expected);
    assertThat(pairs.budget(1).matrix(models).values()).isDeepEqualTo(expected);
  }

  /**
   * Six models, the first of which is narrow, the others four times as wide: all at once, three or
   * two held beside two or one, and one beside another. A wide one has 80 bytes.
   */
  @ParameterizedTest
  @CsvSource({"480, 6", "479, 9", "400, 9", "399, 12", "240, 12", "239, 21", "1, 21"})
  void modelsArePreparedAsOftenAsTheBudgetMakesIt(long budget, int preparations) {
    for (boolean symmetric : new boolean[] {true, false}) {
      Counting measure = new Counting(symmetric);
      List<Representation> models = ofUnits(2, 8, 8, 8, 8, 8);
      double[][] values = new AllPairs(measure).budget(budget).matrix(models).values();
      assertThat(measure.preparations.get()).isEqualTo(preparations);
      for (int i = 0; i < 6; i++) {
        for (int j = 0; j < 6; j++) {
          assertThat(values[i][j]).isEqualTo(measure.value(i, j));
        }
      }
    }
  }

  /** One against five: no two of the five are held beside each other. */
  @Test
  void groupsOfWhichNoPairIsWantedAreNotPrepared() {
    for (boolean symmetric : new boolean[] {true, false}) {
      List<Representation> models = ofUnits(2, 8, 8, 8, 8, 8);
      Counting row = new Counting(symmetric);
      double[][] values =
          new AllPairs(row).budget(1).matrix(models.subList(0, 1), models.subList(1, 6)).values();
      assertThat(row.preparations.get()).isEqualTo(6);
      Counting column = new Counting(symmetric);
      double[][] turned =
          new AllPairs(column).budget(1).matrix(models, models.subList(0, 1)).values();
      assertThat(column.preparations.get()).isEqualTo(6);
      for (int j = 1; j < 6; j++) {
        assertThat(values[0][j - 1]).isEqualTo(row.value(0, j));
        assertThat(turned[j][0]).isEqualTo(column.value(j, 0));
      }
    }
  }

  /** Stopped twice: what the first and the second run have finished is there for the third. */
  @Test
  void whatIsFinishedIsNeverPreparedAgain(@TempDir Path folder) {
    List<Representation> models = ofUnits(2, 8, 8, 8, 8, 8);
    for (boolean symmetric : new boolean[] {true, false}) {
      Path parts = folder.resolve("" + symmetric);
      Counting measure = new Counting(symmetric);
      AllPairs pairs = new AllPairs(measure).budget(1).checkpoints(parts);
      for (int stop = 0; stop < 2; stop++) {
        assertThatThrownBy(() -> pairs.progress(stoppingAfter(9)).matrix(models))
            .isInstanceOf(CancelledException.class);
      }
      double[][] values = pairs.progress(Progress.NONE).matrix(models).values();
      int before = measure.preparations.get();
      assertThat(pairs.matrix(models).values()).isDeepEqualTo(values);
      assertThat(measure.preparations.get()).isEqualTo(before);
      assertThat(values[1][2]).isEqualTo(measure.value(1, 2));
      assertThat(values[5][5]).isEqualTo(measure.value(5, 5));
    }
  }

  @Test
  void pairsInOneLineAreThoseOfAllPairs() {
    List<Representation> models = models(4, 20);
    List<Representation> left = models.subList(0, 2);
    List<Representation> right = models.subList(2, 4);
    LabelledMatrix all = new AllPairs(Measures.parse("cka")).matrix(models);
    assertThat(Similarities.matrix("cka", models).values()).isDeepEqualTo(all.values());
    assertThat(Similarities.matrix("cka", left, right).get(1, 0)).isEqualTo(all.get(1, 2));
    LabelledMatrix pairs =
        Similarities.ofPairs(List.of(Measures.rsa(), Measures.cka()), left, right);
    assertThat(pairs.rows()).containsExactly("rsa", "cka");
    assertThat(pairs.get(1, 0)).isCloseTo(all.get(0, 2), within(1e-12));
    assertThat(pairs.get(1, 1)).isCloseTo(all.get(1, 3), within(1e-12));
    assertThatThrownBy(() -> Similarities.ofPairs(List.of(Measures.cka()), left, models))
        .isInstanceOf(InputException.class)
        .hasMessage("expected as many representations on both sides, found 2 and 4");
  }

  @Test
  void nothingHasAnEmptyMatrix() {
    List<Representation> models = models(2, 10);
    AllPairs pairs = new AllPairs(Measures.parse("rsm-norm-difference"));
    assertThat(pairs.matrix(List.of()).values()).isEmpty();
    assertThat(pairs.matrix(List.of(), models).columns()).containsExactly("m0", "m1");
    assertThat(pairs.matrix(models, List.of()).values()).isDeepEqualTo(new double[2][0]);
    assertThatThrownBy(() -> pairs.budget(0))
        .isInstanceOf(InputException.class)
        .hasMessage("a memory budget of 0 bytes; expected more than 0");
  }

  @Test
  void theProvenanceNamesEveryInputOnce() {
    List<Representation> models = models(3, 10);
    AllPairs pairs = new AllPairs(Measures.parse("rsm-norm-difference"));
    assertThat(pairs.matrix(models).provenance().inputs()).hasSize(3);
    assertThat(pairs.matrix(models, models.subList(0, 2)).provenance().inputs()).hasSize(5);
  }

  @Test
  void aPairOfOtherStimuliIsRefused() {
    Measure measure = Measures.parse("rsm-norm-difference");
    assertThatThrownBy(() -> measure.compare(model("a", 30, 4), model("b", 31, 4)))
        .isInstanceOf(InputException.class)
        .hasStackTraceContaining("requireSameStimuli")
        .hasMessageContaining("30")
        .hasMessageContaining("31");
    assertThat(measure.select(new int[] {1, 2})).isSameAs(measure);
  }

  private static List<Representation> ofUnits(int... units) {
    return IntStream.range(0, units.length)
        .mapToObj(m -> Representation.of("m" + m, 3, units[m], new double[3 * units[m]]))
        .toList();
  }

  /** Of model i with model j: 10·i + j; of a symmetric one their product. */
  private static final class Counting implements Measure {
    final AtomicInteger preparations = new AtomicInteger();
    private final MeasureInfo info;

    Counting(boolean symmetric) {
      MeasureInfo.Builder described =
          MeasureInfo.similarity("counting", 0, 100).summary("s").choice("c").policy("p");
      info = (symmetric ? described : described.asymmetric()).source("s").build();
    }

    @Override
    public MeasureInfo info() {
      return info;
    }

    @Override
    public Prepared prepare(Representation x) {
      preparations.incrementAndGet();
      return new Form(Integer.parseInt(x.id().substring(1)), 10L * x.units());
    }

    @Override
    public double compare(Prepared x, Prepared y) {
      return value(((Form) x).model, ((Form) y).model);
    }

    double value(int i, int j) {
      return info.symmetric() ? i * j : 10 * i + j;
    }

    private record Form(int model, long bytes) implements Prepared {}
  }

  @Test
  void oneThreadGivesTheSameBits() {
    List<Representation> models = models(6, 30);
    for (String specification : SPECIFICATIONS) {
      double[][] expected = new AllPairs(Measures.parse(specification)).matrix(models).values();
      System.setProperty("kindred.threads", "1");
      try {
        assertThat(new AllPairs(Measures.parse(specification)).matrix(models).values())
            .isDeepEqualTo(expected);
      } finally {
        System.clearProperty("kindred.threads");
      }
    }
  }

  @Test
  void rectanglesAreBlocksOfTheSquare() {
    List<Representation> models = models(6, 30);
    for (String specification : List.of("rsm-norm-difference", "cka")) {
      AllPairs pairs = new AllPairs(Measures.parse(specification));
      LabelledMatrix square = pairs.matrix(models);
      LabelledMatrix block = pairs.matrix(models.subList(0, 2), models.subList(1, 6));
      assertThat(block.rows()).containsExactly("m0", "m1");
      assertThat(block.columns()).containsExactly("m1", "m2", "m3", "m4", "m5");
      assertThat(block.values())
          .isDeepEqualTo(square.select(new int[] {0, 1}, new int[] {1, 2, 3, 4, 5}).values());
    }
  }

  @Test
  void otherStimuliAreRefused() {
    List<Representation> models = List.of(model("a", 30, 4), model("b", 31, 4));
    assertThatThrownBy(() -> new AllPairs(Measures.parse("cka")).matrix(models))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("30")
        .hasMessageContaining("31");
  }

  @ParameterizedTest
  @ValueSource(strings = {"rsm-norm-difference", "cca", "linear-regression"})
  void anInterruptStopsAndFinishedPairsAreKept(String specification, @TempDir Path folder) {
    List<Representation> models = models(8, 30);
    AllPairs pairs = new AllPairs(Measures.parse(specification)).checkpoints(folder);
    stopAfter(20, pairs, models);
    AtomicInteger first = new AtomicInteger(-1);
    double[][] resumed = pairs.progress(noting(first)).matrix(models).values();
    assertThat(first.get()).isGreaterThan(5);
    assertThat(resumed)
        .isDeepEqualTo(new AllPairs(Measures.parse(specification)).matrix(models).values());
  }

  @Test
  void tilesThatWereFinishedBeforeAnInterruptAreNotComputedAgain(@TempDir Path folder) {
    List<Representation> models =
        IntStream.range(0, 4).mapToObj(m -> model("m" + m, 400, 700)).toList();
    AllPairs pairs = new AllPairs(Measures.parse("cka[kernel=rbf]")).budget(1).checkpoints(folder);
    stopAfter(20, pairs, models);
    AtomicInteger first = new AtomicInteger(-1);
    double[][] resumed = pairs.progress(noting(first)).matrix(models).values();
    assertThat(first.get()).isEqualTo(20);
    assertThat(resumed)
        .isDeepEqualTo(
            new AllPairs(Measures.parse("cka[kernel=rbf]")).budget(1).matrix(models).values());
  }

  @ParameterizedTest
  @ValueSource(strings = {"cka", "linear-regression", "rsm-norm-difference"})
  void aStoreKeepsPartsAndThenTheMatrix(String specification, @TempDir Path folder)
      throws IOException {
    Store store = Store.open(folder);
    List<Representation> models = models(8, 30);
    AllPairs pairs = new AllPairs(Measures.parse(specification)).store(store);
    assertThatThrownBy(() -> pairs.progress(stoppingAfter(Long.MAX_VALUE)).matrix(models))
        .isInstanceOf(CancelledException.class);

    double[][] resumed = pairs.progress(Progress.NONE).matrix(models).values();
    Progress none =
        (label, total) -> {
          throw new AssertionError("computed again");
        };

    assertThat(resumed)
        .isDeepEqualTo(new AllPairs(Measures.parse(specification)).matrix(models).values());
    assertThat(pairs.progress(none).matrix(models).values()).isDeepEqualTo(resumed);
    try (Stream<Path> files = Files.walk(folder)) {
      assertThat(files.filter(file -> file.toString().endsWith(".partial"))).isEmpty();
    }
    // Other columns are another matrix.
    assertThat(pairs.progress(Progress.NONE).matrix(models, models.subList(2, 5)).values()[0][1])
        .isCloseTo(resumed[0][3], within(1e-12));
  }

  /** On one thread: with several, a late piece keeps those after it from being kept. */
  private static void stopAfter(long units, AllPairs pairs, List<Representation> models) {
    System.setProperty("kindred.threads", "1");
    try {
      assertThatThrownBy(() -> pairs.progress(stoppingAfter(units)).matrix(models))
          .isInstanceOf(CancelledException.class);
    } finally {
      System.clearProperty("kindred.threads");
    }
  }

  /** Stops a task after that many of its units, or after its last one. */
  private static Progress stoppingAfter(long units) {
    AtomicLong done = new AtomicLong();
    return (label, total) ->
        task(
            advanced -> {
              if (advanced > 0 && done.addAndGet(advanced) >= Math.min(units, total)) {
                throw new CancelledException("stopped on request");
              }
            });
  }

  /** Notes the units of the first step: those that were done before. */
  private static Progress noting(AtomicInteger first) {
    return (label, total) -> task(advanced -> first.compareAndSet(-1, (int) advanced));
  }

  private static Progress.Task task(LongConsumer advance) {
    return new Progress.Task() {
      @Override
      public void advance(long units) {
        advance.accept(units);
      }
    };
  }

  static List<Representation> models(int count, int n) {
    return IntStream.range(0, count).mapToObj(m -> model("m" + m, n, 3 + 2 * m)).toList();
  }

  static Representation model(String id, int n, int p) {
    SplittableRandom random = new Seeds(3).stream(id);
    return Representation.of(id, n, p, random.doubles((long) n * p, -1, 1).toArray());
  }
}
