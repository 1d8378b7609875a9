package dev.kindred.measure;

import java.util.Map;

/**
 * A method for every measure of the catalogue, and of each choice one for every value: made by
 * {@code MeasureFactoriesTest}, not by hand.
 */
public abstract sealed class MeasureFactories permits Measures {
  MeasureFactories() {}

  /** Centred kernel alignment: the normalised overlap of two kernel matrices over stimuli. */
  public static CkaChoice cka() {
    return new CkaChoice(Map.of());
  }

  /**
   * Linear CKA of the populations that stimuli and units were sampled from: unbiased terms over
   * both.
   */
  public static MeasureChoice<?> correctedCka() {
    return MeasureChoice.without("corrected-cka");
  }

  /**
   * CKA′ distance: difference of the Gram matrices of responses of equal total variance, relative
   * to their size.
   */
  public static CkaPrimeChoice ckaPrime() {
    return new CkaPrimeChoice(Map.of());
  }

  /**
   * Hilbert–Schmidt independence criterion: covariance of the kernel matrices, which CKA
   * normalises. Its scale is that of the responses.
   */
  public static HsicChoice hsic() {
    return new HsicChoice(Map.of());
  }

  /**
   * Representational similarity analysis: the correlation of two matrices of dissimilarities
   * between stimuli.
   */
  public static RsaChoice rsa() {
    return new RsaChoice(Map.of());
  }

  /**
   * Distance correlation: dependence of any form, linear or not; biased upward when p is not small
   * against n, unless estimator=unbiased.
   */
  public static DistanceCorrelationChoice distanceCorrelation() {
    return new DistanceCorrelationChoice(Map.of());
  }

  /**
   * Normalised Bures similarity (fidelity) of the centred Gram matrices, reached by the best
   * rotation.
   */
  public static MeasureChoice<?> bures() {
    return MeasureChoice.without("bures");
  }

  /** Frobenius norm of the difference of the matrices of Euclidean distances between stimuli. */
  public static MeasureChoice<?> rsmNormDifference() {
    return MeasureChoice.without("rsm-norm-difference");
  }

  /** Mean canonical correlation: how far two representations span the same subspace. */
  public static CcaChoice cca() {
    return new CcaChoice(Map.of());
  }

  /**
   * Mean canonical correlation of the leading principal components, those that hold a share of the
   * variance.
   */
  public static SvccaChoice svcca() {
    return new SvccaChoice(Map.of());
  }

  /** Canonical correlations weighted by how much of the first representation each accounts for. */
  public static PwccaChoice pwcca() {
    return new PwccaChoice(Map.of());
  }

  /** In-sample R² of the second representation from the first by least squares. */
  public static MeasureChoice<?> linearRegression() {
    return MeasureChoice.without("linear-regression");
  }

  /** Squared difference between ridge predictions from two representations, over all tasks. */
  public static GulpChoice gulp() {
    return new GulpChoice(Map.of());
  }

  /** Overlap of the column spaces over the larger number of units, without centring. */
  public static MeasureChoice<?> eigenspaceOverlap() {
    return MeasureChoice.without("eigenspace-overlap");
  }

  /** What is left between two representations after the best rotation. */
  public static ProcrustesChoice procrustes() {
    return new ProcrustesChoice(Map.of());
  }

  /** Shape metric between Procrustes (alpha=1) and CCA (alpha=0). */
  public static ShapeChoice shape() {
    return new ShapeChoice(Map.of());
  }

  /**
   * Shape metric over orders of the units: how far apart are the responses when units are matched
   * one to one? Obeys the triangle inequality.
   */
  public static PermutationShapeChoice permutationShape() {
    return new PermutationShapeChoice(Map.of());
  }

  /**
   * Shape metric between the Gaussian response distributions of repeated measurements, from means
   * and covariances.
   */
  public static StochasticShapeGaussianChoice stochasticShapeGaussian() {
    return new StochasticShapeGaussianChoice(Map.of());
  }

  /**
   * Shape metric between the response distributions of repeated measurements, by energy distances:
   * no assumption on their form.
   */
  public static StochasticShapeEnergyChoice stochasticShapeEnergy() {
    return new StochasticShapeEnergyChoice(Map.of());
  }

  /** Mean cosine between responses after the best rotation, every stimulus alike. */
  public static MeasureChoice<?> alignedCosine() {
    return MeasureChoice.without("aligned-cosine");
  }

  /** Held-out prediction of one representation's units from the other by ridge regression. */
  public static LinearPredictivityChoice linearPredictivity() {
    return new LinearPredictivityChoice(Map.of());
  }

  /**
   * Held-out correlation of one representation's units with the other, rotated by the best rotation
   * of the training stimuli.
   */
  public static ProcrustesPredictivityChoice procrustesPredictivity() {
    return new ProcrustesPredictivityChoice(Map.of());
  }

  /**
   * Held-out prediction of one representation's units from the other by partial least squares on a
   * few components.
   */
  public static PlsChoice pls() {
    return new PlsChoice(Map.of());
  }

  /** Mean correlation of units matched one to one. */
  public static PermutationMatchingChoice permutationMatching() {
    return new PermutationMatchingChoice(Map.of());
  }

  /** Mean best correlation of every unit with any unit of the other side, both ways. */
  public static MeasureChoice<?> semiMatching() {
    return MeasureChoice.without("semi-matching");
  }

  /** Correlation of units under the best soft permutation, at any widths. */
  public static SoftMatchingChoice softMatching() {
    return new SoftMatchingChoice(Map.of());
  }

  /**
   * Correlation of units under the best soft permutation of a share of them; the rest stays without
   * a partner.
   */
  public static PartialSoftMatchingChoice partialSoftMatching() {
    return new PartialSoftMatchingChoice(Map.of());
  }

  /**
   * Held-out correlation of every unit with the single unit of the other representation that
   * correlates best with it on other stimuli.
   */
  public static PairwiseMatchingChoice pairwiseMatching() {
    return new PairwiseMatchingChoice(Map.of());
  }

  /** Share of the k nearest neighbours in common. */
  public static MutualKnnChoice mutualKnn() {
    return new MutualKnnChoice(Map.of());
  }

  /** Share of stimuli found again by a neighbour step in each representation. */
  public static CycleKnnChoice cycleKnn() {
    return new CycleKnnChoice(Map.of());
  }

  /** CKA over pairs of stimuli that are neighbours in both representations. */
  public static CknnaChoice cknna() {
    return new CknnaChoice(Map.of());
  }

  /** Intersection over union of the k nearest neighbours by cosine. */
  public static JaccardKnnChoice jaccardKnn() {
    return new JaccardKnnChoice(Map.of());
  }

  /** Agreement of the order of common neighbours by cosine. */
  public static RankSimilarityChoice rankSimilarity() {
    return new RankSimilarityChoice(Map.of());
  }

  /**
   * Common neighbours by cosine and their order together: jaccard-knn times rank-similarity,
   * stimulus by stimulus.
   */
  public static JointRankJaccardChoice jointRankJaccard() {
    return new JointRankJaccardChoice(Map.of());
  }

  /**
   * Length of the longest common subsequence of the two lists of nearest neighbours, mean over
   * stimuli; 0 to k.
   */
  public static LcsKnnChoice lcsKnn() {
    return new LcsKnnChoice(Map.of());
  }

  /**
   * One minus the edit distance of the two lists of nearest neighbours, relative to k: a
   * similarity.
   */
  public static EditDistanceKnnChoice editDistanceKnn() {
    return new EditDistanceKnnChoice(Map.of());
  }

  /** Cosine of the distances to the union of both neighbourhoods. */
  public static SecondOrderCosineChoice secondOrderCosine() {
    return new SecondOrderCosineChoice(Map.of());
  }

  /** Difference of how evenly responses spread over the sphere. */
  public static UniformityDifferenceChoice uniformityDifference() {
    return new UniformityDifferenceChoice(Map.of());
  }

  /** Difference of the lengths of the mean responses. */
  public static MeasureChoice<?> magnitudeDifference() {
    return MeasureChoice.without("magnitude-difference");
  }

  /** Difference of the mean cosine between responses and their mean. */
  public static MeasureChoice<?> concentricityDifference() {
    return MeasureChoice.without("concentricity-difference");
  }

  /**
   * Multi-scale intrinsic distance: how differently heat spreads on the two graphs of nearest
   * neighbours.
   */
  public static ImdChoice imd() {
    return new ImdChoice(Map.of());
  }

  /**
   * Representation topology divergence: length of the bars of clusters and loops that one
   * representation has and the other lacks at the same stimuli.
   */
  public static RtdChoice rtd() {
    return new RtdChoice(Map.of());
  }

  /** Difference of accuracies, from logits and labels. */
  public static AccuracyGapChoice accuracyGap() {
    return new AccuracyGapChoice(Map.of());
  }

  /** Share of stimuli that two networks classify differently, from their logits. */
  public static MeasureChoice<?> disagreement() {
    return MeasureChoice.without("disagreement");
  }

  /**
   * Agreement of two networks on which stimuli they fail, above what their accuracies explain, from
   * logits and labels.
   */
  public static ErrorConsistencyChoice errorConsistency() {
    return new ErrorConsistencyChoice(Map.of());
  }

  /** Agreement of assigned classes above chance, from logits. */
  public static MeasureChoice<?> cohenKappa() {
    return MeasureChoice.without("cohen-kappa");
  }

  /** Mean Jensen-Shannon divergence (bits) of predicted probabilities, from logits. */
  public static MeasureChoice<?> jensenShannon() {
    return MeasureChoice.without("jensen-shannon");
  }

  /**
   * Share of points of planes of inputs that two networks classify alike, from their logits there.
   */
  public static MeasureChoice<?> decisionRegionSimilarity() {
    return MeasureChoice.without("decision-region-similarity");
  }

  /** Choices of {@code cka}. */
  public static final class CkaChoice extends MeasureChoice<CkaChoice> {
    private CkaChoice(Map<String, String> chosen) {
      super("cka", chosen, CkaChoice::new);
    }

    /** {@code kernel=linear}, the default; kernel of two stimuli. */
    public CkaChoice linear() {
      return with("kernel", "linear");
    }

    /** {@code kernel=rbf}; kernel of two stimuli. */
    public CkaChoice rbf() {
      return with("kernel", "rbf");
    }

    /**
     * width of the RBF kernel; median: σ² is the median non-zero squared distance; median unless
     * chosen.
     */
    public CkaChoice sigma(double value) {
      return with("sigma", value);
    }

    /** {@code estimator=unbiased}, the default; HSIC₁ or HSIC₀. */
    public CkaChoice unbiased() {
      return with("estimator", "unbiased");
    }

    /** {@code estimator=biased}; HSIC₁ or HSIC₀. */
    public CkaChoice biased() {
      return with("estimator", "biased");
    }

    /** stimuli in a mini-batch; none unless chosen. */
    public CkaChoice batch(int value) {
      return with("batch", value);
    }

    /** {@code average=ratio}, the default; what is averaged over mini-batches. */
    public CkaChoice ratio() {
      return with("average", "ratio");
    }

    /** {@code average=mean}; what is averaged over mini-batches. */
    public CkaChoice mean() {
      return with("average", "mean");
    }

    /** {@code rows=raw}, the default; features as they are or each row divided by its norm. */
    public CkaChoice raw() {
      return with("rows", "raw");
    }

    /** {@code rows=unit}; features as they are or each row divided by its norm. */
    public CkaChoice unit() {
      return with("rows", "unit");
    }

    /** {@code score=value}, the default; the alignment or its arc cosine. */
    public CkaChoice value() {
      return with("score", "value");
    }

    /** {@code score=angle}; the alignment or its arc cosine. */
    public CkaChoice angle() {
      return with("score", "angle");
    }

    /** {@code kernel=rbf} of that {@code sigma}. */
    public CkaChoice rbf(double sigma) {
      return rbf().sigma(sigma);
    }
  }

  /** Choices of {@code cka-prime}. */
  public static final class CkaPrimeChoice extends MeasureChoice<CkaPrimeChoice> {
    private CkaPrimeChoice(Map<String, String> chosen) {
      super("cka-prime", chosen, CkaPrimeChoice::new);
    }

    /** {@code norm=gram}, the default; ‖XᵀX‖² + ‖YᵀY‖² or ‖X‖⁴ + ‖Y‖⁴. */
    public CkaPrimeChoice gram() {
      return with("norm", "gram");
    }

    /** {@code norm=trace}; ‖XᵀX‖² + ‖YᵀY‖² or ‖X‖⁴ + ‖Y‖⁴. */
    public CkaPrimeChoice trace() {
      return with("norm", "trace");
    }
  }

  /** Choices of {@code hsic}. */
  public static final class HsicChoice extends MeasureChoice<HsicChoice> {
    private HsicChoice(Map<String, String> chosen) {
      super("hsic", chosen, HsicChoice::new);
    }

    /** {@code kernel=linear}, the default; kernel of two stimuli. */
    public HsicChoice linear() {
      return with("kernel", "linear");
    }

    /** {@code kernel=rbf}; kernel of two stimuli. */
    public HsicChoice rbf() {
      return with("kernel", "rbf");
    }

    /**
     * width of the RBF kernel; median: σ² is the median non-zero squared distance; median unless
     * chosen.
     */
    public HsicChoice sigma(double value) {
      return with("sigma", value);
    }

    /** {@code estimator=unbiased}, the default; HSIC₁ or HSIC₀. */
    public HsicChoice unbiased() {
      return with("estimator", "unbiased");
    }

    /** {@code estimator=biased}; HSIC₁ or HSIC₀. */
    public HsicChoice biased() {
      return with("estimator", "biased");
    }

    /** {@code rows=raw}, the default; features as they are or each row divided by its norm. */
    public HsicChoice raw() {
      return with("rows", "raw");
    }

    /** {@code rows=unit}; features as they are or each row divided by its norm. */
    public HsicChoice unit() {
      return with("rows", "unit");
    }

    /** {@code kernel=rbf} of that {@code sigma}. */
    public HsicChoice rbf(double sigma) {
      return rbf().sigma(sigma);
    }
  }

  /** Choices of {@code rsa}. */
  public static final class RsaChoice extends MeasureChoice<RsaChoice> {
    private RsaChoice(Map<String, String> chosen) {
      super("rsa", chosen, RsaChoice::new);
    }

    /** {@code rdm=correlation}, the default; dissimilarity of two stimuli. */
    public RsaChoice correlation() {
      return with("rdm", "correlation");
    }

    /** {@code rdm=cosine}; dissimilarity of two stimuli. */
    public RsaChoice rdmCosine() {
      return with("rdm", "cosine");
    }

    /** {@code rdm=euclidean}; dissimilarity of two stimuli. */
    public RsaChoice euclidean() {
      return with("rdm", "euclidean");
    }

    /** {@code rdm=sqeuclidean}; dissimilarity of two stimuli. */
    public RsaChoice sqeuclidean() {
      return with("rdm", "sqeuclidean");
    }

    /** {@code rdm=gaussian}; dissimilarity of two stimuli. */
    public RsaChoice gaussian() {
      return with("rdm", "gaussian");
    }

    /** {@code rdm=mahalanobis}; dissimilarity of two stimuli. */
    public RsaChoice mahalanobis() {
      return with("rdm", "mahalanobis");
    }

    /** {@code rdm=crossnobis}; dissimilarity of two stimuli. */
    public RsaChoice crossnobis() {
      return with("rdm", "crossnobis");
    }

    /** {@code compare=spearman}, the default; how dissimilarities are compared. */
    public RsaChoice spearman() {
      return with("compare", "spearman");
    }

    /** {@code compare=pearson}; how dissimilarities are compared. */
    public RsaChoice pearson() {
      return with("compare", "pearson");
    }

    /** {@code compare=kendall-tau-a}; how dissimilarities are compared. */
    public RsaChoice kendallTauA() {
      return with("compare", "kendall-tau-a");
    }

    /** {@code compare=kendall-tau-b}; how dissimilarities are compared. */
    public RsaChoice kendallTauB() {
      return with("compare", "kendall-tau-b");
    }

    /** {@code compare=cosine}; how dissimilarities are compared. */
    public RsaChoice compareCosine() {
      return with("compare", "cosine");
    }

    /** {@code compare=rho-a}; how dissimilarities are compared. */
    public RsaChoice rhoA() {
      return with("compare", "rho-a");
    }

    /** {@code compare=cosine-cov}; how dissimilarities are compared. */
    public RsaChoice cosineCov() {
      return with("compare", "cosine-cov");
    }

    /** {@code compare=corr-cov}; how dissimilarities are compared. */
    public RsaChoice corrCov() {
      return with("compare", "corr-cov");
    }

    /** {@code compare=bures}; how dissimilarities are compared. */
    public RsaChoice bures() {
      return with("compare", "bures");
    }

    /** {@code compare=bures-metric}; how dissimilarities are compared. */
    public RsaChoice buresMetric() {
      return with("compare", "bures-metric");
    }

    /** {@code compare=neg-riemannian}; how dissimilarities are compared. */
    public RsaChoice negRiemannian() {
      return with("compare", "neg-riemannian");
    }

    /** repeated measurements of each stimulus, side by side in its row; none unless chosen. */
    public RsaChoice trials(int value) {
      return with("trials", value);
    }

    /**
     * {@code noise=shrinkage-diag}, the default; estimate of the covariance of noise over units.
     */
    public RsaChoice shrinkageDiag() {
      return with("noise", "shrinkage-diag");
    }

    /** {@code noise=shrinkage-eye}; estimate of the covariance of noise over units. */
    public RsaChoice shrinkageEye() {
      return with("noise", "shrinkage-eye");
    }

    /** {@code noise=diag}; estimate of the covariance of noise over units. */
    public RsaChoice diag() {
      return with("noise", "diag");
    }

    /** {@code noise=full}; estimate of the covariance of noise over units. */
    public RsaChoice full() {
      return with("noise", "full");
    }

    /** {@code noise=none}; estimate of the covariance of noise over units. */
    public RsaChoice noiseNone() {
      return with("noise", "none");
    }
  }

  /** Choices of {@code distance-correlation}. */
  public static final class DistanceCorrelationChoice
      extends MeasureChoice<DistanceCorrelationChoice> {
    private DistanceCorrelationChoice(Map<String, String> chosen) {
      super("distance-correlation", chosen, DistanceCorrelationChoice::new);
    }

    /**
     * {@code estimator=biased}, the default; the V-statistic, or the bias-corrected R*, an estimate
     * of the square.
     */
    public DistanceCorrelationChoice biased() {
      return with("estimator", "biased");
    }

    /**
     * {@code estimator=unbiased}; the V-statistic, or the bias-corrected R*, an estimate of the
     * square.
     */
    public DistanceCorrelationChoice unbiased() {
      return with("estimator", "unbiased");
    }
  }

  /** Choices of {@code cca}. */
  public static final class CcaChoice extends MeasureChoice<CcaChoice> {
    private CcaChoice(Map<String, String> chosen) {
      super("cca", chosen, CcaChoice::new);
    }

    /** {@code summary=mean}, the default; what of the canonical correlations. */
    public CcaChoice mean() {
      return with("summary", "mean");
    }

    /** {@code summary=mean-squared}; what of the canonical correlations. */
    public CcaChoice meanSquared() {
      return with("summary", "mean-squared");
    }
  }

  /** Choices of {@code svcca}. */
  public static final class SvccaChoice extends MeasureChoice<SvccaChoice> {
    private SvccaChoice(Map<String, String> chosen) {
      super("svcca", chosen, SvccaChoice::new);
    }

    /** share of the variance that is kept, up to 1; 0.99 unless chosen. */
    public SvccaChoice variance(double value) {
      return with("variance", value);
    }
  }

  /** Choices of {@code pwcca}. */
  public static final class PwccaChoice extends MeasureChoice<PwccaChoice> {
    private PwccaChoice(Map<String, String> chosen) {
      super("pwcca", chosen, PwccaChoice::new);
    }

    /**
     * {@code weights=paired}, the default; of which variates of the first representation the
     * weights add up to 1.
     */
    public PwccaChoice paired() {
      return with("weights", "paired");
    }

    /**
     * {@code weights=all}; of which variates of the first representation the weights add up to 1.
     */
    public PwccaChoice all() {
      return with("weights", "all");
    }
  }

  /** Choices of {@code gulp}. */
  public static final class GulpChoice extends MeasureChoice<GulpChoice> {
    private GulpChoice(Map<String, String> chosen) {
      super("gulp", chosen, GulpChoice::new);
    }

    /** ridge penalty; 0.01 unless chosen. */
    public GulpChoice lambda(double value) {
      return with("lambda", value);
    }
  }

  /** Choices of {@code procrustes}. */
  public static final class ProcrustesChoice extends MeasureChoice<ProcrustesChoice> {
    private ProcrustesChoice(Map<String, String> chosen) {
      super("procrustes", chosen, ProcrustesChoice::new);
    }

    /** {@code score=squared}, the default; form of the result. */
    public ProcrustesChoice squared() {
      return with("score", "squared");
    }

    /** {@code score=distance}; form of the result. */
    public ProcrustesChoice distance() {
      return with("score", "distance");
    }

    /** {@code score=similarity}; form of the result. */
    public ProcrustesChoice similarity() {
      return with("score", "similarity");
    }

    /** divide by the Frobenius norm first; true unless chosen. */
    public ProcrustesChoice scale(boolean value) {
      return with("scale", value);
    }
  }

  /** Choices of {@code shape}. */
  public static final class ShapeChoice extends MeasureChoice<ShapeChoice> {
    private ShapeChoice(Map<String, String> chosen) {
      super("shape", chosen, ShapeChoice::new);
    }

    /** 1: Procrustes, 0: CCA, up to 1; 1 unless chosen. */
    public ShapeChoice alpha(double value) {
      return with("alpha", value);
    }

    /** {@code score=angle}, the default; form of the result. */
    public ShapeChoice angle() {
      return with("score", "angle");
    }

    /** {@code score=euclidean}; form of the result. */
    public ShapeChoice euclidean() {
      return with("score", "euclidean");
    }

    /** remove column means first; true unless chosen. */
    public ShapeChoice centred(boolean value) {
      return with("centred", value);
    }

    /**
     * {@code floor=relative}, the default; small eigenvalues where alpha&lt;1: dropped below the
     * numerical rank, or raised to 1e-7 as netrep does.
     */
    public ShapeChoice relative() {
      return with("floor", "relative");
    }

    /**
     * {@code floor=netrep}; small eigenvalues where alpha&lt;1: dropped below the numerical rank,
     * or raised to 1e-7 as netrep does.
     */
    public ShapeChoice netrep() {
      return with("floor", "netrep");
    }
  }

  /** Choices of {@code permutation-shape}. */
  public static final class PermutationShapeChoice extends MeasureChoice<PermutationShapeChoice> {
    private PermutationShapeChoice(Map<String, String> chosen) {
      super("permutation-shape", chosen, PermutationShapeChoice::new);
    }

    /** {@code score=angle}, the default; form of the result. */
    public PermutationShapeChoice angle() {
      return with("score", "angle");
    }

    /** {@code score=euclidean}; form of the result. */
    public PermutationShapeChoice euclidean() {
      return with("score", "euclidean");
    }

    /** remove column means first; true unless chosen. */
    public PermutationShapeChoice centred(boolean value) {
      return with("centred", value);
    }
  }

  /** Choices of {@code stochastic-shape-gaussian}. */
  public static final class StochasticShapeGaussianChoice
      extends MeasureChoice<StochasticShapeGaussianChoice> {
    private StochasticShapeGaussianChoice(Map<String, String> chosen) {
      super("stochastic-shape-gaussian", chosen, StochasticShapeGaussianChoice::new);
    }

    /** 0: covariances, 1: 2-Wasserstein, up to 2: means; 1 unless chosen. */
    public StochasticShapeGaussianChoice alpha(double value) {
      return with("alpha", value);
    }

    /** random starts, each in both directions; 3 unless chosen. */
    public StochasticShapeGaussianChoice starts(int value) {
      return with("starts", value);
    }

    /** repeated measurements of each stimulus, side by side in its row; none unless chosen. */
    public StochasticShapeGaussianChoice trials(int value) {
      return with("trials", value);
    }
  }

  /** Choices of {@code stochastic-shape-energy}. */
  public static final class StochasticShapeEnergyChoice
      extends MeasureChoice<StochasticShapeEnergyChoice> {
    private StochasticShapeEnergyChoice(Map<String, String> chosen) {
      super("stochastic-shape-energy", chosen, StochasticShapeEnergyChoice::new);
    }

    /** random starts, each in both directions; 3 unless chosen. */
    public StochasticShapeEnergyChoice starts(int value) {
      return with("starts", value);
    }

    /** repeated measurements of each stimulus, side by side in its row; none unless chosen. */
    public StochasticShapeEnergyChoice trials(int value) {
      return with("trials", value);
    }
  }

  /** Choices of {@code linear-predictivity}. */
  public static final class LinearPredictivityChoice
      extends MeasureChoice<LinearPredictivityChoice> {
    private LinearPredictivityChoice(Map<String, String> chosen) {
      super("linear-predictivity", chosen, LinearPredictivityChoice::new);
    }

    /** number of parts of the stimuli; 5 unless chosen. */
    public LinearPredictivityChoice folds(int value) {
      return with("folds", value);
    }

    /** shuffles the stimuli before they are divided; none: contiguous folds; none unless chosen. */
    public LinearPredictivityChoice seed(int value) {
      return with("seed", value);
    }

    /** penalty, or how it is chosen in each fold; gcv unless chosen. */
    public LinearPredictivityChoice ridge(double value) {
      return with("ridge", value);
    }

    /** {@code ridge=loo}; penalty, or how it is chosen in each fold. */
    public LinearPredictivityChoice ridgeLoo() {
      return with("ridge", "loo");
    }

    /**
     * {@code direction=forward}, the default; first predicts second, the reverse, or the mean of
     * both.
     */
    public LinearPredictivityChoice forward() {
      return with("direction", "forward");
    }

    /** {@code direction=backward}; first predicts second, the reverse, or the mean of both. */
    public LinearPredictivityChoice backward() {
      return with("direction", "backward");
    }

    /** {@code direction=mean}; first predicts second, the reverse, or the mean of both. */
    public LinearPredictivityChoice mean() {
      return with("direction", "mean");
    }

    /** {@code score=pearson-per-fold}, the default; how held-out predictions are scored. */
    public LinearPredictivityChoice pearsonPerFold() {
      return with("score", "pearson-per-fold");
    }

    /** {@code score=pearson-concatenated}; how held-out predictions are scored. */
    public LinearPredictivityChoice pearsonConcatenated() {
      return with("score", "pearson-concatenated");
    }

    /** {@code score=r2-pooled}; how held-out predictions are scored. */
    public LinearPredictivityChoice r2Pooled() {
      return with("score", "r2-pooled");
    }

    /** {@code score=r2-uniform}; how held-out predictions are scored. */
    public LinearPredictivityChoice r2Uniform() {
      return with("score", "r2-uniform");
    }

    /** {@code score=r2-weighted}; how held-out predictions are scored. */
    public LinearPredictivityChoice r2Weighted() {
      return with("score", "r2-weighted");
    }
  }

  /** Choices of {@code procrustes-predictivity}. */
  public static final class ProcrustesPredictivityChoice
      extends MeasureChoice<ProcrustesPredictivityChoice> {
    private ProcrustesPredictivityChoice(Map<String, String> chosen) {
      super("procrustes-predictivity", chosen, ProcrustesPredictivityChoice::new);
    }

    /** number of parts of the stimuli; 5 unless chosen. */
    public ProcrustesPredictivityChoice folds(int value) {
      return with("folds", value);
    }

    /** shuffles the stimuli before they are divided; none: contiguous folds; none unless chosen. */
    public ProcrustesPredictivityChoice seed(int value) {
      return with("seed", value);
    }

    /**
     * {@code direction=forward}, the default; first predicts second, the reverse, or the mean of
     * both.
     */
    public ProcrustesPredictivityChoice forward() {
      return with("direction", "forward");
    }

    /** {@code direction=backward}; first predicts second, the reverse, or the mean of both. */
    public ProcrustesPredictivityChoice backward() {
      return with("direction", "backward");
    }

    /** {@code direction=mean}; first predicts second, the reverse, or the mean of both. */
    public ProcrustesPredictivityChoice mean() {
      return with("direction", "mean");
    }
  }

  /** Choices of {@code pls}. */
  public static final class PlsChoice extends MeasureChoice<PlsChoice> {
    private PlsChoice(Map<String, String> chosen) {
      super("pls", chosen, PlsChoice::new);
    }

    /** number of components; 25 unless chosen. */
    public PlsChoice components(int value) {
      return with("components", value);
    }

    /** number of parts of the stimuli; 5 unless chosen. */
    public PlsChoice folds(int value) {
      return with("folds", value);
    }

    /** shuffles the stimuli before they are divided; none: contiguous folds; none unless chosen. */
    public PlsChoice seed(int value) {
      return with("seed", value);
    }

    /**
     * {@code direction=forward}, the default; first predicts second, the reverse, or the mean of
     * both.
     */
    public PlsChoice forward() {
      return with("direction", "forward");
    }

    /** {@code direction=backward}; first predicts second, the reverse, or the mean of both. */
    public PlsChoice backward() {
      return with("direction", "backward");
    }

    /** {@code direction=mean}; first predicts second, the reverse, or the mean of both. */
    public PlsChoice mean() {
      return with("direction", "mean");
    }

    /** {@code score=pearson-per-fold}, the default; how held-out predictions are scored. */
    public PlsChoice pearsonPerFold() {
      return with("score", "pearson-per-fold");
    }

    /** {@code score=pearson-concatenated}; how held-out predictions are scored. */
    public PlsChoice pearsonConcatenated() {
      return with("score", "pearson-concatenated");
    }

    /** {@code score=r2-pooled}; how held-out predictions are scored. */
    public PlsChoice r2Pooled() {
      return with("score", "r2-pooled");
    }

    /** {@code score=r2-uniform}; how held-out predictions are scored. */
    public PlsChoice r2Uniform() {
      return with("score", "r2-uniform");
    }

    /** {@code score=r2-weighted}; how held-out predictions are scored. */
    public PlsChoice r2Weighted() {
      return with("score", "r2-weighted");
    }
  }

  /** Choices of {@code permutation-matching}. */
  public static final class PermutationMatchingChoice
      extends MeasureChoice<PermutationMatchingChoice> {
    private PermutationMatchingChoice(Map<String, String> chosen) {
      super("permutation-matching", chosen, PermutationMatchingChoice::new);
    }

    /** match on training folds, score on held-out ones; none: in-sample; none unless chosen. */
    public PermutationMatchingChoice folds(int value) {
      return with("folds", value);
    }

    /** shuffles the stimuli before they are divided; none: contiguous folds; none unless chosen. */
    public PermutationMatchingChoice seed(int value) {
      return with("seed", value);
    }
  }

  /** Choices of {@code soft-matching}. */
  public static final class SoftMatchingChoice extends MeasureChoice<SoftMatchingChoice> {
    private SoftMatchingChoice(Map<String, String> chosen) {
      super("soft-matching", chosen, SoftMatchingChoice::new);
    }

    /** {@code score=correlation}, the default; form of the result. */
    public SoftMatchingChoice correlation() {
      return with("score", "correlation");
    }

    /** {@code score=distance}; form of the result. */
    public SoftMatchingChoice distance() {
      return with("score", "distance");
    }

    /** plan on training folds, score on held-out ones; none: in-sample; none unless chosen. */
    public SoftMatchingChoice folds(int value) {
      return with("folds", value);
    }

    /** shuffles the stimuli before they are divided; none: contiguous folds; none unless chosen. */
    public SoftMatchingChoice seed(int value) {
      return with("seed", value);
    }
  }

  /** Choices of {@code partial-soft-matching}. */
  public static final class PartialSoftMatchingChoice
      extends MeasureChoice<PartialSoftMatchingChoice> {
    private PartialSoftMatchingChoice(Map<String, String> chosen) {
      super("partial-soft-matching", chosen, PartialSoftMatchingChoice::new);
    }

    /** share of the units to be matched, up to 1; 0.5 unless chosen. */
    public PartialSoftMatchingChoice mass(double value) {
      return with("mass", value);
    }

    /** {@code score=correlation}, the default; mean correlation of the matched units, or cost. */
    public PartialSoftMatchingChoice correlation() {
      return with("score", "correlation");
    }

    /** {@code score=distance}; mean correlation of the matched units, or cost. */
    public PartialSoftMatchingChoice distance() {
      return with("score", "distance");
    }
  }

  /** Choices of {@code pairwise-matching}. */
  public static final class PairwiseMatchingChoice extends MeasureChoice<PairwiseMatchingChoice> {
    private PairwiseMatchingChoice(Map<String, String> chosen) {
      super("pairwise-matching", chosen, PairwiseMatchingChoice::new);
    }

    /** number of parts of the stimuli; 5 unless chosen. */
    public PairwiseMatchingChoice folds(int value) {
      return with("folds", value);
    }

    /** shuffles the stimuli before they are divided; none: contiguous folds; none unless chosen. */
    public PairwiseMatchingChoice seed(int value) {
      return with("seed", value);
    }

    /**
     * {@code direction=forward}, the default; first predicts second, the reverse, or the mean of
     * both.
     */
    public PairwiseMatchingChoice forward() {
      return with("direction", "forward");
    }

    /** {@code direction=backward}; first predicts second, the reverse, or the mean of both. */
    public PairwiseMatchingChoice backward() {
      return with("direction", "backward");
    }

    /** {@code direction=mean}; first predicts second, the reverse, or the mean of both. */
    public PairwiseMatchingChoice mean() {
      return with("direction", "mean");
    }
  }

  /** Choices of {@code mutual-knn}. */
  public static final class MutualKnnChoice extends MeasureChoice<MutualKnnChoice> {
    private MutualKnnChoice(Map<String, String> chosen) {
      super("mutual-knn", chosen, MutualKnnChoice::new);
    }

    /** number of neighbours; 10 unless chosen. */
    public MutualKnnChoice k(int value) {
      return with("k", value);
    }

    /** {@code rows=unit}, the default; responses scaled to length 1, or as they are. */
    public MutualKnnChoice unit() {
      return with("rows", "unit");
    }

    /** {@code rows=raw}; responses scaled to length 1, or as they are. */
    public MutualKnnChoice raw() {
      return with("rows", "raw");
    }
  }

  /** Choices of {@code cycle-knn}. */
  public static final class CycleKnnChoice extends MeasureChoice<CycleKnnChoice> {
    private CycleKnnChoice(Map<String, String> chosen) {
      super("cycle-knn", chosen, CycleKnnChoice::new);
    }

    /** number of neighbours; 10 unless chosen. */
    public CycleKnnChoice k(int value) {
      return with("k", value);
    }

    /** {@code rows=unit}, the default; responses scaled to length 1, or as they are. */
    public CycleKnnChoice unit() {
      return with("rows", "unit");
    }

    /** {@code rows=raw}; responses scaled to length 1, or as they are. */
    public CycleKnnChoice raw() {
      return with("rows", "raw");
    }
  }

  /** Choices of {@code cknna}. */
  public static final class CknnaChoice extends MeasureChoice<CknnaChoice> {
    private CknnaChoice(Map<String, String> chosen) {
      super("cknna", chosen, CknnaChoice::new);
    }

    /** number of neighbours; 10 unless chosen. */
    public CknnaChoice k(int value) {
      return with("k", value);
    }

    /** {@code rows=unit}, the default; responses scaled to length 1, or as they are. */
    public CknnaChoice unit() {
      return with("rows", "unit");
    }

    /** {@code rows=raw}; responses scaled to length 1, or as they are. */
    public CknnaChoice raw() {
      return with("rows", "raw");
    }

    /** {@code estimator=unbiased}, the default; HSIC₁ or tr(KHLH). */
    public CknnaChoice unbiased() {
      return with("estimator", "unbiased");
    }

    /** {@code estimator=biased}; HSIC₁ or tr(KHLH). */
    public CknnaChoice biased() {
      return with("estimator", "biased");
    }
  }

  /** Choices of {@code jaccard-knn}. */
  public static final class JaccardKnnChoice extends MeasureChoice<JaccardKnnChoice> {
    private JaccardKnnChoice(Map<String, String> chosen) {
      super("jaccard-knn", chosen, JaccardKnnChoice::new);
    }

    /** number of neighbours; 10 unless chosen. */
    public JaccardKnnChoice k(int value) {
      return with("k", value);
    }
  }

  /** Choices of {@code rank-similarity}. */
  public static final class RankSimilarityChoice extends MeasureChoice<RankSimilarityChoice> {
    private RankSimilarityChoice(Map<String, String> chosen) {
      super("rank-similarity", chosen, RankSimilarityChoice::new);
    }

    /** number of neighbours; 10 unless chosen. */
    public RankSimilarityChoice k(int value) {
      return with("k", value);
    }
  }

  /** Choices of {@code joint-rank-jaccard}. */
  public static final class JointRankJaccardChoice extends MeasureChoice<JointRankJaccardChoice> {
    private JointRankJaccardChoice(Map<String, String> chosen) {
      super("joint-rank-jaccard", chosen, JointRankJaccardChoice::new);
    }

    /** number of neighbours; 10 unless chosen. */
    public JointRankJaccardChoice k(int value) {
      return with("k", value);
    }
  }

  /** Choices of {@code lcs-knn}. */
  public static final class LcsKnnChoice extends MeasureChoice<LcsKnnChoice> {
    private LcsKnnChoice(Map<String, String> chosen) {
      super("lcs-knn", chosen, LcsKnnChoice::new);
    }

    /** number of neighbours; 10 unless chosen. */
    public LcsKnnChoice k(int value) {
      return with("k", value);
    }

    /** {@code rows=unit}, the default; responses scaled to length 1, or as they are. */
    public LcsKnnChoice unit() {
      return with("rows", "unit");
    }

    /** {@code rows=raw}; responses scaled to length 1, or as they are. */
    public LcsKnnChoice raw() {
      return with("rows", "raw");
    }
  }

  /** Choices of {@code edit-distance-knn}. */
  public static final class EditDistanceKnnChoice extends MeasureChoice<EditDistanceKnnChoice> {
    private EditDistanceKnnChoice(Map<String, String> chosen) {
      super("edit-distance-knn", chosen, EditDistanceKnnChoice::new);
    }

    /** number of neighbours; 10 unless chosen. */
    public EditDistanceKnnChoice k(int value) {
      return with("k", value);
    }

    /** {@code rows=unit}, the default; responses scaled to length 1, or as they are. */
    public EditDistanceKnnChoice unit() {
      return with("rows", "unit");
    }

    /** {@code rows=raw}; responses scaled to length 1, or as they are. */
    public EditDistanceKnnChoice raw() {
      return with("rows", "raw");
    }
  }

  /** Choices of {@code second-order-cosine}. */
  public static final class SecondOrderCosineChoice extends MeasureChoice<SecondOrderCosineChoice> {
    private SecondOrderCosineChoice(Map<String, String> chosen) {
      super("second-order-cosine", chosen, SecondOrderCosineChoice::new);
    }

    /** number of neighbours; 10 unless chosen. */
    public SecondOrderCosineChoice k(int value) {
      return with("k", value);
    }
  }

  /** Choices of {@code uniformity-difference}. */
  public static final class UniformityDifferenceChoice
      extends MeasureChoice<UniformityDifferenceChoice> {
    private UniformityDifferenceChoice(Map<String, String> chosen) {
      super("uniformity-difference", chosen, UniformityDifferenceChoice::new);
    }

    /** {@code rows=unit}, the default; responses scaled to length 1, or as they are. */
    public UniformityDifferenceChoice unit() {
      return with("rows", "unit");
    }

    /** {@code rows=raw}; responses scaled to length 1, or as they are. */
    public UniformityDifferenceChoice raw() {
      return with("rows", "raw");
    }
  }

  /** Choices of {@code imd}. */
  public static final class ImdChoice extends MeasureChoice<ImdChoice> {
    private ImdChoice(Map<String, String> chosen) {
      super("imd", chosen, ImdChoice::new);
    }

    /** number of neighbours in the graph; 5 unless chosen. */
    public ImdChoice k(int value) {
      return with("k", value);
    }
  }

  /** Choices of {@code rtd}. */
  public static final class RtdChoice extends MeasureChoice<RtdChoice> {
    private RtdChoice(Map<String, String> chosen) {
      super("rtd", chosen, RtdChoice::new);
    }

    /** stimuli in a sample; 500 unless chosen. */
    public RtdChoice batch(int value) {
      return with("batch", value);
    }

    /** number of samples where there are more stimuli; 10 unless chosen. */
    public RtdChoice trials(int value) {
      return with("trials", value);
    }

    /** seed of the samples; 0 unless chosen. */
    public RtdChoice seed(int value) {
      return with("seed", value);
    }
  }

  /** Choices of {@code accuracy-gap}. */
  public static final class AccuracyGapChoice extends MeasureChoice<AccuracyGapChoice> {
    private AccuracyGapChoice(Map<String, String> chosen) {
      super("accuracy-gap", chosen, AccuracyGapChoice::new);
    }

    /** file with the true class of every stimulus, counted from 0; required; none unless chosen. */
    public AccuracyGapChoice labels(String value) {
      return with("labels", value);
    }
  }

  /** Choices of {@code error-consistency}. */
  public static final class ErrorConsistencyChoice extends MeasureChoice<ErrorConsistencyChoice> {
    private ErrorConsistencyChoice(Map<String, String> chosen) {
      super("error-consistency", chosen, ErrorConsistencyChoice::new);
    }

    /** file with the true class of every stimulus, counted from 0; required; none unless chosen. */
    public ErrorConsistencyChoice labels(String value) {
      return with("labels", value);
    }
  }
}
