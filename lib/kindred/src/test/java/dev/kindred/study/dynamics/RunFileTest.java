package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.network.training.LearningCurve;
import dev.kindred.recording.GramDiagonals;
import dev.kindred.study.dynamics.RunDeclaration.Kind;
import dev.kindred.study.dynamics.RunDeclaration.Rule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunFileTest {
  private static final RunDeclaration DECLARED =
      new RunDeclaration(
          Kind.RESNET_10, 16, "shapes", 16, 1000, 0.2, Rule.ADAM, 1e-3, 1e-4, 128, 900, 3);
  private static final List<Integer> EPOCHS = List.of(0, 1, 2, 4, 8, 700);
  private static final List<Integer> PROBED = List.of(0, 4, 700);

  @TempDir Path folder;

  private static double[][] random(int rows, int columns, SplittableRandom random) {
    double[][] values = new double[rows][columns];
    for (double[] row : values) {
      for (int j = 0; j < columns; j++) {
        row[j] = (float) random.nextDouble();
      }
    }
    values[0][columns - 1] = Double.NaN;
    return values;
  }

  private static int[][] labels(int rows, int columns, SplittableRandom random) {
    int[][] labels = new int[rows][columns];
    for (int[] row : labels) {
      for (int j = 0; j < columns; j++) {
        row[j] = random.nextInt(256);
      }
    }
    return labels;
  }

  private static PlaneRegions regions(int epochs, SplittableRandom random) {
    int[][][] counts = new int[epochs][][];
    for (int e = 0; e < epochs; e++) {
      counts[e] = labels(3, 10, random);
    }
    return new PlaneRegions(counts, epochs == 0 ? new double[0][] : random(epochs, 3, random));
  }

  /** A run of random numbers. */
  static DynamicsRun run(RunDeclaration declared, List<Integer> probed) {
    SplittableRandom random = new SplittableRandom(1);
    List<LayerDynamics> layers = new ArrayList<>();
    Map<String, int[][]> planes = new LinkedHashMap<>();
    for (String layer : declared.layers()) {
      layers.add(
          new LayerDynamics(
              layer,
              new EpochMap("linear CKA of " + layer, EPOCHS, random(6, 6, random)),
              new EpochMap("unbiased linear CKA of " + layer, PROBED, random(3, 3, random)),
              probed.isEmpty() ? new double[0] : random(1, probed.size(), random)[0],
              new EpochMap(
                  "decision-region similarity of " + layer,
                  probed,
                  probed.isEmpty()
                      ? new double[0][]
                      : random(probed.size(), probed.size(), random)),
              new GramDiagonals(random(6, 4, random), random(6, 4, random)),
              regions(probed.size(), random)));
      if (!probed.isEmpty()) {
        planes.put(layer, labels(2, 25, random));
      }
    }
    return new DynamicsRun(
        declared,
        new LearningCurve(
            List.of(
                new LearningCurve.Point(0, Double.NaN, 0.9, 0.9),
                new LearningCurve.Point(3, 0.5, 0, 0.4))),
        EPOCHS,
        probed,
        layers,
        new PlaneLabels(
            probed.isEmpty() ? 0 : 5, probed.isEmpty() ? List.of() : List.of(0, 700), planes),
        random(2, 6, random),
        labels(1, 40, random)[0],
        labels(3, 40, random));
  }

  private void requireSame(DynamicsRun run) throws Exception {
    Path file = folder.resolve(run.declaration().name() + run.probeEpochs().size() + ".npz");
    RunFile.write(run, file);
    assertThat(RunFile.read(file, run.declaration()))
        .usingRecursiveComparison()
        .withStrictTypeChecking()
        .withEqualsForType(Double::equals, Double.class) // NaN stays NaN
        .isEqualTo(run);
  }

  @Test
  void whatIsWrittenIsRead() throws Exception {
    requireSame(run(DECLARED, PROBED));
    requireSame(run(DECLARED.withNetwork(Kind.VIT, 48), PROBED));
    requireSame(run(DECLARED, List.of()));
    DynamicsRun run = run(DECLARED, PROBED);
    assertThat(run.perfectFit()).hasValue(3);
    assertThat(run.layer("block2").similarity().get(8, 700))
        .isEqualTo(run.layer("block2").similarity().values()[4][5]);
    assertThat(run.ownInitialisation()).isEqualTo(run.layers().get(0).similarity().values()[0]);
  }

  @Test
  void aDamagedFileOrOneOfAnotherRunIsToldInOneLine() throws Exception {
    Path file = folder.resolve("run.npz");
    RunFile.write(run(DECLARED, PROBED), file);
    assertThatThrownBy(() -> RunFile.read(file, DECLARED.withNetwork(Kind.VIT, 48)))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected the layers [block1")
        .hasMessageContaining("found [stem");
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, java.util.Arrays.copyOf(bytes, bytes.length / 2));
    assertThatThrownBy(() -> RunFile.read(file, DECLARED))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("run.npz")
        .hasMessageNotContaining("\n");
  }

  @Test
  void declarationsAreATableALineARun() {
    List<RunDeclaration> runs =
        List.of(
            DECLARED,
            DECLARED.withSeed(2).withLabelNoise(0),
            DECLARED.withRule(Rule.MOMENTUM, 0.01, 0),
            DECLARED.withNetwork(Kind.RESNET_50, 64));
    String table = RunTable.write(runs);
    assertThat(table.lines()).hasSize(5);
    assertThat(RunTable.read(table, folder)).isEqualTo(runs);
    assertThat(runs.stream().map(RunDeclaration::name))
        .startsWith(
            "shapes-resnet-10-k16-adam-decay-0.0001-noise-20-seed-3",
            "shapes-resnet-10-k16-adam-decay-0.0001-noise-0-seed-2",
            "shapes-resnet-10-k16-momentum-noise-20-seed-3");
    for (String[] change :
        new String[][] {
          {"resnet-50,64", "resnet-51,64"},
          {",900,3\n", ",900,4\n"},
          {"data set", "set"},
          {"momentum,0.01,0.0", "momentum,0.01,0.1"},
          {",16,1000", ",x,1000"}
        }) {
      assertThatThrownBy(() -> RunTable.read(table.replace(change[0], change[1]), folder))
          .as(change[1])
          .isInstanceOf(InputException.class)
          .hasMessageContaining(folder.toString());
    }
    assertThatThrownBy(() -> DECLARED.withNetwork(Kind.VIT_B_16, 48))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("vit-b-16 has the width 768, found 48");
  }

  @Test
  void epochsRise() {
    assertThatThrownBy(() -> new EpochMap("CKA", List.of(0, 2, 2), new double[3][3]))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("rising epochs from 0 on, found 2");
    assertThatThrownBy(() -> new EpochMap("CKA", List.of(0, 2), new double[3][3]))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("a square of values for 2 epochs");
  }
}
