package dev.kindred.representation;

import dev.kindred.base.array.ElementType;

/** Type of the numbers that a {@link Representation} stores. */
public enum Precision {
  FLOAT32(ElementType.FLOAT32),
  FLOAT64(ElementType.FLOAT64);

  private final ElementType type;

  Precision(ElementType type) {
    this.type = type;
  }

  /** The same type in a file. */
  ElementType type() {
    return type;
  }

  /** Bytes of one number. */
  public int bytes() {
    return type.bytes();
  }

  /** As NumPy writes it. */
  @Override
  public String toString() {
    return type.toString();
  }
}
