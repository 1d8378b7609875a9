package dev.kindred.study.convergence;

import java.util.List;

/** Networks that differ in their seeds alone, or a single one. */
sealed interface NetworkGroup permits TrainedGroup, PublicNetwork {
  String name();

  /** The layers that are aligned, from the input to the output. */
  List<String> layers();

  /** Whether the networks learnt classes from labels. */
  boolean isSupervised();
}
