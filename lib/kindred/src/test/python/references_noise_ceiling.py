"""Noise ceilings of dissimilarity matrices, by NumPy and SciPy alone.

Lower and upper ceiling as Nili et al. (2014, PLoS Computational Biology 10, e1003553) define them and rsatoolbox pools:
the matrices are made comparable (Pearson: mean 0 and standard deviation 1; Spearman, Kendall: ranks) and averaged; the upper
ceiling is the mean correlation of every matrix with the average of all, the lower one with the average of all others.

    python references_noise_ceiling.py ../resources/dev/kindred/oracle/noise-ceilings.jsonl
"""

import json
import sys

import numpy as np
from scipy import stats

CORRELATIONS = {
    "pearson": lambda a, b: np.corrcoef(a, b)[0, 1],
    "spearman": lambda a, b: stats.spearmanr(a, b).statistic,
    "kendall": lambda a, b: stats.kendalltau(a, b, variant="b").statistic,
}


def comparable(vector, method):
    return stats.zscore(vector) if method == "pearson" else stats.rankdata(vector)


def ceilings(vectors, method):
    correlation = CORRELATIONS[method]
    treated = np.array([comparable(v, method) for v in vectors])
    upper = np.mean([correlation(treated.mean(axis=0), v) for v in vectors])
    lower = np.mean(
        [correlation(np.delete(treated, i, axis=0).mean(axis=0), v) for i, v in enumerate(vectors)]
    )
    return lower, upper


def main(target):
    rng = np.random.default_rng(20140417)
    cases = []
    for name, subjects, items, noise, digits in [
        ("clear", 6, 9, 0.3, 6),
        ("noisy", 12, 7, 2.0, 6),
        ("tied", 5, 8, 1.0, 1),
        ("two", 2, 6, 0.7, 6),
    ]:
        pairs = items * (items - 1) // 2
        truth = rng.gamma(2.0, 1.0, pairs)
        scales = rng.uniform(0.5, 20, (subjects, 1))
        vectors = np.round(scales * np.abs(truth + noise * rng.standard_normal((subjects, pairs))), digits)
        if name == "tied":
            vectors = np.round(vectors / scales)
        for method in CORRELATIONS:
            lower, upper = ceilings(vectors, method)
            cases.append(
                {
                    "case": name,
                    "method": method,
                    "items": items,
                    "rdms": vectors.tolist(),
                    "lower": float(lower),
                    "upper": float(upper),
                }
            )
    with open(target, "w", encoding="utf-8") as file:
        for case in cases:
            file.write(json.dumps(case) + "\n")


if __name__ == "__main__":
    main(sys.argv[1])
