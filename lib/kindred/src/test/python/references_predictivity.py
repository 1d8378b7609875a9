"""Reference values by an independent route: PLS, pairwise and permutation matching,
bias-corrected distance correlation, CKA corrected for sampled stimuli and units, partial soft
matching, and comparisons of dissimilarities. NumPy, SciPy and scikit-learn, plain formulas.

Writes independent-predictivity.jsonl and .npz into the folder of the reference values.

Sources: scikit-learn's PLSRegression without scaling; Khosla et al. 2024 (pairwise matching);
Szekely and Rizzo 2013, equations 2.3 and 3.1; Chun et al. 2025 (the estimator as the average over
tuples of different stimuli and different units); Kapoor et al. 2026 (partial soft matching, as a
linear programme).
"""

import itertools
import json
from pathlib import Path

import numpy as np
from scipy.optimize import linear_sum_assignment, linprog
from scipy.spatial.distance import cdist, pdist, squareform
from sklearn.cross_decomposition import PLSRegression
from sklearn.model_selection import KFold


def related(random, n, p, q, shared, noise=0.5):
    latent = random.standard_normal((n, shared))
    x = latent @ random.standard_normal((shared, p)) + noise * random.standard_normal((n, p))
    y = latent @ random.standard_normal((shared, q)) + noise * random.standard_normal((n, q))
    return x, y


def inputs():
    random = np.random.default_rng(20261121)
    cases = {
        "tall": related(random, 60, 7, 9, 4),
        "wide": related(random, 30, 40, 35, 6),
        "many": related(random, 80, 40, 32, 30),
        "tiny": related(random, 5, 3, 4, 2),
        "six": related(random, 6, 3, 2, 2),
    }
    x, y = related(random, 40, 12, 8, 3, noise=0.0)
    cases["low_rank"] = (x, y)
    x, y = related(random, 40, 6, 5, 3)
    cases["float32"] = (x.astype(np.float32), y.astype(np.float32))
    x, y = related(random, 24, 6, 5, 3)
    x[:, 2] = 3.5
    x[12:] = x[:12]
    y[:, 4] = y[:, 0]
    cases["tied"] = (x, y)
    cases["equal"] = related(random, 41, 7, 7, 4)
    return cases


def correlation(a, b):
    a = a - a.mean()
    b = b - b.mean()
    norms = np.linalg.norm(a) * np.linalg.norm(b)
    return 0.0 if norms < 1e-12 else float(a @ b / norms)


def pls(x, y, components, folds):
    scores = []
    for train, test in KFold(folds).split(x):
        model = PLSRegression(components, scale=False, tol=1e-24, max_iter=1_000_000)
        predicted = model.fit(x[train], y[train]).predict(x[test])
        predicted = predicted.reshape(len(test), -1)
        scores.append(
            np.mean([correlation(predicted[:, j], y[test, j]) for j in range(y.shape[1])])
        )
    return float(np.mean(scores))


def pls_pooled(x, y, components, folds):
    error = 0.0
    for train, test in KFold(folds).split(x):
        model = PLSRegression(components, scale=False, tol=1e-24, max_iter=1_000_000)
        predicted = model.fit(x[train], y[train]).predict(x[test]).reshape(len(test), -1)
        error += np.sum((predicted - y[test]) ** 2)
    return float(1 - error / np.sum((y - y.mean(0)) ** 2))


def pairwise_matching(x, y, folds):
    x = x[:, np.ptp(x, axis=0) > 0]
    y = y[:, np.ptp(y, axis=0) > 0]
    scores = []
    for train, test in KFold(folds).split(x):
        unit_scores = []
        for j in range(y.shape[1]):
            on_training = [correlation(x[train, i], y[train, j]) for i in range(x.shape[1])]
            best = int(np.argmax(on_training))
            unit_scores.append(correlation(x[test, best], y[test, j]))
        scores.append(np.mean(unit_scores))
    return float(np.mean(scores))


def permutation_matching(x, y, folds):
    scores = []
    for train, test in KFold(folds).split(x):
        p = x.shape[1]
        fit = np.corrcoef(x[train].T, y[train].T)[:p, p:]
        rows, columns = linear_sum_assignment(fit, maximize=True)
        scores.append(np.mean([correlation(x[test, i], y[test, j]) for i, j in zip(rows, columns)]))
    return float(np.mean(scores))


def u_centred(distances):
    """Equation 2.3 of Szekely and Rizzo 2013 in the form of 2014, entry by entry."""
    n = len(distances)
    centred = np.zeros((n, n))
    for i in range(n):
        for j in range(n):
            if i != j:
                centred[i, j] = (
                    distances[i, j]
                    - distances[i].sum() / (n - 2)
                    - distances[:, j].sum() / (n - 2)
                    + distances.sum() / ((n - 1) * (n - 2))
                )
    return centred


def bias_corrected_distance_correlation(x, y):
    a, b = u_centred(cdist(x, x)), u_centred(cdist(y, y))
    return float(np.sum(a * b) / np.sqrt(np.sum(a * a) * np.sum(b * b)))


def hsic_over_tuples(products):
    """The mean of k_ij l_ij + k_ij l_kl - 2 k_ij l_ik over tuples of different stimuli, where
    products(i, j, k, l) is k_ij l_kl."""
    n = products.n
    terms = [
        products(i, j, i, j) + products(i, j, k, l) - 2 * products(i, j, i, k)
        for i, j, k, l in itertools.permutations(range(n), 4)
    ]
    return float(np.mean(terms))


class Products:
    """k_ij l_kl averaged over pairs of units: all of them, or pairs of different units of one
    representation, so that no unit meets itself."""

    def __init__(self, x, y=None):
        self.x, self.y, self.n = x, y, len(x)

    def __call__(self, i, j, k, l):
        x = self.x
        if self.y is not None:
            pairs = itertools.product(range(x.shape[1]), range(self.y.shape[1]))
            return np.mean([x[i, a] * x[j, a] * self.y[k, b] * self.y[l, b] for a, b in pairs])
        pairs = itertools.permutations(range(x.shape[1]), 2)
        return np.mean([x[i, a] * x[j, a] * x[k, b] * x[l, b] for a, b in pairs])


def corrected_cka(x, y):
    return hsic_over_tuples(Products(x, y)) / np.sqrt(
        hsic_over_tuples(Products(x)) * hsic_over_tuples(Products(y))
    )


def partial_cost(x, y, mass):
    """The least cost of moving `mass` between units, as a linear programme."""
    x = x[:, np.ptp(x, axis=0) > 0]
    y = y[:, np.ptp(y, axis=0) > 0]
    p, q = x.shape[1], y.shape[1]
    cost = np.array([[1 - correlation(x[:, i], y[:, j]) for j in range(q)] for i in range(p)])
    rows = np.kron(np.eye(p), np.ones((1, q)))
    columns = np.kron(np.ones((1, p)), np.eye(q))
    solution = linprog(
        cost.ravel(),
        A_ub=np.vstack([rows, columns]),
        b_ub=np.concatenate([np.full(p, 1 / p), np.full(q, 1 / q)]),
        A_eq=np.ones((1, p * q)),
        b_eq=[mass],
        method="highs-ds",
        options={"primal_feasibility_tolerance": 1e-10, "dual_feasibility_tolerance": 1e-10},
    )
    return solution.fun


def dissimilarities(x, rdm):
    if rdm == "euclidean":
        return pdist(x)
    if rdm == "sqeuclidean":
        return pdist(x, "sqeuclidean") / x.shape[1]
    return pdist(x, rdm)


def covariance_of_dissimilarities(n):
    pairs = list(itertools.combinations(range(n), 2))
    contrasts = np.zeros((len(pairs), n))
    for row, (i, j) in enumerate(pairs):
        contrasts[row, i], contrasts[row, j] = 1, -1
    return (contrasts @ contrasts.T) ** 2


def whitened_cosine(a, b, n, centre):
    """Diedrichsen et al. 2021: the cosine in the metric of the inverse covariance, in full."""
    if centre:
        a, b = a - a.mean(), b - b.mean()
    inverse = np.linalg.inv(covariance_of_dissimilarities(n))
    return float(a @ inverse @ b / np.sqrt((a @ inverse @ a) * (b @ inverse @ b)))


def gram(a, n):
    centring = np.eye(n) - 1 / n
    return -0.5 * centring @ squareform(a) @ centring


def root(a):
    values, vectors = np.linalg.eigh(a)
    return (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T


def bures(a, b, n, metric):
    g, h = gram(a, n), gram(b, n)
    fidelity = np.linalg.svd(root(g) @ root(h), compute_uv=False).sum()
    if metric:
        return float(np.trace(g) + np.trace(h) - 2 * fidelity)
    return float(fidelity / np.sqrt(np.trace(g) * np.trace(h)))


def records(cases):
    def record(measure, case, value, tolerance):
        return {
            "measure": measure,
            "case": case,
            "x": case + "_X",
            "y": case + "_Y",
            "value": float(value),
            "tolerance": tolerance,
        }

    for case, (x, y) in cases.items():
        x, y = x.astype(np.float64), y.astype(np.float64)
        n = len(x)
        if case not in ("tiny", "six"):
            if case in ("tall", "wide", "float32"):
                yield record("pls[components=3]", case, pls(x, y, 3, 5), 1e-7)
                value = pls_pooled(x, y, 4, 4)
                yield record("pls[components=4,folds=4,score=r2-pooled]", case, value, 1e-7)
                value = pls(y, x, 3, 5)
                yield record("pls[components=3,direction=backward]", case, value, 1e-7)
            if case == "many":
                yield record("pls", case, pls(x, y, 25, 5), 1e-6)
            if case == "low_rank":
                yield record("pls[components=3]", case, pls(x, y, 3, 5), 1e-7)
            if case == "equal":
                for folds in (2, 5):
                    value = permutation_matching(x, y, folds)
                    yield record(f"permutation-matching[folds={folds}]", case, value, 1e-9)
            value = pairwise_matching(x, y, 5)
            yield record("pairwise-matching", case, value, 1e-9)
            both = (pairwise_matching(x, y, 3) + pairwise_matching(y, x, 3)) / 2
            yield record("pairwise-matching[folds=3,direction=mean]", case, both, 1e-9)
        value = bias_corrected_distance_correlation(x, y)
        yield record("distance-correlation[estimator=unbiased]", case, value, 1e-9)
        if case in ("tiny", "six"):
            yield record("corrected-cka", case, corrected_cka(x, y), 1e-9)
        for mass in (0.25, 0.5, 0.83):
            cost = partial_cost(x, y, mass)
            name = "partial-soft-matching"
            given = "" if mass == 0.5 else f"[mass={mass}]"
            yield record(name + given, case, (mass - cost) / mass, 1e-8)
            given = "[score=distance]" if mass == 0.5 else f"[mass={mass},score=distance]"
            yield record(name + given, case, cost, 1e-8)
        if n > 30 or case == "tied":
            continue
        for rdm in ("euclidean", "correlation", "cosine"):
            a, b = dissimilarities(x, rdm), dissimilarities(y, rdm)
            given = "" if rdm == "correlation" else f"rdm={rdm},"
            for word, value in (
                ("cosine-cov", whitened_cosine(a, b, n, False)),
                ("corr-cov", whitened_cosine(a, b, n, True)),
                ("bures", bures(a, b, n, False)),
                ("bures-metric", bures(a, b, n, True)),
            ):
                yield record(f"rsa[{given}compare={word}]", case, value, 1e-7)


def main(folder):
    cases = inputs()
    arrays = {}
    for case, (x, y) in cases.items():
        arrays[case + "_X"], arrays[case + "_Y"] = x, y
    np.savez_compressed(folder / "independent-predictivity.npz", **arrays)
    with open(folder / "independent-predictivity.jsonl", "w", encoding="utf-8") as out:
        for entry in records(cases):
            out.write(json.dumps(entry) + "\n")


if __name__ == "__main__":
    main(Path(__file__).parents[1] / "resources/dev/kindred/oracle")
