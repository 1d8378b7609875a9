package dev.kindred.measure.geometry;

import dev.kindred.measure.Prepared;

/** A representation's one number. */
record Statistic(double value) implements Prepared {

  static double difference(Prepared x, Prepared y) {
    return Math.abs(((Statistic) x).value - ((Statistic) y).value);
  }

  @Override
  public long bytes() {
    return Double.BYTES;
  }
}
