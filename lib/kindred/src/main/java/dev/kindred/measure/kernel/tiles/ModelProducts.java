package dev.kindred.measure.kernel.tiles;

import dev.kindred.base.Parallel;
import dev.kindred.base.Progress;
import dev.kindred.base.array.ElementType;
import dev.kindred.base.matrix.Panel;
import dev.kindred.measure.Checkpoint;
import dev.kindred.measure.Features;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.measure.Run;
import dev.kindred.representation.Representation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntConsumer;
import java.util.function.UnaryOperator;

/**
 * The cosines or inner products of all pairs of models at once, within a memory budget.
 *
 * <p>The plan: linear kernels of few units are multiplied as features, everything else in tiles of
 * stimulus pairs, as {@link TilePlan} says. The arithmetic is float32 if all representations are,
 * and there is enough of it to be worth it.
 */
public final class ModelProducts {
  /** Below this float64 takes some milliseconds: then there is no reason to lose digits. */
  private static final double FLOAT32_FROM_FLOPS = 2e9;

  private final PairKernel kernel;
  private final Estimator estimator;
  private final Batches batches;
  private final MeasureInfo info;
  private final double float32FromFlops;

  public ModelProducts(PairKernel kernel, Estimator estimator, Batches batches, MeasureInfo info) {
    this(kernel, estimator, batches, info, FLOAT32_FROM_FLOPS);
  }

  /** For tests, which choose the precision of small problems. */
  ModelProducts(
      PairKernel kernel,
      Estimator estimator,
      Batches batches,
      MeasureInfo info,
      double float32FromFlops) {
    this.kernel = kernel;
    this.estimator = estimator;
    this.batches = batches;
    this.info = info;
    this.float32FromFlops = float32FromFlops;
  }

  /** The cosine of every two models. */
  public double[][] cosines(List<Representation> models, Run run) {
    return batches.average() == Batches.Average.MEAN
        ? mean(models, run, ModelProducts::cosines)
        : cosines(products(models, run));
  }

  /**
   * ⟨K,L⟩ of every two models after what the estimator subtracts, divided by its normaliser: the
   * HSIC, or its mean over batches.
   */
  public double[][] products(List<Representation> models, Run run) {
    return mean(models, run, UnaryOperator.identity());
  }

  /** The mean over batches of a function of a batch's products. */
  private double[][] mean(List<Representation> models, Run run, UnaryOperator<double[][]> of) {
    int n = models.get(0).stimuli();
    for (Representation x : models) {
      Features.require(x, info.minimumStimuli());
      batches.require(x.id(), n, info.minimumStimuli());
    }
    int[] exponents = new int[models.size()];
    Parallel.forEach(exponents.length, m -> exponents[m] = Features.exponent(models.get(m), info));
    int count = batches.count(n);
    double[][] mean = new double[models.size()][models.size()];
    for (int b = 0; b < count; b++) {
      int from = batches.from(b);
      int to = batches.to(b, n);
      String what = info.specification() + (count == 1 ? "" : " batch " + (b + 1) + "/" + count);
      double[][] products = inner(models, exponents, from, to, what, run);
      double normaliser = Batches.normaliser(estimator, to - from);
      for (double[] row : products) {
        for (int j = 0; j < row.length; j++) {
          row[j] /= normaliser;
        }
      }
      double[][] values = of.apply(products);
      for (int i = 0; i < mean.length; i++) {
        for (int j = 0; j < mean.length; j++) {
          mean[i][j] += values[i][j] / count;
        }
      }
    }
    return mean;
  }

  private static double[][] cosines(double[][] products) {
    double[][] cosines = new double[products.length][products.length];
    for (int i = 0; i < products.length; i++) {
      for (int j = 0; j < products.length; j++) {
        cosines[i][j] = cosine(products, i, j);
      }
    }
    return cosines;
  }

  private static double cosine(double[][] inner, int i, int j) {
    return i == j ? 1 : inner[i][j] / (Math.sqrt(inner[i][i]) * Math.sqrt(inner[j][j]));
  }

  private double[][] inner(
      List<Representation> models, int[] exponents, int from, int to, String what, Run run) {
    int n = to - from;
    boolean float32 = float32(models, n);
    boolean centre = centred() || kernel.centreColumns();
    List<TreatedFeatures> features = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      features.add(
          new TreatedFeatures(
              models.get(m), exponents[m], from, to, kernel.rows(), centre, float32));
    }
    try {
      Panel.load();
      PairSums sums;
      if (estimator == Estimator.SPEARMAN) {
        Parallel.forEach(features.size(), m -> features.get(m).read());
        return new RankProducts(kernel, info.specification(), float32, run)
            .inner(models, features, n);
      }
      long cacheBytes = features.stream().mapToLong(TreatedFeatures::cacheBytes).sum();
      if (featureFormIsCheaper(features, n) && cacheBytes <= run.budget()) {
        sums = featureForm(models, features, n, float32, what, run);
      } else {
        sums = tiles(models, features, n, float32, what, run);
      }
      double[][] inner = sums.inner(estimator, centred());
      for (int m = 0; m < models.size(); m++) {
        if (!(inner[m][m] > sums.squaredSize(m, estimator) * noVariation(float32))) {
          throw Embedder.noVariation(models.get(m).id(), n, info.specification());
        }
      }
      unscale(inner, features);
      return inner;
    } finally {
      features.forEach(TreatedFeatures::close);
    }
  }

  /** Takes out the features' scales, which may differ between batches. */
  private void unscale(double[][] inner, List<TreatedFeatures> features) {
    if (kernel.form() == PairKernel.Form.INNER) {
      for (int a = 0; a < inner.length; a++) {
        for (int b = 0; b < inner.length; b++) {
          double scale = features.get(a).scale() * features.get(b).scale();
          inner[a][b] /= scale * scale;
        }
      }
    }
  }

  private static double noVariation(boolean float32) {
    return float32 ? 1e-13 : Embedder.NO_VARIATION * Embedder.NO_VARIATION;
  }

  /** Whether models on n stimuli are compared in float32. */
  public boolean float32(List<Representation> models, int n) {
    double units = 0;
    for (Representation x : models) {
      if (x.precision() != ElementType.FLOAT32) {
        return false;
      }
      units += x.units();
    }
    return units * n * n >= float32FromFlops;
  }

  /** Inner products of centred features have rows that sum to zero, and HSIC asks for no more. */
  private boolean centred() {
    return kernel.form() == PairKernel.Form.INNER;
  }

  private boolean featureFormIsCheaper(List<TreatedFeatures> features, int n) {
    if (!centred()) {
      return false;
    }
    double units = features.stream().mapToDouble(TreatedFeatures::units).sum();
    double tiles = (double) n * n * (units + (double) features.size() * features.size() / 2);
    return FeatureProducts.flops(n, features) < tiles;
  }

  private PairSums featureForm(
      List<Representation> models,
      List<TreatedFeatures> features,
      int n,
      boolean float32,
      String what,
      Run run) {
    Arrivals arrivals = arrivals(models, m -> features.get(m).read().cache());
    int pairs = features.size() * (features.size() + 1) / 2;
    try (Progress.Task task = run.progress().begin(what, pairs)) {
      return FeatureProducts.sums(features, arrivals, n, float32, task);
    }
  }

  private static Arrivals arrivals(List<Representation> models, IntConsumer prepare) {
    return new Arrivals(models.size(), m -> models.get(m).isRead(), prepare);
  }

  private PairSums tiles(
      List<Representation> models,
      List<TreatedFeatures> features,
      int n,
      boolean float32,
      String what,
      Run run) {
    TilePlan plan = TilePlan.of(features, n, float32, run.budget());
    List<KernelTiles> kernels =
        features.stream().map(f -> new KernelTiles(kernel, f, float32)).toList();
    boolean shifted = estimator != Estimator.COSINE;
    Arrivals arrivals =
        arrivals(
            models,
            m -> {
              features.get(m).read();
              if (plan.cached()) {
                features.get(m).cache();
              }
              kernels.get(m).bind(n, shifted);
            });
    try (TiledProducts products = new TiledProducts(kernels, arrivals, n, plan, float32);
        Progress.Task task = run.progress().begin(what, plan.tiles())) {
      return products.sums(Checkpoint.of(run, what + " in " + plan, models), task);
    }
  }
}
