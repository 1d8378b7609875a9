package dev.kindred.stimuli.shift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class FourierTest {
  @Property(tries = 60)
  void agreesWithTheDefinitionAtAnyLength(@ForAll @IntRange(min = 1, max = 97) int n) {
    SplittableRandom random = new SplittableRandom(n);
    double[] re = random.doubles(n, -1, 1).toArray();
    double[] im = random.doubles(n, -1, 1).toArray();
    double[] gotRe = re.clone();
    double[] gotIm = im.clone();
    Fourier fourier = new Fourier(n);
    fourier.forward(gotRe, gotIm);
    for (int k = 0; k < n; k++) {
      double sumRe = 0;
      double sumIm = 0;
      for (int j = 0; j < n; j++) {
        double angle = -2 * Math.PI * j * k / n;
        sumRe += re[j] * Math.cos(angle) - im[j] * Math.sin(angle);
        sumIm += re[j] * Math.sin(angle) + im[j] * Math.cos(angle);
      }
      assertThat(gotRe[k]).isCloseTo(sumRe, within(1e-10));
      assertThat(gotIm[k]).isCloseTo(sumIm, within(1e-10));
    }
    fourier.inverse(gotRe, gotIm);
    assertThat(gotRe).containsExactly(re, within(1e-12));
    assertThat(gotIm).containsExactly(im, within(1e-12));
  }

  @Property(tries = 30)
  void aPlaneComesBackAndKeepsItsEnergy(
      @ForAll @IntRange(min = 1, max = 40) int width,
      @ForAll @IntRange(min = 1, max = 40) int height) {
    double[] plane = new SplittableRandom(width * 100 + height).doubles(width * height).toArray();
    Spectrum spectrum = new Spectrum.Plans(width, height).of(plane);
    double energy = 0;
    double power = 0;
    for (int k = 0; k < plane.length; k++) {
      energy += plane[k] * plane[k];
      power += spectrum.amplitude(k) * spectrum.amplitude(k) / plane.length;
      int opposite = spectrum.opposite(k);
      assertThat(spectrum.re[opposite]).isCloseTo(spectrum.re[k], within(1e-10));
      assertThat(spectrum.im[opposite]).isCloseTo(-spectrum.im[k], within(1e-10));
    }
    assertThat(power).isCloseTo(energy, within(1e-9 * energy));
    assertThat(spectrum.toPlane()).containsExactly(plane, within(1e-12));
  }
}
