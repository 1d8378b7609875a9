package dev.kindred.study.dynamics;

import dev.kindred.base.Seeds;
import dev.kindred.network.training.LearningCurve;
import dev.kindred.study.Claim;
import dev.kindred.study.Verdict;
import dev.kindred.study.dynamics.RunDeclaration.Kind;
import dev.kindred.study.dynamics.RunDeclaration.Rule;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** The runs of a study, each made otherwise by what is planted. */
final class PlantedStudy {
  static final RunDeclaration CLEAN =
      new RunDeclaration(
          Kind.RESNET_10, 16, "shapes", 16, 1000, 0, Rule.ADAM, 1e-3, 0, 128, 1024, 1);
  static final RunDeclaration NOISY = CLEAN.withLabelNoise(0.2);
  static final RunDeclaration NARROW = NOISY.withWidth(8);
  static final RunDeclaration DECAYED = CLEAN.withRule(Rule.ADAM, 1e-3, 5e-4);
  static final RunDeclaration VIT = CLEAN.withNetwork(Kind.VIT, 48);

  private PlantedStudy() {}

  /** Runs by which claims can be decided, with so many seeds of the two usual settings. */
  static List<RunDeclaration> declarations(int seeds) {
    List<RunDeclaration> declared = new ArrayList<>();
    for (int seed = 1; seed <= seeds; seed++) {
      declared.add(NOISY.withSeed(seed));
      declared.add(CLEAN.withSeed(seed));
    }
    declared.addAll(List.of(NARROW, DECAYED, VIT, VIT.withLabelNoise(0.2)));
    return declared;
  }

  static boolean isNoisyAndWide(RunDeclaration declared) {
    return declared.withSeed(1).equals(NOISY);
  }

  static boolean isTransformer(RunDeclaration declared) {
    return declared.kind() == Kind.VIT;
  }

  /**
   * Decides the claims.
   *
   * @param plant changes a run
   */
  static List<Claim> decide(int seeds, long root, UnaryOperator<PlantedRun> plant, int draws) {
    return DynamicsClaims.decide(runs(seeds, root, plant), draws, new Seeds(root));
  }

  static List<DynamicsRun> runs(int seeds, long root, UnaryOperator<PlantedRun> plant) {
    return declarations(seeds).stream()
        .map(declared -> plant.apply(new PlantedRun(declared, root)).make())
        .toList();
  }

  /** The same run with another perfect-fitting threshold. */
  static DynamicsRun fitsAt(int threshold, DynamicsRun run) {
    return new DynamicsRun(
        run.declaration(),
        new LearningCurve(
            run.curve().points().stream()
                .map(
                    point ->
                        new LearningCurve.Point(
                            point.epoch(),
                            point.loss(),
                            point.epoch() < threshold ? 0.1 : 0,
                            point.testError()))
                .toList()),
        run.epochs(),
        run.probeEpochs(),
        run.layers(),
        run.plane(),
        run.otherInitialisations(),
        run.labels(),
        run.predicted());
  }

  static Verdict verdict(List<Claim> claims, String begin) {
    return claim(claims, begin).verdict();
  }

  static Claim claim(List<Claim> claims, String begin) {
    List<Claim> found = claims.stream().filter(c -> c.statement().startsWith(begin)).toList();
    if (found.size() != 1) {
      throw new AssertionError(found.size() + " claims begin with " + begin);
    }
    return found.get(0);
  }
}
