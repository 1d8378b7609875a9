package dev.kindred.study.behaviour;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.Seeds;
import dev.kindred.measure.functional.ErrorOverlap;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.files.DataFiles;
import dev.kindred.stimuli.files.FileObject;
import dev.kindred.study.behaviour.BehaviourStatistics.Consistency;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Worlds in which one knows what is true: whoever answers depends, on a share of the images, on how
 * hard the image is for everybody, and otherwise on nothing. At one accuracy, kappa of two is then
 * the product of their shares.
 */
class BehaviourStatisticsTest {
  private static final int IMAGES = 120;
  private static final int PEOPLE = 5;
  private static final double ACCURACY = 0.7;
  private static final double SHARE = 0.65;

  /** People of one share, and networks of others, on two levels; the first does not count. */
  private static BehaviourSet world(long seed, double... networks) {
    SplittableRandom random = new SplittableRandom(seed);
    double[] hard = random.doubles(2 * IMAGES).toArray();
    List<DecisionMaker> people = new ArrayList<>();
    for (int person = 0; person < PEOPLE; person++) {
      people.add(new DecisionMaker("subject-0" + person, answers(hard, SHARE, random)));
    }
    List<DecisionMaker> others = new ArrayList<>();
    for (double share : networks) {
      others.add(new DecisionMaker("network " + others.size(), answers(hard, share, random)));
    }
    return new BehaviourSet(
        "world",
        List.of("0", "1"),
        new boolean[] {false, true},
        new int[][] {
          IntStream.range(0, IMAGES).toArray(), IntStream.range(IMAGES, 2 * IMAGES).toArray()
        },
        people,
        others);
  }

  private static boolean[] answers(double[] hard, double share, SplittableRandom random) {
    boolean[] right = new boolean[hard.length];
    for (int i = 0; i < right.length; i++) {
      right[i] = (random.nextDouble() < share ? hard[i] : random.nextDouble()) < ACCURACY;
    }
    return right;
  }

  private static Consistency of(BehaviourStatistics statistics, String level, String name) {
    return statistics.consistencies().stream()
        .filter(one -> one.level().equals(level) && one.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whatIsTrueIsFound() {
    int kappa = 0;
    int people = 0;
    int gap = 0;
    int worlds = 40;
    for (int w = 0; w < worlds; w++) {
      BehaviourStatistics statistics =
          new BehaviourStatistics(List.of(world(w, 0.3)), 200, new Seeds(w));
      Consistency network = of(statistics, BehaviourStatistics.MEAN, "network 0");
      Consistency among = of(statistics, BehaviourStatistics.MEAN, BehaviourStatistics.PEOPLE);
      assertThat(among.p()).isEqualTo(1 / 201.0);
      assertThat(among.gap()).isZero();
      assertThat(network.gap()).isEqualTo(among.kappa() - network.kappa());
      kappa += network.interval().contains(0.3 * SHARE) ? 1 : 0;
      people += among.interval().contains(SHARE * SHARE) ? 1 : 0;
      gap += network.gapInterval().contains(SHARE * SHARE - 0.3 * SHARE) ? 1 : 0;
    }
    // Of 40 intervals of 95 %, at least 34, but for one time in 250.
    assertThat(kappa).isBetween(34, worlds);
    assertThat(people).isBetween(34, worlds);
    assertThat(gap).isBetween(34, worlds);
  }

  @Test
  void errorsOfNoConsequenceLookLikeChance() {
    int small = 0;
    int inside = 0;
    double sum = 0;
    int worlds = 60;
    for (int w = 0; w < worlds; w++) {
      BehaviourStatistics statistics =
          new BehaviourStatistics(List.of(world(1000 + w, 0)), 200, new Seeds(w));
      Consistency network = of(statistics, BehaviourStatistics.MEAN, "network 0");
      small += network.p() <= 0.05 ? 1 : 0;
      inside += network.chance().contains(network.kappa()) ? 1 : 0;
      sum += network.kappa() / worlds;
      assertThat(of(statistics, BehaviourStatistics.MEAN, BehaviourStatistics.PEOPLE).p())
          .isLessThan(0.05);
    }
    // Three of 60 are expected, more than eight once in 200 times.
    assertThat(small).isLessThanOrEqualTo(8);
    assertThat(inside).isGreaterThanOrEqualTo(51);
    assertThat(sum).isCloseTo(0, within(0.02));
  }

  /** A network that answers as people do is not told from them. */
  @Test
  void whoIsExchangeableWithPeopleHasNoGap() {
    int inside = 0;
    int worlds = 40;
    for (int w = 0; w < worlds; w++) {
      BehaviourStatistics statistics =
          new BehaviourStatistics(List.of(world(2000 + w, SHARE)), 200, new Seeds(w));
      Consistency network = of(statistics, BehaviourStatistics.MEAN, "network 0");
      assertThat(network.p()).isEqualTo(1 / 201.0);
      inside += network.gapInterval().contains(0) ? 1 : 0;
    }
    assertThat(inside).isGreaterThanOrEqualTo(34);
  }

  /** Permuted errors keep every accuracy, on every level. */
  @Test
  void chanceKeepsAccuracies() {
    BehaviourSet set = world(7, 0.5, 0.1);
    double[][] accuracy = BehaviourSample.whole(set).values().accuracy();
    BehaviourStatistics statistics = new BehaviourStatistics(List.of(set), 400, new Seeds(1));
    Consistency network = of(statistics, "1", "network 0");
    // Exchangeable errors at these accuracies have mean kappa 0, and this spread.
    double a = accuracy[1 + PEOPLE][1];
    assertThat(network.chance().low()).isBetween(-0.2, -0.03);
    assertThat(network.chance().high()).isBetween(0.03, 0.2);
    assertThat(network.expected())
        .isCloseTo(
            IntStream.range(0, PEOPLE)
                .mapToDouble(person -> accuracy[1 + person][1])
                .map(b -> a * b + (1 - a) * (1 - b))
                .average()
                .orElseThrow(),
            within(1e-12));
    assertThat(network.kappa()).isBetween(network.least(), network.greatest());
  }

  @Test
  void aMeanIsThatOfTheLevelsThatCount() {
    BehaviourStatistics statistics =
        new BehaviourStatistics(List.of(world(3, 0.5)), 20, new Seeds(1));
    Consistency mean = of(statistics, BehaviourStatistics.MEAN, "network 0");
    assertThat(mean.kappa()).isEqualTo(of(statistics, "1", "network 0").kappa());
    assertThat(mean.kappa()).isNotEqualTo(of(statistics, "0", "network 0").kappa());
    assertThat(statistics.consistencyTable().rowCount()).isEqualTo(6);
    // People's mean, a network and five people, on two levels and in the mean.
    assertThat(statistics.accuracyTable().rowCount()).isEqualTo(21);
  }

  /** Two that make no error at all cannot be compared. */
  @Test
  void withoutErrorsNothingIsKnown() {
    boolean[] right = new boolean[2 * IMAGES];
    java.util.Arrays.fill(right, true);
    BehaviourSet set = world(5);
    BehaviourSet perfect =
        set.with(
            List.of(new DecisionMaker("subject-01", right), new DecisionMaker("subject-02", right)),
            List.of(new DecisionMaker("net", set.people().get(0).right())));
    BehaviourStatistics statistics = new BehaviourStatistics(List.of(perfect), 20, new Seeds(1));
    Consistency people = of(statistics, "1", BehaviourStatistics.PEOPLE);
    assertThat(people.kappa()).isNaN();
    assertThat(people.p()).isNaN();
    assertThat(statistics.consistencyTable().doubleColumn("kappa").countMissing()).isEqualTo(3);
    assertThat(of(statistics, "1", "net").kappa()).isZero();
  }

  @Test
  void theSameSeedGivesTheSameNumbers() {
    List<BehaviourSet> sets = List.of(world(4, 0.4));
    List<Consistency> once = new BehaviourStatistics(sets, 30, new Seeds(1)).consistencies();
    assertThat(new BehaviourStatistics(sets, 30, new Seeds(1)).consistencies()).isEqualTo(once);
    assertThat(new BehaviourStatistics(sets, 30, new Seeds(2)).consistencies()).isNotEqualTo(once);
  }

  /** What is not on this machine in whole is not there. */
  @Test
  void theDownloadIsReadWhereAllOfItIsHere(@TempDir Path folder) throws IOException {
    String image = "x,1,1,NaN,cat,cat,NaN,cat1.png\n";
    List<DataFiles.Finding> findings = new ArrayList<>();
    for (String who : List.of("subject-01", "subject-02", "net")) {
      Path file = Files.createDirectories(folder.resolve(who)).resolve("edge_" + who + "_1.csv");
      Files.writeString(
          file,
          "subj,session,trial,rt,object_response,category,condition,imagename\n"
              + image
                  .replace("x,", who + ",")
                  .replace("NaN,cat1", who.equals("net") ? "NaN,cat1" : "0,cat1"));
      FileObject known =
          new FileObject(
              file.getFileName().toString(),
              "https://x.test/" + who,
              OptionalLong.empty(),
              Optional.empty(),
              "text/csv",
              Optional.empty());
      findings.add(new DataFiles.Finding(known, DataFiles.State.VERIFIED, Optional.of(file), ""));
    }
    assertThat(HumanBehaviour.of(findings).orElseThrow().networks()).containsExactly("net");
    findings.set(
        1,
        new DataFiles.Finding(
            findings.get(1).file(), DataFiles.State.MISSING, Optional.empty(), ""));
    assertThat(HumanBehaviour.of(findings)).isEmpty();
    assertThat(HumanBehaviour.howToGet()).contains("environment/kindred data fetch model-vs-human");
    assertThat(DataSets.manifest("model-vs-human").wholeFiles()).hasSize(158);
  }

  @Test
  void tooLittleIsSaid() {
    BehaviourSet set = world(1, 0.5);
    assertThatThrownBy(() -> new BehaviourStatistics(List.of(set), 19, new Seeds(1)))
        .isInstanceOf(InputException.class)
        .hasMessage("behaviour: expected at least 20 replicates for an interval, found 19");
    BehaviourSet alone = set.with(set.people().subList(0, 1), set.networks());
    assertThatThrownBy(() -> new BehaviourStatistics(List.of(alone), 20, new Seeds(1)))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "world: expected responses of two people or more, to compare them with each other,"
                + " found those of subject-00");
  }

  @Test
  void boundsAreReached() {
    boolean[] half = {true, true, false, false};
    boolean[] three = {true, true, true, false};
    int[] all = {0, 1, 2, 3};
    ErrorOverlap nested = ErrorOverlap.of(half, three, all);
    assertThat(nested.kappa()).isEqualTo(nested.greatest()).isEqualTo(0.5);
    ErrorOverlap apart = ErrorOverlap.of(half, new boolean[] {false, true, true, true}, all);
    assertThat(apart.kappa()).isEqualTo(apart.least()).isEqualTo(-0.5);
    // One image that stands there twice counts twice.
    assertThat(ErrorOverlap.of(half, three, new int[] {2, 2, 0}).observed()).isEqualTo(1 / 3.0);
    assertThatThrownBy(() -> ErrorOverlap.of(half, three, new int[0]))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "error overlap: expected decisions on the same stimuli, found 4 and 4, of which 0 count");
  }
}
