package dev.kindred.stimuli.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.Provenance;
import dev.kindred.stimuli.DataSets;
import dev.kindred.stimuli.ImageSet;
import dev.kindred.stimuli.ImageSetBuilder;
import dev.kindred.stimuli.generator.GeneratedImages;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShiftsTest {
  private static final GeneratedImages OBJECTS = DataSets.generated("objects", 32, 24, 3);

  static List<Shift> everyShift() {
    return Shifts.all().stream().flatMap(family -> family.shifts().stream()).toList();
  }

  /** Smooth coloured images of an odd size, of two classes, within 0.3 to 0.7. */
  private static ImageSet faint(int width, int height, int n) {
    ImageSetBuilder set = ImageSet.builder("faint", width, height, 3).classNames(List.of("a", "b"));
    for (int i = 0; i < n; i++) {
      SplittableRandom random = new SplittableRandom(i);
      double[] phase = random.doubles(12, 0, 2 * Math.PI).toArray();
      byte[] pixels = new byte[width * height * 3];
      for (int p = 0; p < pixels.length; p++) {
        double x = 2 * Math.PI * (p / 3 % width) / width;
        double y = 2 * Math.PI * (p / 3 / width) / height;
        double value = 0;
        for (int k = 0; k < 4; k++) {
          value += 0.05 * Math.sin((k + 1) * x + (k % 3) * y + phase[3 * k + p % 3]);
        }
        pixels[p] = (byte) (int) (255 * (0.5 + value) + 0.5);
      }
      set.add(pixels, i % 2, "image " + i);
    }
    return set.build(Provenance.of("test"));
  }

  /** A coloured disc on a plain ground. */
  private static ImageSet discs(int channels) {
    ImageSetBuilder set =
        ImageSet.builder("discs", 48, 40, channels).classNames(List.of("left", "right"));
    for (int i = 0; i < 6; i++) {
      SplittableRandom random = new SplittableRandom(i);
      byte[] pixels = new byte[48 * 40 * channels];
      for (int p = 0; p < pixels.length; p++) {
        int base = inDisc(i, p / channels) ? 40 + 50 * (p % channels) : 200 - 20 * (p % channels);
        pixels[p] = (byte) (base + random.nextInt(12));
      }
      set.add(pixels, i % 2, "disc " + i);
    }
    return set.build(Provenance.of("test"));
  }

  private static boolean inDisc(int i, int p) {
    double dx = p % 48 - (i % 2 == 0 ? 18 : 30);
    double dy = p / 48 - 20;
    return dx * dx + dy * dy < 11 * 11;
  }

  @Test
  void theCatalogueHoldsTheSeventeenWithTheirLevels() {
    assertThat(Shifts.all()).hasSize(17);
    assertThat(Shifts.named("contrast").levels())
        .containsExactly("100", "50", "30", "15", "10", "5", "3", "1");
    assertThat(Shifts.named("high-pass").levels())
        .containsExactly("inf", "3", "1.5", "1", "0.7", "0.55", "0.45", "0.4");
    assertThat(Shifts.named("eidolon-2").levels())
        .containsExactly("1", "2", "4", "8", "16", "32", "64", "128");
    // 2 + 8 + 8 + 8 + 7 + 2 + 2 + 4 + 3·8 + 8 + 5·1
    assertThat(everyShift()).hasSize(78);
  }

  @ParameterizedTest
  @MethodSource("everyShift")
  void everyShiftIsReadFromItsNameAndDependsOnImageAndSeedOnly(Shift shift) {
    assertThat(Shifts.parse(shift.spec())).isEqualTo(shift);
    ShiftedImages shifted = shift.apply(OBJECTS, 5);
    ShiftedImages again = Shifts.parse(shift.spec()).apply(OBJECTS, 5);
    for (int i = 0; i < OBJECTS.size(); i++) {
      assertThat(shifted.pixels(i)).isEqualTo(again.pixels(i)).hasSize(32 * 32 * 3);
      assertThat(shifted.label(i)).isEqualTo(OBJECTS.label(i));
      assertThat(shifted.stimulusId(i)).isEqualTo(OBJECTS.stimulusId(i));
    }
    assertThat(shifted.provenance()).isEqualTo(again.provenance());
    assertThat(shifted.provenance().toString()).contains(shift.spec());
    if (!Set.of("power-equalisation", "cue-conflict").contains(shift.family().name())) {
      ShiftedImages alone = shift.apply(OBJECTS.select(new int[] {17}), 5);
      assertThat(alone.pixels(0)).isEqualTo(shifted.pixels(17));
    }
  }

  @ParameterizedTest
  @MethodSource("everyShift")
  void everyShiftTakesImagesOfAnySizeAndChannels(Shift shift) {
    for (ImageSet images : List.of(faint(45, 30, 4), discs(1))) {
      ShiftedImages shifted = shift.apply(images, 1);
      assertThat(shifted.channels()).isEqualTo(images.channels());
      assertThat(shifted.width() * shifted.height()).isEqualTo(images.width() * images.height());
      assertThat(shifted.pixels(3)).hasSize(images.pixels(3).length);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "phase-scrambling[level=90]",
        "uniform-noise[level=0.2]",
        "eidolon-3[level=8]",
        "sketch",
        "stylised"
      })
  void randomShiftsChangeWithTheSeed(String spec) {
    assertThat(Shifts.parse(spec).apply(OBJECTS, 1).pixels(0))
        .isNotEqualTo(Shifts.parse(spec).apply(OBJECTS, 2).pixels(0));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "colour[level=cr]",
        "contrast[level=100,colour=keep]",
        "high-pass[level=inf,colour=keep]",
        "low-pass[level=0,colour=keep]",
        "phase-scrambling[level=0,colour=keep]",
        "power-equalisation[level=off,colour=keep]",
        "false-colour[level=off]",
        "rotation[level=0,colour=keep]",
        "eidolon-1[level=0,colour=keep]",
        "eidolon-3[level=0,colour=keep]"
      })
  void theMildestLevelChangesNothing(String spec) {
    ShiftedImages shifted = Shifts.parse(spec).apply(OBJECTS, 9);
    for (int i = 0; i < OBJECTS.size(); i++) {
      assertThat(shifted.pixels(i)).as(spec).isEqualTo(OBJECTS.pixels(i));
    }
  }

  @Test
  void contrastIsExactAboutMidGrey() {
    for (String level : Shifts.named("contrast").levels()) {
      double share = Double.parseDouble(level) / 100;
      Raster image = Raster.of(OBJECTS, 2);
      Raster faded = PointShifts.contrast(image, share);
      for (int p = 0; p < 32 * 32; p++) {
        assertThat(faded.planes()[1][p] - 0.5)
            .isCloseTo(share * (image.planes()[1][p] - 0.5), within(1e-15));
      }
    }
    byte[] grey = Shifts.parse("colour[level=bw]").apply(OBJECTS, 0).pixels(2);
    byte[] tenth = Shifts.parse("contrast[level=10]").apply(OBJECTS, 0).pixels(2);
    for (int p = 0; p < grey.length; p++) {
      double expected = 127.5 + 0.1 * ((grey[p] & 0xff) - 127.5);
      assertThat((tenth[p] & 0xff) - expected).isBetween(-0.6, 0.6);
    }
  }

  @Test
  void greyImagesHaveEqualChannelsOfTheRightWeights() {
    byte[] grey = Shifts.parse("colour[level=bw]").apply(OBJECTS, 0).pixels(4);
    byte[] colour = OBJECTS.pixels(4);
    for (int p = 0; p < 32 * 32; p++) {
      double expected =
          0.2125 * (colour[3 * p] & 0xff)
              + 0.7154 * (colour[3 * p + 1] & 0xff)
              + 0.0721 * (colour[3 * p + 2] & 0xff);
      assertThat(grey[3 * p]).isEqualTo(grey[3 * p + 1]).isEqualTo(grey[3 * p + 2]);
      assertThat((grey[3 * p] & 0xff) - expected).isBetween(-0.51, 0.51);
    }
  }

  @Test
  void lowAndHighPassTogetherGiveTheImage() {
    Raster image = Raster.of(OBJECTS, 1).toGrey();
    Gaussian filter = new Gaussian(32, 32, 1.3);
    double[] low = SpectralShifts.lowPass(image, filter).planes()[0];
    double[] high = SpectralShifts.highPass(image, filter).planes()[0];
    for (int p = 0; p < low.length; p++) {
      assertThat(low[p] + high[p] - 0.5).isCloseTo(image.planes()[0][p], within(1e-12));
    }
  }

  @Test
  void passLevelsScaleWithTheImage() {
    ImageSet large = DataSets.generated("objects", 64, 4, 3);
    byte[] own = Shifts.parse("low-pass[level=2,reference=64]").apply(large, 0).pixels(0);
    byte[] scaled = Shifts.parse("low-pass[level=7]").apply(large, 0).pixels(0);
    assertThat(own).isEqualTo(scaled);
  }

  @ParameterizedTest
  @ValueSource(doubles = {30, 120, 180})
  void phaseScramblingKeepsTheAmplitudesAndTheMean(double degrees) {
    ImageSet images = faint(45, 32, 3);
    Spectrum.Plans plans = new Spectrum.Plans(45, 32);
    for (int i = 0; i < images.size(); i++) {
      Raster image = Raster.of(images, i);
      Raster scrambled =
          SpectralShifts.phaseScrambled(image, degrees, plans, new SplittableRandom(i));
      double moved = 0;
      for (int c = 0; c < 3; c++) {
        Spectrum before = plans.of(image.planes()[c]);
        Spectrum after = plans.of(scrambled.planes()[c]);
        for (int k = 0; k < 45 * 32; k++) {
          assertThat(after.amplitude(k)).isCloseTo(before.amplitude(k), within(1e-9));
          if (before.amplitude(k) > 1) {
            double turn =
                Math.atan2(after.im[k], after.re[k]) - Math.atan2(before.im[k], before.re[k]);
            double angle = Math.abs(Math.toDegrees(Math.IEEEremainder(turn, 2 * Math.PI)));
            assertThat(angle).isLessThanOrEqualTo(degrees + 1e-6);
            moved = Math.max(moved, angle);
          }
        }
        assertThat(after.re[0]).isCloseTo(before.re[0], within(1e-9));
      }
      assertThat(moved).isGreaterThan(degrees / 4);
    }
    // the bytes keep them too, but for rounding, where nothing leaves the range
    ShiftedImages bytes = Shifts.parse("phase-scrambling[level=120,colour=keep]").apply(images, 4);
    Spectrum before = plans.of(Raster.of(images, 0).planes()[0]);
    Spectrum after = plans.of(Raster.of(bytes, 0).planes()[0]);
    for (int k = 0; k < 45 * 32; k++) {
      assertThat(after.amplitude(k)).isCloseTo(before.amplitude(k), within(0.5));
    }
  }

  @Test
  void powerEqualisationGivesEveryImageTheMeanAmplitudes() {
    ImageSet images = faint(32, 27, 5);
    Spectrum.Plans plans = new Spectrum.Plans(32, 27);
    double[][] mean = SpectralShifts.meanAmplitudes(images, false, plans);
    for (int c = 0; c < 3; c++) {
      for (int k = 0; k < 32 * 27; k++) {
        double sum = 0;
        for (int i = 0; i < 5; i++) {
          sum += plans.of(Raster.of(images, i).planes()[c]).amplitude(k) / 5;
        }
        assertThat(mean[c][k]).isCloseTo(sum, within(1e-9));
      }
    }
    for (int i = 0; i < 5; i++) {
      Raster image = Raster.of(images, i);
      Raster equal = SpectralShifts.withAmplitudes(image, mean, plans);
      Spectrum before = plans.of(image.planes()[2]);
      Spectrum after = plans.of(equal.planes()[2]);
      for (int k = 0; k < 32 * 27; k++) {
        assertThat(after.amplitude(k)).isCloseTo(mean[2][k], within(1e-9));
        double cross = before.re[k] * after.im[k] - before.im[k] * after.re[k];
        assertThat(cross).as("phases stay").isCloseTo(0, within(1e-6));
      }
    }
  }

  @Test
  void uniformNoiseStaysInRangeAndKeepsTheMean() {
    Raster image = Raster.of(OBJECTS, 3);
    Raster faint = PointShifts.contrast(image, 0.3);
    for (double width : new double[] {0.03, 0.2, 0.35}) {
      Raster noisy = PointShifts.uniformNoise(image, width, new SplittableRandom(1));
      double sum = 0;
      double squares = 0;
      for (int p = 0; p < 32 * 32; p++) {
        double noise = noisy.planes()[0][p] - faint.planes()[0][p];
        assertThat(noise).isBetween(-width, width);
        assertThat(noisy.planes()[0][p]).isBetween(0.0, 1.0);
        assertThat(noisy.planes()[2][p] - faint.planes()[2][p]).isCloseTo(noise, within(1e-12));
        sum += noise / 1024;
        squares += noise * noise / 1024;
      }
      // a uniform variable has variance width²/3; means of 1024 lie within four standard errors
      assertThat(Math.abs(sum)).isLessThan(4 * width / Math.sqrt(3 * 1024));
      assertThat(squares).isCloseTo(width * width / 3, within(0.12 * width * width));
    }
  }

  @Test
  void falseColoursKeepLuminanceAndReverseChroma() {
    Raster image = Raster.of(OBJECTS, 6);
    Raster opponent = PointShifts.falseColour(image);
    for (int p = 0; p < 32 * 32; p++) {
      double[] before = new double[3];
      double[] after = new double[3];
      for (int c = 0; c < 3; c++) {
        before[c] = PointShifts.toLinear(image.planes()[c][p]);
        after[c] = PointShifts.toLinear(opponent.planes()[c][p]);
        assertThat(opponent.planes()[c][p]).isBetween(-1e-9, 1 + 1e-9);
      }
      double luminance = 0.2126 * before[0] + 0.7152 * before[1] + 0.0722 * before[2];
      assertThat(0.2126 * after[0] + 0.7152 * after[1] + 0.0722 * after[2])
          .isCloseTo(luminance, within(1e-9));
      for (int c = 0; c < 3; c++) {
        assertThat((before[c] - luminance) * (after[c] - luminance)).isLessThan(1e-9);
      }
    }
  }

  @Test
  void quarterTurnsCompose() {
    ImageSet images = faint(6, 4, 1);
    Raster image = Raster.of(images, 0);
    Raster once = PointShifts.rotated(image, 1);
    assertThat(once.width()).isEqualTo(4);
    assertThat(once.height()).isEqualTo(6);
    // counter-clockwise: the top right corner comes to the top left
    assertThat(once.planes()[0][0]).isEqualTo(image.planes()[0][5]);
    assertThat(PointShifts.rotated(once, 3).planes()[1]).isEqualTo(image.planes()[1]);
    ShiftedImages turned = Shifts.parse("rotation[level=90]").apply(images, 0);
    assertThat(turned.width()).isEqualTo(4);
  }

  @Test
  void eidolonsKeepBrightnessAndLoseMoreWithReachAndIncoherence() {
    Raster plain = Raster.grey(32, 32, new double[1024]);
    java.util.Arrays.fill(plain.planes()[0], 0.4);
    double[] still =
        new Eidolon(32, 32, 5, 0, 1.4).apply(plain, new SplittableRandom(1)).planes()[0];
    for (double value : still) {
      assertThat(value).isCloseTo(0.4, within(1e-12));
    }
    double[] lost = new double[4];
    double incoherent = 0;
    for (int i = 0; i < OBJECTS.size(); i++) {
      Raster image = Raster.of(OBJECTS, i).toGrey();
      for (int step = 0; step < 4; step++) {
        Eidolon eidolon = new Eidolon(32, 32, 0.3 * Math.pow(3, step), 1, 1.4);
        lost[step] += distance(image, eidolon.apply(image, new SplittableRandom(i)));
      }
      Raster parted = new Eidolon(32, 32, 0.9, 0, 1.4).apply(image, new SplittableRandom(i));
      incoherent += distance(image, parted);
    }
    assertThat(lost[0]).isLessThan(lost[1]);
    assertThat(lost[1]).isLessThan(lost[2]);
    assertThat(lost[2]).isLessThan(lost[3]);
    assertThat(incoherent).isNotEqualTo(lost[1]);
  }

  private static double distance(Raster a, Raster b) {
    double sum = 0;
    for (int p = 0; p < a.planes()[0].length; p++) {
      double difference = a.planes()[0][p] - b.planes()[0][p];
      sum += difference * difference;
    }
    return sum;
  }

  @Test
  void silhouettesAndEdgesOfTheGeneratorAreExact() {
    ShiftedImages silhouettes = Shifts.parse("silhouette").apply(OBJECTS, 0);
    ShiftedImages edges = Shifts.parse("edge").apply(OBJECTS, 0);
    for (int i = 0; i < 5; i++) {
      byte[] mask = OBJECTS.mask(i);
      byte[] lines = OBJECTS.edges(i);
      for (int p = 0; p < mask.length; p++) {
        assertThat(silhouettes.pixels(i)[3 * p] & 0xff).isEqualTo(255 - (mask[p] & 0xff));
        assertThat(edges.pixels(i)[3 * p + 1] & 0xff).isEqualTo(255 - (lines[p] & 0xff));
      }
    }
  }

  @Test
  void cueConflictsPairDifferentClassesAndKeepTheShape() {
    GeneratedImages images = DataSets.generated("objects", 32, 60, 3);
    ShiftedImages conflict = Shifts.parse("cue-conflict").apply(images, 2);
    for (int i = 0; i < images.size(); i++) {
      int j = conflict.partner(i).orElseThrow();
      assertThat(images.label(j)).isNotEqualTo(images.label(i));
      byte[] mask = images.mask(i);
      byte[] before = images.pixels(i);
      byte[] after = conflict.pixels(i);
      for (int p = 0; p < mask.length; p++) {
        if (mask[p] == 0) {
          assertThat(after[3 * p]).as("outside the figure").isEqualTo(before[3 * p]);
        }
      }
    }
    assertThat(Shifts.parse("edge").apply(images, 0).partner(0)).isEmpty();
  }

  @Test
  void figuresOfPhotographsAreFound() {
    for (int channels : new int[] {1, 3}) {
      ImageSet discs = discs(channels);
      ShiftedImages silhouettes = Shifts.parse("silhouette").apply(discs, 0);
      for (int i = 0; i < discs.size(); i++) {
        int both = 0;
        int either = 0;
        for (int p = 0; p < 48 * 40; p++) {
          boolean found = silhouettes.pixels(i)[p * channels] == 0;
          both += found && inDisc(i, p) ? 1 : 0;
          either += found || inDisc(i, p) ? 1 : 0;
        }
        assertThat(both / (double) either).isGreaterThan(0.85);
      }
    }
  }

  @Test
  void edgesOfPhotographsLieOnTheirContours() {
    ImageSet discs = discs(3);
    ShiftedImages edges = Shifts.parse("edge").apply(discs, 0);
    int near = 0;
    int all = 0;
    for (int p = 0; p < 48 * 40; p++) {
      if (edges.pixels(0)[3 * p] == 0) {
        double radius = Math.hypot(p % 48 - 18, p / 48 - 20);
        near += Math.abs(radius - 11) < 2 ? 1 : 0;
        all++;
      }
    }
    // a circle of radius 11 has a circumference of 69 pixels
    assertThat(near).isBetween(50, 110);
    assertThat(near / (double) all).isGreaterThan(0.9);
  }

  @Test
  void styledPhotographsStayDistinct() {
    ImageSet discs = discs(3);
    Set<String> looks = new HashSet<>();
    for (String spec : List.of("sketch", "stylised", "edge", "silhouette", "cue-conflict")) {
      looks.add(java.util.Arrays.toString(Shifts.parse(spec).apply(discs, 3).pixels(1)));
    }
    assertThat(looks).hasSize(5);
    ShiftedImages conflict = Shifts.parse("cue-conflict").apply(discs, 3);
    assertThat(discs.label(conflict.partner(1).orElseThrow())).isEqualTo(0);
  }

  @Test
  void badSpecificationsSayWhatIsExpected() {
    assertThatThrownBy(() -> Shifts.parse("fog"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("fog")
        .hasMessageContaining("contrast");
    for (String spec :
        List.of(
            "contrast",
            "contrast[level=101]",
            "contrast[level=x]",
            "contrast[level=30",
            "contrast[depth=30]",
            "contrast[level=30,colour=blue]",
            "low-pass[level=3,reference=0]",
            "rotation[level=45]",
            "sketch[level=2]",
            "low-pass[level=NaN]")) {
      assertThatThrownBy(() -> Shifts.parse(spec))
          .as(spec)
          .isInstanceOf(InputException.class)
          .hasMessageContaining("expected");
    }
    assertThat(Shifts.parse(" contrast[ level = 30.0 ] ").spec()).isEqualTo("contrast[level=30]");
    assertThat(Shifts.parse("contrast[level=42]").level()).isEqualTo("42");
  }
}
