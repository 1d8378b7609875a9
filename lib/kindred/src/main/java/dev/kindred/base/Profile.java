package dev.kindred.base;

import java.util.Arrays;
import java.util.Locale;

/** How much a notebook does, and on which data; chosen by {@code KINDRED_PROFILE}. */
public enum Profile {
  /** The smallest sizes that still run every cell; seconds. */
  TEST,
  /** The default: no network, generated stimuli, small networks trained on the spot; minutes. */
  DEMO,
  /** Public data and published models; CPU hours at most. */
  REAL,
  /** The papers' own settings; for a GPU or a cluster. */
  PAPER;

  /** The value for this profile. */
  public <T> T choose(T test, T demo, T real, T paper) {
    return switch (this) {
      case TEST -> test;
      case DEMO -> demo;
      case REAL -> real;
      case PAPER -> paper;
    };
  }

  /** True where stimuli and models come from files and not from the built-in generator. */
  public boolean usesPublicData() {
    return this == REAL || this == PAPER;
  }

  /** The profile of that name; DEMO for null or blank text. */
  public static Profile named(String name) {
    if (name == null || name.isBlank()) {
      return DEMO;
    }
    return Arrays.stream(values())
        .filter(profile -> profile.name().equalsIgnoreCase(name.strip()))
        .findFirst()
        .orElseThrow(
            () ->
                new InputException(
                    "KINDRED_PROFILE=" + name + ": expected one of test, demo, real and paper"));
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
