package dev.kindred.measure;

/** Transformations of one representation that leave a measure's value unchanged. */
public enum Invariance {
  /** X → XQ with QᵀQ = QQᵀ = I. */
  ORTHOGONAL,
  /** X → cX with c &gt; 0. */
  ISOTROPIC_SCALING,
  /** Units in another order. */
  PERMUTATION,
  /** X → X + 1bᵀ. */
  TRANSLATION,
  /** X → XA with invertible A. */
  INVERTIBLE_LINEAR
}
