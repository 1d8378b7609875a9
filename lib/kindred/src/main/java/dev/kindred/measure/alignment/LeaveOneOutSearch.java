package dev.kindred.measure.alignment;

import dev.kindred.base.Progress;
import dev.kindred.base.matrix.Matrix;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * The best penalty without the errors of all. From the residuals of one penalty follow, for every
 * other, the error but for a sum of squares ({@link ResidualExpansion}), and bounds on that sum: Σₖ
 * δₖ²·‖pₖ‖² times the least and the greatest 1/dᵢ². So penalties are looked at one by one, the
 * likeliest first, and those whose bounds leave them no chance never are: each costs two products
 * as large as the fit itself.
 */
final class LeaveOneOutSearch implements LeaveOneOut {
  /** Rounding of a bound, as a share of the numbers that it is made of. */
  private static final double ROUNDING = 1e-12;

  private final Leverages leverages;
  private final double[] least;
  private final double[] mean;

  LeaveOneOutSearch(Leverages leverages) {
    this.leverages = leverages;
    least = new double[leverages.penalties()];
    mean = new double[leverages.penalties()];
    for (int g = 0; g < least.length; g++) {
      least[g] = Arrays.stream(leverages.weights()[g]).min().orElseThrow();
      mean[g] = Arrays.stream(leverages.weights()[g]).average().orElseThrow();
    }
  }

  @Override
  public int best(Matrix targets, Matrix projected) {
    double[] energies = Ridge.rowEnergies(projected);
    State state = new State(energies, outside(targets, energies));
    for (int g = state.next(); g >= 0; g = state.next()) {
      Progress.checkCancelled();
      double[] left = leverages.remainders().column(g);
      try (ResidualExpansion expansion =
          new ResidualExpansion(leverages, targets, projected, left)) {
        state.found(g, expansion.constant(g));
        if (state.next() >= 0) {
          state.narrow(expansion, left);
        }
      }
    }
    return state.best;
  }

  private double outside(Matrix targets, double[] energies) {
    return leverages.isComplete()
        ? 0
        : Math.max(0, targets.sumOfSquares() - Arrays.stream(energies).sum());
  }

  /** What is known of every penalty's error. */
  private final class State {
    private final double[] energies;

    /** An error is at least this. */
    private final double[] low;

    private final double[] guess;
    private final boolean[] known;
    private int best = -1;
    private double bestError = Double.POSITIVE_INFINITY;

    /**
     * @param energies ‖pₖ‖²
     * @param outside ‖Y − UP‖²
     */
    State(double[] energies, double outside) {
      this.energies = energies;
      low = new double[least.length];
      guess = new double[least.length];
      known = new boolean[least.length];
      double rounding = ROUNDING * (outside + Arrays.stream(energies).sum());
      for (int g = 0; g < low.length; g++) {
        double squares = outside + squares(g, new double[energies.length]);
        low[g] = (squares - rounding) * least[g];
        guess[g] = squares * mean[g];
      }
    }

    /** Σₖ δₖ²·‖pₖ‖². */
    private double squares(int penalty, double[] left) {
      double sum = 0;
      for (int k = 0; k < energies.length; k++) {
        double step = leverages.remainders().get(k, penalty) - left[k];
        sum += step * step * energies[k];
      }
      return sum;
    }

    /** The likeliest of those that may be better than the best known; −1 if there is none. */
    int next() {
      return IntStream.range(0, low.length)
          .filter(g -> !known[g] && low[g] < bestError)
          .boxed()
          .min((a, b) -> Double.compare(guess[a], guess[b]))
          .orElse(-1);
    }

    void found(int penalty, double error) {
      known[penalty] = true;
      if (best < 0 || error < bestError) {
        best = penalty;
        bestError = error;
      }
    }

    void narrow(ResidualExpansion expansion, double[] left) {
      double[] linear = expansion.linear();
      for (int g = 0; g < low.length; g++) {
        double constant = expansion.constant(g);
        double squares = squares(g, left);
        double rounding = ROUNDING * (constant + Math.abs(linear[g]));
        low[g] = Math.max(low[g], constant + linear[g] + squares * least[g] - rounding);
        guess[g] = constant + linear[g] + squares * mean[g];
      }
    }
  }
}
