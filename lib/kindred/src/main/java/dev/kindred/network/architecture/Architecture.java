package dev.kindred.network.architecture;

/** A kind of network with its sizes. Implementations are records, whose text names all sizes. */
public interface Architecture {
  /** Convolutional network or transformer, as paper 1 groups models. */
  enum Family {
    CNN,
    TRANSFORMER
  }

  Family family();

  /** A fresh, uninitialised network. */
  Encoder newEncoder();
}
