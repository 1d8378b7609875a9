package dev.kindred.study.convergence;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.network.Pooling;
import dev.kindred.study.convergence.Comparison.Control;
import dev.kindred.study.convergence.report.ConvergenceReadings;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

/** What sentences say of data in which one knows what is true. */
class ConvergenceReadingsTest {
  /** As the paper has it. */
  private static final PlantedConvergence.Truth PUBLISHED =
      new PlantedConvergence.Truth() {
        @Override
        public double alignment(AlignmentFamily family, Comparison of) {
          double level =
              0.9
                  - 0.1 * family.ordinal()
                  - 0.05 * of.row()
                  - 0.1 * Math.abs(of.row() - of.column());
          double trained = of.moment() == 0 ? 0.5 : 1;
          double control =
              switch (of.control()) {
                case NONE -> 0;
                case ROTATED, ROTATED_ABOUT_MEAN -> 0.3;
                case SHUFFLED -> 1;
              };
          return (1 - control) * trained * level - 0.15 * of.row() * severity(of.set());
        }

        @Override
        public double accuracy(int set, int moment) {
          return (0.2 + 0.2 * moment) * (1 - 0.6 * severity(set));
        }

        @Override
        public double dimension(int network, int layer, int set, int moment) {
          return 1 + layer + severity(set) + (moment == 0 ? 2 : 0);
        }
      };

  /** The reverse: deep layers are aligned better, shifts take of the first, training takes. */
  private static final PlantedConvergence.Truth REVERSED =
      new PlantedConvergence.Truth() {
        @Override
        public double alignment(AlignmentFamily family, Comparison of) {
          double level = 0.4 + 0.1 * family.ordinal() + 0.05 * of.row();
          double trained = of.moment() == 0 ? 1.5 : 1;
          double rotated = of.control() == Control.ROTATED_ABOUT_MEAN ? 0.1 : 0;
          return trained * level + rotated - 0.1 * (3 - of.row()) * severity(of.set());
        }

        @Override
        public double accuracy(int set, int moment) {
          return (0.2 + 0.2 * moment) * (0.4 + 0.6 * severity(set));
        }
      };

  /** Nothing differs from anything. */
  private static final PlantedConvergence.Truth EXCHANGEABLE =
      new PlantedConvergence.Truth() {
        @Override
        public double alignment(AlignmentFamily family, Comparison of) {
          return 0.5;
        }

        @Override
        public double accuracy(int set, int moment) {
          return 0.5;
        }
      };

  /** On a shift that turns all images black, no layer responds to any image in particular. */
  private static final PlantedConvergence.Truth BLACK =
      new PlantedConvergence.Truth() {
        @Override
        public double alignment(AlignmentFamily family, Comparison of) {
          return of.set() == 3 ? Double.NaN : PUBLISHED.alignment(family, of);
        }

        @Override
        public double accuracy(int set, int moment) {
          return PUBLISHED.accuracy(set, moment);
        }

        @Override
        public double dimension(int network, int layer, int set, int moment) {
          return set == 3 ? Double.NaN : PUBLISHED.dimension(network, layer, set, moment);
        }
      };

  private static ConvergenceReadings readings(
      int seeds, double noise, PlantedConvergence.Truth truth) {
    return new ConvergenceReadings(
        new PlantedConvergence(seeds, noise, 7, truth).data(), Pooling.POOLED);
  }

  @Test
  void sentencesSayTheNumbers() {
    ConvergenceReadings readings = readings(5, 0.002, PUBLISHED);

    assertThat(readings.overDepth().here())
        .startsWith("Pooled units: linear regression scores higher than Procrustes in 12 of 12")
        .containsPattern(
            "higher than permutation in 12 of 12 layers, by 0\\.(099|1\\d\\d); the least of")
        .containsPattern(
            "these differences is 0\\.\\d+ \\[0\\.\\d+, 0\\.\\d+], in (one|two|three) layer\\d\\.")
        .containsPattern(
            "scores 0\\.8\\d\\d times as high as linear regression, and least in (one|two|three):"
                + " 0\\.8\\d\\d \\[0\\.8\\d\\d, 0\\.8\\d\\d]\\.")
        .containsPattern("rotation about the mean in 12 of 12 layers, by 0\\.1\\d\\d on average")
        .containsPattern(
            "than at the last in 3 of 3 architectures \\(one, two, three\\), by"
                + " 0\\.1\\d\\d on average over all; the least difference is 0\\.1\\d\\d"
                + " \\[0\\.1\\d\\d, 0\\.\\d+], in (one|two|three)\\.")
        .endsWith("With shuffled stimuli Procrustes scores at most 0.00");
    assertThat(readings.maps().here())
        .containsPattern(
            "between architectures, the depth .* a rank correlation of 1\\.000.* with Procrustes and"
                + " of 1\\.000 with soft matching \\(0 if")
        .containsPattern(
            "score 0\\.6\\d to 0\\.8\\d with Procrustes \\(with shuffled stimuli at most 0\\.0\\d\\)")
        .containsPattern("and 0\\.5\\d to 0\\.7\\d with soft matching \\(with shuffled");
    assertThat(readings.training().here())
        .containsPattern(
            "networks have 50 % \\(\\w+ 50 % to \\w+ 50 %\\) of their final alignment before training,"
                + " and 100 % \\(\\w+ 100 % to \\w+ 100 %\\) after the first epoch, when their accuracy is"
                + " 7\\d %")
        .containsPattern(
            "layer changes by 0\\.3\\d\\d after 2 batches, 0\\.3\\d\\d after 1 epoch, on average$")
        .doesNotContain("self ")
        .containsPattern("its lead over theirs is 0\\.\\d+ \\[0\\.4\\d\\d, 0\\.5");
    assertThat(readings.shifts().here())
        .containsPattern(
            "is 0\\.00\\d (lower|higher) at the first layer \\(\\w+ 0\\.00\\d (lower|higher) to \\w+"
                + " 0\\.00\\d (lower|higher)\\) and 0\\.2[34]\\d lower at the last \\(\\w+ 0\\.2\\d\\d"
                + " lower to \\w+ 0\\.2\\d\\d lower; before training, 0\\.2[34]\\d lower\\), averaged")
        .containsPattern(
            "loses more than the first in 3 of 3 architectures, by 0\\.2\\d\\d on average, and least in"
                + " (one|two|three): 0\\.2");
    assertThat(readings.dimensions().here())
        .startsWith(
            "pooled units of the first layer fill 1.0 dimensions and those of the last 4.0,")
        .contains("before training 3.0 and 6.0; on the shifted images 1.5 and 4.5.")
        .containsPattern(
            "rank correlation of −1\\.00 over .* and of −(0\\.9\\d|1\\.00) over the shifts");
    assertThat(readings.accuracies().here())
        .containsPattern("at 1\\.00 \\[(0\\.99|1\\.00), 1\\.00] for the last");
    assertThat(readings.severity().here())
        .containsPattern(
            "change of pixels at 1\\.00 .*; with the loss of accuracy at 1\\.00 .*, which is Figure 5's"
                + " last layer again");
    assertThat(readings.errors().here())
        .containsPattern(
            "error consistency at 1\\.00 .*; with accuracy held, the correlation of their ranks is (undefined|−?0\\.\\d\\d) ");
  }

  @Test
  void theReverseIsSaidOfTheReverse() {
    ConvergenceReadings readings = readings(5, 0.002, REVERSED);

    assertThat(readings.overDepth().here())
        .contains("linear regression scores higher than Procrustes in 0 of 12 layers")
        .containsPattern(
            "higher than permutation in 0 of 12 layers, by −0\\.\\d+; the least of these differences is −0\\.")
        .contains("after a rotation about the mean in 0 of 12")
        .containsPattern(
            "at the last in 0 of 3 architectures \\(none\\), by −0\\.1\\d\\d on average over all;"
                + " the least difference is −0\\.1");
    assertThat(readings.training().here())
        .containsPattern(
            "have 150 % .* of their final alignment before training, and 100 % .* after")
        .contains("its lead over theirs is −0.5");
    assertThat(readings.shifts().here())
        .containsPattern(
            "is 0\\.1\\d\\d lower at the first layer \\(.*\\) and 0\\.00\\d (lower|higher) at")
        .contains("loses more than the first in 0 of 3 architectures");
    assertThat(readings.accuracies().here()).contains("correlate at −1.00 [−1.00, −");
  }

  /** Sentences claim nothing: half of the layers differ one way, and intervals hold 0. */
  @Test
  void chanceIsNotCalledADifference() {
    ConvergenceReadings readings = readings(5, 0.02, EXCHANGEABLE);

    assertThat(readings.overDepth().here())
        .containsPattern("in [0-3] of 3 architectures .* the least difference is [−0.\\d]+ \\[−");
    assertThat(readings.training().here())
        .containsPattern("its lead over theirs is [−0.\\d]+ \\[−");
    assertThat(readings.severity().here()).containsPattern("accuracy at [−0.\\d]+ \\[−");
    assertThat(readings.errors().here()).containsPattern("consistency at [−0.\\d]+ \\[−");
  }

  @Test
  void whatIsUnknownIsSaid() {
    ConvergenceReadings two = readings(2, 0.01, PUBLISHED);
    assertThat(two.overDepth().here())
        .containsPattern("the least difference is 0\\.1\\d\\d, in \\w+\\. With shuffled")
        .endsWith(".\n(Two seeds make one pair, which tells nothing of others)");
    // Of other shifts there are seventeen, whatever the number of seeds.
    assertThat(two.severity().here()).containsPattern("accuracy at \\d\\.\\d\\d \\[0\\.");
    ConvergenceReadings both =
        new ConvergenceReadings(
            new PlantedConvergence(3, 0.01, 1, PUBLISHED).data(),
            Pooling.POOLED,
            Pooling.CENTRE_PIXEL);
    assertThat(both.severity().here()).endsWith(".\nUnits at the centre: nothing was measured");
  }

  /** The two numbers on best matches are of the same architectures, and it is said which. */
  @Test
  void networksWithPublicWeightsAreNamedWhereTheyCount() {
    ConvergenceData data =
        new PlantedConvergence(new int[] {3, 3, 3, 3, 1, 1}, 0.002, 1, PUBLISHED).data();
    double with =
        LayerMaps.depthOfBestMatch(
            data, Pooling.POOLED, AlignmentFamily.MATCHING, List.of(0, 1, 2, 4, 5));

    assertThat(LayerMaps.compared(data, Pooling.POOLED)).containsExactly(0, 1, 2, 4, 5);
    assertThat(new ConvergenceReadings(data, Pooling.POOLED).maps().here())
        .startsWith(
            "Pooled units: between architectures (single one, single two among them), the depth")
        .contains(String.format(Locale.ROOT, "and of %.3f with soft matching", with));
  }

  @Test
  void whatIsNotKnownOfOneShiftIsLeftOut() {
    assertThat(readings(3, 0, BLACK).dimensions().here())
        .contains("have a rank correlation of −1.00 over the layers")
        .contains("and of −1.00 over the shifts")
        .doesNotContain("NaN");
    assertThat(readings(3, 0, EXCHANGEABLE).dimensions().here())
        .contains("have a rank correlation of (undefined) over the layers");
  }
}
