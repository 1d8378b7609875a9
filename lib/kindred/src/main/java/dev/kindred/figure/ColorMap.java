package dev.kindred.figure;

import java.awt.Color;

/**
 * Colours for numbers, all readable with the common colour-vision deficiencies.
 *
 * <p>Viridis: S. van der Walt, N. Smith (matplotlib, CC0). Cividis: Nuñez, Anderton, Renslow, PLoS
 * ONE 13(7), 2018. Blue–red: ColorBrewer's RdBu, reversed (C. Brewer, Apache-2.0).
 */
public enum ColorMap {
  /** Dark violet to yellow, of even lightness steps: the default for one-signed values. */
  VIRIDIS(
      0x440154, 0x482475, 0x414487, 0x355f8d, 0x2a788e, 0x21918c, 0x22a884, 0x44bf70, 0x7ad151,
      0xbddf26, 0xfde725),
  /** Dark blue to yellow; the same to readers with and without red-green deficiency. */
  CIVIDIS(
      0x00224e, 0x123570, 0x3b496c, 0x575d6d, 0x707173, 0x8a8678, 0xa59c74, 0xc3b369, 0xe1cc55,
      0xfee838),
  /** Blue over near-white to red, for values on both sides of a middle: the default for signs. */
  BLUE_RED(
      0x053061, 0x2166ac, 0x4393c3, 0x92c5de, 0xd1e5f0, 0xf7f7f7, 0xfddbc7, 0xf4a582, 0xd6604d,
      0xb2182b, 0x67001f),
  /** The same the other way round, where the high values are the good ones. */
  RED_BLUE(
      0x67001f, 0xb2182b, 0xd6604d, 0xf4a582, 0xfddbc7, 0xf7f7f7, 0xd1e5f0, 0x92c5de, 0x4393c3,
      0x2166ac, 0x053061);

  /** Colour of a missing value. */
  static final Color MISSING = new Color(0xc8c8c8);

  private final int[] anchors;

  ColorMap(int... anchors) {
    this.anchors = anchors;
  }

  /**
   * The colour at {@code t}, interpolated in sRGB.
   *
   * @param t from 0 to 1; values outside get the nearest end's colour, NaN a grey
   */
  public Color color(double t) {
    return Double.isNaN(t) ? MISSING : new Color(rgb(t));
  }

  int rgb(double t) {
    if (Double.isNaN(t)) {
      return MISSING.getRGB() & 0xffffff;
    }
    double at = Math.min(1, Math.max(0, t)) * (anchors.length - 1);
    int low = Math.min((int) at, anchors.length - 2);
    double f = at - low;
    return mix(anchors[low], anchors[low + 1], f, 16)
        | mix(anchors[low], anchors[low + 1], f, 8)
        | mix(anchors[low], anchors[low + 1], f, 0);
  }

  private static int mix(int a, int b, double f, int shift) {
    int from = (a >> shift) & 0xff;
    int to = (b >> shift) & 0xff;
    return (int) Math.round(from + f * (to - from)) << shift;
  }

  /** Ink that can be read on the colour at {@code t}. */
  Color inkOn(double t) {
    int rgb = rgb(t);
    double luminance =
        0.2126 * linear(rgb >> 16) + 0.7152 * linear(rgb >> 8) + 0.0722 * linear(rgb);
    // Equal WCAG contrast with black and white is at a relative luminance of 0.179.
    return luminance > 0.179 ? Look.INK : Color.WHITE;
  }

  private static double linear(int channel) {
    double c = (channel & 0xff) / 255.0;
    return c <= 0.04045 ? c / 12.92 : Math.pow((c + 0.055) / 1.055, 2.4);
  }
}
