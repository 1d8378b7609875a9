package dev.kindred.study.consistency;

import dev.kindred.base.AverageLinkage;
import dev.kindred.base.LabelledMatrix;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Groups of model pairs whose similarity varies least and most over data sets, the boxes of Figure
 * 2. The groups are the blocks that branches of the tree make of the matrix; the paper's boxes were
 * drawn by eye.
 */
public final class ModelBlocks {
  /** The tree is cut into so many branches, fewer where there are few models. */
  private static final int BRANCHES = 6;

  /** Smaller branches make no blocks. */
  private static final int LEAST = 3;

  /**
   * Rows and columns of the ordered matrix, ends excluded.
   *
   * @param deviation mean over its pairs of the deviation over data sets
   */
  public record Block(int row, int endRow, int column, int endColumn, double deviation) {}

  private final List<Block> blocks = new ArrayList<>();

  /**
   * @param similarities of the models
   * @param tree over the same models
   */
  public ModelBlocks(SimilaritySet similarities, AverageLinkage tree) {
    LabelledMatrix deviation = similarities.standardDeviation();
    int[] order = tree.order();
    List<int[]> parts =
        tree.parts(Math.min(BRANCHES, order.length)).stream()
            .filter(part -> part[1] - part[0] >= LEAST)
            .toList();
    for (int a = 0; a < parts.size(); a++) {
      for (int b = 0; b <= a; b++) {
        int[] rows = parts.get(a);
        int[] columns = parts.get(b);
        double mean = mean(similarities, deviation, order, rows, columns);
        if (!Double.isNaN(mean)) {
          blocks.add(new Block(rows[0], rows[1], columns[0], columns[1], mean));
        }
      }
    }
  }

  /** Copies of one declaration are alike on all data sets and tell nothing. */
  private static double mean(
      SimilaritySet similarities,
      LabelledMatrix deviation,
      int[] order,
      int[] rows,
      int[] columns) {
    List<String> declarations = similarities.declarations();
    double sum = 0;
    int count = 0;
    for (int i = rows[0]; i < rows[1]; i++) {
      for (int j = columns[0]; j < columns[1]; j++) {
        if (!declarations.get(order[i]).equals(declarations.get(order[j]))) {
          sum += deviation.get(order[i], order[j]);
          count++;
        }
      }
    }
    return sum / count;
  }

  /** The block that varies least. */
  public Optional<Block> stable() {
    return blocks.stream().min(Comparator.comparingDouble(Block::deviation));
  }

  /** The block that varies most; empty where there is only one. */
  public Optional<Block> variable() {
    return blocks.size() < 2
        ? Optional.empty()
        : blocks.stream().max(Comparator.comparingDouble(Block::deviation));
  }
}
