package dev.kindred.stimuli.shift;

import dev.kindred.base.InputException;
import dev.kindred.stimuli.ImageSet;
import java.util.List;

/**
 * One of the seventeen kinds of shift, with the condition levels of the public stimuli.
 *
 * <p>Geirhos et al. apply the kinds between contrast and rotation to grey images, so that colour is
 * no confound, and so it is done here unless {@link Shift#inColour()} is asked for.
 */
public final class ShiftFamily {
  private final String name;
  private final String description;
  private final List<String> levels;
  private final boolean grey;
  private final LevelCheck check;
  private final Maker maker;

  ShiftFamily(
      String name,
      String description,
      List<String> levels,
      boolean grey,
      LevelCheck check,
      Maker maker) {
    this.name = name;
    this.description = description;
    this.levels = List.copyOf(levels);
    this.grey = grey;
    this.check = check;
    this.maker = maker;
  }

  /** Its name, such as {@code contrast}. */
  public String name() {
    return name;
  }

  /** What it does and what its level means, in a sentence. */
  public String description() {
    return description;
  }

  /** The levels of the public stimuli, mildest first; one empty level where there are none. */
  public List<String> levels() {
    return levels;
  }

  /** Whether the shift is applied to grey images unless colour is asked for. */
  public boolean isGrey() {
    return grey;
  }

  /** The shift at a level: one of {@link #levels()}, or another number within the range. */
  public Shift level(String level) {
    return new Shift(this, check.canonical(this, level), false, Shift.PUBLIC_SIZE);
  }

  /** The shifts at all {@link #levels()}. */
  public List<Shift> shifts() {
    return levels.stream().map(this::level).toList();
  }

  Transform fit(Shift shift, ImageSet images, long seed) {
    return maker.make(shift, grey && !shift.colour()).fit(images, seed);
  }

  InputException unknown(String level, String expected) {
    return new InputException(
        "shift "
            + name
            + ": expected level "
            + expected
            + ", found "
            + (level.isEmpty() ? "none" : level));
  }

  @Override
  public String toString() {
    return name + " " + levels + ": " + description;
  }

  /** Brings a level into the form that is used in names, or refuses it. */
  @FunctionalInterface
  interface LevelCheck {
    String canonical(ShiftFamily family, String level);
  }

  /** Makes the transform of a shift of the family. */
  @FunctionalInterface
  interface Maker {
    Transform.Fitted make(Shift shift, boolean grey);
  }
}
