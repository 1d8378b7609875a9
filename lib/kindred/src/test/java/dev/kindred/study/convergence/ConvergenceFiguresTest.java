package dev.kindred.study.convergence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.figure.Figure;
import dev.kindred.network.Pooling;
import dev.kindred.study.Estimate;
import dev.kindred.study.convergence.Comparison.Control;
import dev.kindred.study.convergence.report.ConvergenceFigures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

/** Figures of data in which one knows what is there. */
class ConvergenceFiguresTest {
  /** What is aligned best stands at the same depth; the first layer is not moved by shifts. */
  private static final PlantedConvergence.Truth TRUTH =
      new PlantedConvergence.Truth() {
        @Override
        public double alignment(AlignmentFamily family, Comparison of) {
          double level = 0.9 - 0.1 * family.ordinal() - 0.1 * Math.abs(of.row() - of.column());
          double rotated =
              switch (of.control()) {
                case NONE -> 0;
                case ROTATED_ABOUT_MEAN -> 0.35;
                default -> 0.25;
              };
          return level - rotated - 0.15 * of.row() * severity(of.set());
        }

        @Override
        public double accuracy(int set, int moment) {
          return (0.2 + 0.2 * moment) * (1 - 0.6 * severity(set));
        }
      };

  private static final int LAYERS = PlantedConvergence.LAYERS;

  @TempDir Path folder;

  private final ConvergenceData data = new PlantedConvergence(3, 0.002, 1, TRUTH).data();
  private final ConvergenceFigures figures = new ConvergenceFigures(data, Pooling.POOLED);

  @Test
  void everyFigureNamesWhatItShows() throws IOException {
    Map<String, Figure> all = new LinkedHashMap<>();
    all.put("one", figures.overDepth());
    all.put("one b", figures.controls());
    all.put("two", figures.maps(AlignmentFamily.PROCRUSTES, Pooling.POOLED));
    all.put("three", figures.training());
    all.put("four", figures.shifts());
    all.put("five", figures.accuracies());
    all.put("five b", figures.correlations());
    all.put("dimensions", figures.dimensions());
    all.put("severity", figures.severity());
    all.put("errors", figures.errors());
    for (Map.Entry<String, Figure> figure : all.entrySet()) {
      Path file = folder.resolve(figure.getKey() + ".svg");
      figure.getValue().save(file);
      figure.getValue().save(folder.resolve(figure.getKey() + ".png"));
      assertThat(Files.readString(file)).contains("one", "two", "three", "self");
      assertThat(figure.getValue().vegaLite().orElseThrow()).doesNotContain("null");
    }
    assertThat(Files.readString(folder.resolve("one.svg")))
        .contains("linear, untrained", "permutation, untrained")
        .doesNotContain("rotated", "shuffled");
    assertThat(Files.readString(folder.resolve("one b.svg")))
        .contains(
            "permutation, rotated", "permutation, rotated about the mean", "Procrustes, shuffled");
    assertThat(Files.readString(folder.resolve("four.svg")))
        .contains("trained, shifted", "untrained, shifted");
    // Points of training are lighter the earlier they are.
    assertThat(all.get("three").vegaLite().orElseThrow()).contains("\"o\":0.3", "\"o\":1");
  }

  @Test
  void figuresTellWhatTheyAreReadAgainst() {
    String depth = figures.overDepth().vegaLite().orElseThrow();
    assertThat(depth).contains("layer4", "\"scale\":{\"color\":\"shared\"");
    assertThat(depth.split("\"bind\":\"legend\"")).as("one legend").hasSize(2);
    // The least mean of shifts is above 0.5.
    assertThat(figures.shifts().vegaLite().orElseThrow()).contains("\"domainMin\":0.5");
    assertThat(figures.accuracies().vegaLite().orElseThrow())
        .doesNotContain("\"t\":\"cue-conflict\"")
        .contains("first layer, r = ", "last layer, r = 1.00")
        .contains("\"t\":\"sketch\"", "\"text\":\"chance\"", "\"datum\":0.1");
    assertThat(figures.dimensions().csv().orElseThrow())
        .containsPattern("1,one,trained,4,(3.99|4)");
    // Layers fill one to four dimensions.
    assertThat(figures.dimensions().vegaLite().orElseThrow())
        .contains("\"domainMin\":1,\"domainMax\":5");
    assertThat(figures.training().vegaLite().orElseThrow())
        .contains("\"domainMin\":0,\"domainMax\":1")
        // The points of a layer are joined in the order of time, and the first epoch has its line.
        .contains("\"order\":{\"field\":\"n\"", "\"text\":\"epoch 1\"");
    // One panel for a kind of units, in which depth is relative.
    assertThat(figures.correlations().csv().orElseThrow())
        .startsWith("panel,title,series,x,y,low,high")
        .containsPattern("1,pooled,one,-0\\.018,")
        .containsPattern("1,pooled,self,1\\.018,")
        .doesNotContain("\n2,");
    assertThat(figures.errors().csv().orElseThrow()).contains("\"one, r = 1.00\"");
  }

  /** Of what was not compared there is no map, rather than one of zeros. */
  @Test
  void mapsAreOfWhatWasCompared() {
    ConvergenceData whole =
        new PlantedConvergence(new int[] {2, 2, 2, 2, 1, 1}, 0.002, 1, TRUTH).data();
    int single = whole.first(4);
    ConvergenceData without =
        new ConvergenceData(
            whole.name(),
            whole.groups(),
            whole.moments(),
            whole.classes(),
            whole.sets(),
            whole.depth(),
            whole.training(),
            whole.shifted(),
            whole.maps().where(of -> of.second() < single),
            whole.behaviour(),
            whole.dimensions());

    String[] all = cells(whole);
    assertThat(all).hasSize((6 * LAYERS) * (6 * LAYERS));
    // A single network is not compared with itself.
    assertThat(all).filteredOn("NaN"::equals).hasSize(2 * LAYERS * LAYERS);
    assertThat(cells(without)).hasSize((4 * LAYERS) * (4 * LAYERS)).doesNotContain("NaN");
  }

  /** A block on one side of the diagonal is that on the other side, the other way round. */
  @Test
  void everyRowOfFigureTwoIsAWholeSearch() {
    String[] cells = cells(data);
    int all = 4 * LAYERS;
    for (int i = 0; i < all; i++) {
      for (int j = 0; j < all; j++) {
        if (i / LAYERS != j / LAYERS) {
          assertThat(cells[i * all + j]).isEqualTo(cells[j * all + i]);
        }
      }
    }
    String maps = figures.maps(AlignmentFamily.PROCRUSTES, Pooling.POOLED).vegaLite().orElseThrow();
    // Letters stand in a table: x, y, letter, colour. In every block the best match of each layer
    // stands at its own depth, both ways.
    assertThat(maps.split(",\\+,", -1)).hasSize(1 + 4 * 4 * LAYERS);
    assertThat(maps)
        .contains("hatched: no more than a best match with shuffled stimuli")
        .contains("\"domain\":[0,1]")
        .doesNotContain(",–,", ",|,");
  }

  /** The layers of the second network are all like the first one's last layer. */
  @Test
  void bestMatchesOfOneSideAloneHaveASignOfTheirOwn() {
    PlantedConvergence.Truth steep =
        new PlantedConvergence.Truth() {
          @Override
          public double alignment(AlignmentFamily family, Comparison of) {
            return 0.2 + 0.1 * of.row() + 0.05 * of.column();
          }

          @Override
          public double accuracy(int set, int moment) {
            return 0.5;
          }
        };
    String maps =
        new ConvergenceFigures(new PlantedConvergence(2, 0.001, 1, steep).data(), Pooling.POOLED)
            .maps(AlignmentFamily.PROCRUSTES, Pooling.POOLED)
            .vegaLite()
            .orElseThrow();

    // Of each of 16 blocks one cell is the best of its row and column, three of either alone.
    assertThat(maps.split(",\\+,", -1)).hasSize(1 + 16);
    assertThat(maps.split(",–,", -1)).hasSize(1 + 16 * (LAYERS - 1));
    assertThat(maps.split(",\\|,", -1)).hasSize(1 + 16 * (LAYERS - 1));
  }

  private static String[] cells(ConvergenceData of) {
    return new ConvergenceFigures(of, Pooling.POOLED)
        .maps(AlignmentFamily.PROCRUSTES, Pooling.POOLED)
        .csv()
        .orElseThrow()
        .lines()
        .skip(1)
        .map(line -> line.substring(line.lastIndexOf(',') + 1))
        .toArray(String[]::new);
  }

  @Test
  void eachKindOfUnitsHasAPanelOfItsOwn() {
    Figure both = new ConvergenceFigures(data, Pooling.POOLED, Pooling.CENTRE_PIXEL).training();

    assertThat(both.csv().orElseThrow())
        .contains("\"one, pooled\"", "\"one, centre pixel\"", "\"self, centre pixel\"");
    assertThat(both.width()).isEqualTo(figures.training().width());
    assertThat(both.height()).isEqualTo(2 * figures.training().height());
  }

  @Test
  void layersAreMeansOverPairsOfSeeds() {
    double[] deep =
        data.ofLayer(
            data.shifted(),
            AlignmentFamily.PROCRUSTES,
            1,
            3,
            data.end(),
            17,
            Pooling.POOLED,
            Control.NONE);

    assertThat(deep[0]).isBetween(0.8 - 0.45 - 0.02, 0.8 - 0.45 + 0.02);
    assertThat(deep[1]).isBetween(0.0002, 0.01);
    assertThat(data.accuracy(2, 0)).isBetween(0.78, 0.82);
    assertThat(data.accuracyAt(2, 1)).isBetween(0.38, 0.42);
  }

  @Test
  void tablesTellOfEveryLayerAndEverySet() {
    Table layers = ConvergenceSummary.layers(data, Pooling.POOLED);
    assertThat(layers.rowCount()).isEqualTo(4 * PlantedConvergence.LAYERS);
    assertThat(layers.doubleColumn("linear").get(0)).isBetween(0.88, 0.92);
    assertThat(layers.doubleColumn("soft matching, rotated").get(0)).isBetween(0.43, 0.47);
    assertThat(layers.doubleColumn("soft matching, rotated about the mean").get(0))
        .isBetween(0.33, 0.37);
    // No shift moves the first layer, so that only noise is there to be measured twice.
    assertThat(layers.doubleColumn("noise ceiling over shifts").get(0)).isLessThan(0.9);
    assertThat(layers.doubleColumn("noise ceiling over shifts").get(3)).isGreaterThan(0.99);

    Table sets = ConvergenceSummary.sets(data, Pooling.POOLED);
    assertThat(sets.rowCount()).isEqualTo(18);
    assertThat(sets.doubleColumn("accuracy").get(17)).isBetween(0.31, 0.33);
    assertThat(sets.doubleColumn("error consistency").get(17)).isBetween(0.15, 0.17);
    assertThat(sets.doubleColumn("Procrustes, last layer").get(17)).isBetween(0.34, 0.36);
    assertThat(sets.doubleColumn("Procrustes, first layer").get(17)).isBetween(0.78, 0.82);
    // Of units at the centre nothing was planted.
    assertThat(
            ConvergenceSummary.layers(data, Pooling.CENTRE_PIXEL)
                .doubleColumn("noise ceiling over shifts")
                .countMissing())
        .isEqualTo(4 * PlantedConvergence.LAYERS);
  }

  @Test
  void singleNetworksHaveTheControlsToo() {
    Table table =
        ConvergenceSummary.singleNetworks(
            new PlantedConvergence(new int[] {2, 2, 2, 2, 1, 1}, 0.002, 1, TRUTH).data(),
            Pooling.POOLED);

    assertThat(table.rowCount()).isEqualTo(PlantedConvergence.LAYERS);
    assertThat(table.doubleColumn("soft matching").get(0)).isBetween(0.68, 0.72);
    assertThat(table.doubleColumn("soft matching, rotated").get(0)).isBetween(0.43, 0.47);
    assertThat(table.doubleColumn("soft matching, rotated about the mean").get(0))
        .isBetween(0.33, 0.37);
  }

  /** Related shifts are one where an error is over shifts: thirteen of seventeen. */
  @Test
  void barsOverShiftsTakeRelatedOnesTogether() {
    double[] values =
        IntStream.range(1, data.sets().size())
            .mapToDouble(
                set ->
                    data.ofLayer(
                            data.shifted(),
                            AlignmentFamily.PROCRUSTES,
                            0,
                            3,
                            data.end(),
                            set,
                            Pooling.POOLED,
                            Control.NONE)[0])
            .toArray();
    List<String> shifts = data.sets().subList(1, data.sets().size());
    double error =
        Jackknife.of(
                RelatedShifts.families(shifts),
                Estimate.Scale.PLAIN,
                kept ->
                    IntStream.range(0, 17)
                        .filter(i -> kept[i])
                        .mapToDouble(i -> values[i])
                        .average()
                        .orElseThrow())
            .error();
    double mean = Arrays.stream(values).average().orElseThrow();
    double alone =
        Math.sqrt(Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum() / 16 / 17);

    assertThat(error).isNotCloseTo(alone, within(0.001));
    assertThat(bar(figures.shifts(), "1,\"one, pooled\",\"trained, shifted\",4,"))
        .isCloseTo(error, within(1e-5));
    // Of what is not known nothing is left out.
    double[] some = values.clone();
    some[8] = Double.NaN;
    some[9] = Double.NaN;
    some[10] = Double.NaN;
    assertThat(RelatedShifts.mean(shifts, some).degrees()).isEqualTo(11);
    assertThat(RelatedShifts.mean(shifts, values).degrees()).isEqualTo(12);
  }

  private static double bar(Figure figure, String begin) {
    String line =
        figure
            .csv()
            .orElseThrow()
            .lines()
            .filter(l -> l.startsWith(begin))
            .findFirst()
            .orElseThrow();
    String[] numbers = line.substring(begin.length()).split(",", -1);
    return Double.parseDouble(numbers[2]); // after y and the layer's name
  }

  @Test
  void theFirstEpochHasAShareOfTheFinalAlignmentAndAccuracy() {
    Table table = ConvergenceSummary.firstEpoch(data, Pooling.POOLED);

    assertThat(table.stringColumn("group").asList()).containsExactly("one", "two", "three");
    // Accuracy is 0.2 at the first moment, 0.6 at the third and 0.8 at the last.
    assertThat(table.doubleColumn("accuracy then, of the final").get(0)).isBetween(0.74, 0.76);
    assertThat(table.doubleColumn("after the first epoch").get(0)).isBetween(0.99, 1.01);
    assertThat(table.doubleColumn("alignment before training, of the final").get(0))
        .isBetween(0.99, 1.01);
  }

  /** What networks without labels know is a probe's answer, and sets no accuracy for the others. */
  @Test
  void sameAccuracyIsThatOfNetworksTrainedOnLabels() {
    PlantedConvergence.Truth poor =
        new PlantedConvergence.Truth() {
          @Override
          public double alignment(AlignmentFamily family, Comparison of) {
            return TRUTH.alignment(family, of);
          }

          @Override
          public double accuracy(int set, int moment) {
            return TRUTH.accuracy(set, moment);
          }

          @Override
          public double accuracy(int network, int set, int moment) {
            return network < 9 ? accuracy(set, moment) : 0.1;
          }
        };

    Table table =
        ConvergenceSummary.sameAccuracy(
            new PlantedConvergence(3, 0.002, 1, poor).data(), Pooling.POOLED);

    assertThat(table.stringColumn("group").unique().asList())
        .containsExactlyInAnyOrder("one", "two", "three");
    assertThat(table.doubleColumn("same accuracy").min()).isGreaterThan(0.75);
  }
}
