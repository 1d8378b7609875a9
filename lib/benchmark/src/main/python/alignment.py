"""Cross-validates the alignment of layers pair by pair with public libraries, as a study would that prepares nothing:
scikit-learn's RidgeCV in both directions, NumPy's SVD for orthogonal Procrustes in both directions, SciPy's assignment
(POT for unequal widths). Prints one line: libraries, seconds per pair of each round, mean score of each pair.

    pip install scikit-learn POT
    python alignment.py linear 5 3 a0.npy b0.npy a1.npy b1.npy …
"""

import sys
import time

import numpy
import ot
import scipy
import sklearn
from scipy.optimize import linear_sum_assignment
from sklearn.linear_model import RidgeCV
from sklearn.model_selection import KFold

PENALTIES = 10.0 ** numpy.arange(-8, 9)


def pearson(predicted, observed):
    a, b = predicted - predicted.mean(0), observed - observed.mean(0)
    norms = numpy.linalg.norm(a, axis=0) * numpy.linalg.norm(b, axis=0)
    return ((a * b).sum(0) / norms).mean()


def linear(x, y, train, test):
    return sum(
        pearson(RidgeCV(alphas=PENALTIES).fit(a[train], b[train]).predict(a[test]), b[test]) / 2
        for a, b in ((x, y), (y, x))
    )


def procrustes(x, y, train, test):
    a, b = x - x[train].mean(0), y - y[train].mean(0)
    u, _, vt = numpy.linalg.svd(a[train].T @ b[train], full_matrices=False)
    forward, backward = a[test] @ u @ vt, b[test] @ vt.T @ u.T
    return (pearson(forward, b[test]) + pearson(backward, a[test])) / 2


def correlations(x, y):
    x, y = (z - z.mean(0) for z in (x, y))
    return (x / numpy.linalg.norm(x, axis=0)).T @ (y / numpy.linalg.norm(y, axis=0))


def matching(x, y, train, test):
    fit, held_out = correlations(x[train], y[train]), correlations(x[test], y[test])
    p, q = fit.shape
    if p == q:
        return held_out[linear_sum_assignment(fit, maximize=True)].mean()
    plan = ot.emd(numpy.full(p, 1 / p), numpy.full(q, 1 / q), 1 - fit, numItermax=10_000_000)
    return (plan * held_out).sum()


FAMILIES = {
    "linear": (linear, f"scikit-learn {sklearn.__version__} RidgeCV"),
    "procrustes": (procrustes, f"NumPy {numpy.__version__} svd"),
    "matching": (matching, f"SciPy {scipy.__version__} linear_sum_assignment, POT {ot.__version__} emd"),
}


def main():
    family, folds, rounds, *files = sys.argv[1:]
    score, name = FAMILIES[family]
    layers = [numpy.load(file).astype(numpy.float64) for file in files]
    pairs = list(zip(layers[::2], layers[1::2]))
    seconds, values = [], []
    for _ in range(int(rounds)):
        start = time.perf_counter()
        values = [
            numpy.mean([score(x, y, *fold) for fold in KFold(int(folds)).split(x)]) for x, y in pairs
        ]
        seconds.append((time.perf_counter() - start) / len(pairs))
    print(f"{name}\t{' '.join(f'{s:.6f}' for s in seconds)}\t{' '.join(f'{v:.17g}' for v in values)}")


if __name__ == "__main__":
    main()
