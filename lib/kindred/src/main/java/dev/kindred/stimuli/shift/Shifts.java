package dev.kindred.stimuli.shift;

import dev.kindred.base.InputException;
import dev.kindred.stimuli.ImageSet;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.BiFunction;
import java.util.function.UnaryOperator;

/**
 * The catalogue of shifts: the seventeen data sets of Geirhos et al. (2021) with the levels of
 * their public behaviour data. Lengths among the levels are in pixels of an image of 224 pixels and
 * scale with the shorter side of the images.
 */
public final class Shifts {
  private static final double EIDOLON_GRAIN = 10;

  static final ShiftFamily COLOUR =
      new ShiftFamily(
          "colour",
          "as it is (cr) or in grey (bw)",
          List.of("cr", "bw"),
          false,
          Shifts::oneOf,
          (shift, grey) -> plain(shift.level().equals("bw"), image -> image));

  static final ShiftFamily CONTRAST =
      new ShiftFamily(
          "contrast",
          "contrast reduced to a percentage about mid-grey",
          List.of("100", "50", "30", "15", "10", "5", "3", "1"),
          true,
          (family, level) -> number(family, level, 0, 100),
          (shift, grey) -> plain(grey, image -> PointShifts.contrast(image, shift.value() / 100)));

  static final ShiftFamily HIGH_PASS =
      new ShiftFamily(
          "high-pass",
          "what a Gaussian blur of σ pixels takes away, about mid-grey; inf leaves the image as it is",
          List.of("inf", "3", "1.5", "1", "0.7", "0.55", "0.45", "0.4"),
          true,
          (family, level) ->
              level.equals("inf") ? level : number(family, level, 0, Double.MAX_VALUE),
          (shift, grey) ->
              (images, seed) -> {
                if (shift.level().equals("inf")) {
                  return plain(grey, image -> image).fit(images, seed);
                }
                Gaussian filter = gaussian(shift, images);
                return plain(grey, image -> SpectralShifts.highPass(image, filter))
                    .fit(images, seed);
              });

  static final ShiftFamily LOW_PASS =
      new ShiftFamily(
          "low-pass",
          "blurred by a Gaussian of σ pixels",
          List.of("0", "1", "3", "5", "7", "10", "15", "40"),
          true,
          (family, level) -> number(family, level, 0, Double.MAX_VALUE),
          (shift, grey) ->
              (images, seed) -> {
                Gaussian filter = gaussian(shift, images);
                return plain(grey, image -> SpectralShifts.lowPass(image, filter))
                    .fit(images, seed);
              });

  static final ShiftFamily PHASE_SCRAMBLING =
      new ShiftFamily(
          "phase-scrambling",
          "phases moved at random within ± so many degrees, amplitudes kept",
          List.of("0", "30", "60", "90", "120", "150", "180"),
          true,
          (family, level) -> number(family, level, 0, 180),
          (shift, grey) ->
              (images, seed) -> {
                Spectrum.Plans plans = new Spectrum.Plans(images.width(), images.height());
                double degrees = shift.value();
                return randomised(
                        grey,
                        (image, random) ->
                            SpectralShifts.phaseScrambled(image, degrees, plans, random))
                    .fit(images, seed);
              });

  static final ShiftFamily POWER_EQUALISATION =
      new ShiftFamily(
          "power-equalisation",
          "amplitudes replaced by the mean amplitudes of the set (on), phases kept",
          List.of("off", "on"),
          true,
          Shifts::oneOf,
          (shift, grey) ->
              (images, seed) -> {
                if (shift.level().equals("off")) {
                  return plain(grey, image -> image).fit(images, seed);
                }
                Spectrum.Plans plans = new Spectrum.Plans(images.width(), images.height());
                double[][] mean = SpectralShifts.meanAmplitudes(images, grey, plans);
                return plain(grey, image -> SpectralShifts.withAmplitudes(image, mean, plans))
                    .fit(images, seed);
              });

  static final ShiftFamily FALSE_COLOUR =
      new ShiftFamily(
          "false-colour",
          "opponent colours of equal luminance (on)",
          List.of("off", "on"),
          false,
          Shifts::oneOf,
          (shift, grey) ->
              plain(false, shift.level().equals("on") ? PointShifts::falseColour : image -> image));

  static final ShiftFamily ROTATION =
      new ShiftFamily(
          "rotation",
          "turned counter-clockwise by so many degrees",
          List.of("0", "90", "180", "270"),
          true,
          Shifts::oneOf,
          (shift, grey) ->
              plain(grey, image -> PointShifts.rotated(image, (int) shift.value() / 90)));

  static final ShiftFamily UNIFORM_NOISE =
      new ShiftFamily(
          "uniform-noise",
          "contrast of 30 % and uniform noise within ± the level",
          List.of("0", "0.03", "0.05", "0.1", "0.2", "0.35", "0.6", "0.9"),
          true,
          (family, level) -> number(family, level, 0, 1),
          (shift, grey) ->
              randomised(
                  grey, (image, random) -> PointShifts.uniformNoise(image, shift.value(), random)));

  static final ShiftFamily SKETCH = style("sketch", "a pencil drawing", StyleShifts::sketch);

  static final ShiftFamily STYLISED =
      style("stylised", "painted in a random palette, texture lost", StyleShifts::stylised);

  static final ShiftFamily EDGE = style("edge", "edges as black lines", StyleShifts::edge);

  static final ShiftFamily SILHOUETTE =
      style("silhouette", "the figure in black", StyleShifts::silhouette);

  static final ShiftFamily CUE_CONFLICT =
      style(
          "cue-conflict",
          "the shape of one class with the texture of another",
          StyleShifts::cueConflict);

  private static final List<ShiftFamily> ALL =
      List.of(
          COLOUR,
          CONTRAST,
          HIGH_PASS,
          LOW_PASS,
          PHASE_SCRAMBLING,
          POWER_EQUALISATION,
          FALSE_COLOUR,
          ROTATION,
          eidolon("eidolon-1", 1),
          eidolon("eidolon-2", 0.3),
          eidolon("eidolon-3", 0),
          UNIFORM_NOISE,
          SKETCH,
          STYLISED,
          EDGE,
          SILHOUETTE,
          CUE_CONFLICT);

  /** Levels that leave a network on small images between chance and its usual accuracy. */
  private static final Map<String, String> MODERATE =
      Map.ofEntries(
          Map.entry("colour", "bw"),
          Map.entry("contrast", "30"),
          Map.entry("high-pass", "1"),
          Map.entry("low-pass", "7"),
          Map.entry("phase-scrambling", "60"),
          Map.entry("power-equalisation", "on"),
          Map.entry("false-colour", "on"),
          Map.entry("rotation", "90"),
          Map.entry("eidolon-1", "8"),
          Map.entry("eidolon-2", "8"),
          Map.entry("eidolon-3", "8"),
          Map.entry("uniform-noise", "0.1"));

  private Shifts() {}

  /**
   * Each of the seventeen kinds at a level that leaves a trained network between chance and its
   * usual accuracy on small images.
   *
   * @param side width and height of the images in pixels; high-pass levels are taken in those, as
   *     images so small have nothing left at the levels of 224 pixels
   */
  public static List<Shift> moderate(int side) {
    return ALL.stream()
        .map(
            family -> {
              Shift shift = family.level(MODERATE.getOrDefault(family.name(), ""));
              return family.name().equals("high-pass") ? shift.at(side) : shift;
            })
        .toList();
  }

  /** The seventeen kinds. */
  public static List<ShiftFamily> all() {
    return ALL;
  }

  /** The kind of that name. */
  public static ShiftFamily named(String name) {
    return ALL.stream()
        .filter(family -> family.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "no shift "
                        + name
                        + ", expected one of "
                        + ALL.stream().map(ShiftFamily::name).toList()));
  }

  /**
   * Reads a shift such as {@code contrast[level=30]}, {@code sketch} or {@code
   * low-pass[level=3,colour=keep,reference=32]}.
   *
   * @see Shift#inColour()
   * @see Shift#at(int)
   */
  public static Shift parse(String spec) {
    String text = spec.strip();
    int open = text.indexOf('[');
    if (open < 0) {
      return named(text).level("");
    }
    if (!text.endsWith("]")) {
      throw new InputException("shift " + spec + ": expected ] at the end");
    }
    ShiftFamily family = named(text.substring(0, open).strip());
    String level = "";
    boolean colour = false;
    int reference = Shift.PUBLIC_SIZE;
    String inside = text.substring(open + 1, text.length() - 1);
    for (String parameter : inside.isBlank() ? new String[0] : inside.split(",", -1)) {
      String[] parts = parameter.split("=", 2);
      String value = parts.length == 2 ? parts[1].strip() : "";
      switch (parts[0].strip()) {
        case "level" -> level = value;
        case "colour" -> {
          if (!value.equals("keep") && !value.equals("grey")) {
            throw new InputException(
                "shift " + spec + ": expected colour=grey or colour=keep, found " + value);
          }
          colour = value.equals("keep") && family.isGrey();
        }
        case "reference" -> reference = side(spec, value);
        default ->
            throw new InputException(
                "shift "
                    + spec
                    + ": expected level=…, colour=… or reference=…, found "
                    + parameter.strip());
      }
    }
    Shift shift = family.level(level).at(reference);
    return colour ? shift.inColour() : shift;
  }

  private static int side(String spec, String value) {
    try {
      int side = Integer.parseInt(value);
      if (side > 0) {
        return side;
      }
    } catch (NumberFormatException e) {
      // falls through to the message
    }
    throw new InputException(
        "shift " + spec + ": expected a number of pixels as reference, found " + value);
  }

  private static Gaussian gaussian(Shift shift, ImageSet images) {
    return new Gaussian(images.width(), images.height(), shift.scaled(shift.value(), images));
  }

  private static ShiftFamily eidolon(String name, double coherence) {
    return new ShiftFamily(
        name,
        "eidolon of coherence " + coherence + ": places displaced by about so many pixels",
        List.of("1", "2", "4", "8", "16", "32", "64", "128"),
        true,
        (family, level) -> number(family, level, 0, Double.MAX_VALUE),
        (shift, grey) ->
            (images, seed) -> {
              Eidolon eidolon =
                  new Eidolon(
                      images.width(),
                      images.height(),
                      shift.scaled(shift.value(), images),
                      coherence,
                      shift.scaled(EIDOLON_GRAIN, images));
              return randomised(grey, eidolon::apply).fit(images, seed);
            });
  }

  private static ShiftFamily style(String name, String description, StyleMaker transform) {
    return new ShiftFamily(
        name,
        description,
        List.of(""),
        false,
        Shifts::oneOf,
        (shift, grey) -> (images, seed) -> transform.make(shift, images, seed));
  }

  /** A shift of style, whose filters have lengths that scale like levels. */
  @FunctionalInterface
  private interface StyleMaker {
    Transform make(Shift shift, ImageSet images, long seed);
  }

  private static Transform.Fitted plain(boolean grey, UnaryOperator<Raster> transform) {
    return randomised(grey, (image, random) -> transform.apply(image));
  }

  private static Transform.Fitted randomised(
      boolean grey, BiFunction<Raster, SplittableRandom, Raster> transform) {
    return (images, seed) ->
        (i, random) -> {
          Raster image = Raster.of(images, i);
          return transform.apply(grey ? image.toGrey() : image, random);
        };
  }

  private static String oneOf(ShiftFamily family, String level) {
    if (!family.levels().contains(level)) {
      throw family.unknown(
          level, family.levels().equals(List.of("")) ? "none" : "one of " + family.levels());
    }
    return level;
  }

  private static String number(ShiftFamily family, String level, double low, double high) {
    try {
      double value = Double.parseDouble(level);
      if (value >= low && value <= high) {
        return new BigDecimal(level.strip()).stripTrailingZeros().toPlainString();
      }
    } catch (NumberFormatException e) {
      // falls through to the message
    }
    throw family.unknown(
        level,
        "one of "
            + family.levels()
            + " or a number "
            + (high == Double.MAX_VALUE ? "of at least " + low : "from " + low + " to " + high));
  }
}
