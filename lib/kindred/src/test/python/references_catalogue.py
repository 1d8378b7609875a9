"""Reference values of the whole catalogue by plain formulas: NumPy, SciPy and scikit-learn, none of Kindred's code.

Writes independent-catalogue.jsonl and independent-catalogue.npz beside the other references. Run from anywhere:

    python lib/kindred/src/test/python/references_catalogue.py

Each function is a definition from the paper that it names, written for clarity on small inputs: Gram matrices as they are, optimal
transport as a linear program, permutations and ways to break ties one by one. Made with NumPy 2.4, SciPy 1.17, scikit-learn 1.9.
"""

import io
import itertools
import json
import math
import zipfile
from pathlib import Path

import numpy as np
import references_topology
from scipy import stats
from scipy.optimize import linear_sum_assignment, linprog, minimize_scalar
from scipy.special import rel_entr, softmax
from sklearn.cross_decomposition import PLSRegression
from sklearn.linear_model import LinearRegression, Ridge, RidgeCV
from sklearn.metrics import cohen_kappa_score, r2_score
from sklearn.model_selection import KFold

FOLDER = Path(__file__).resolve().parents[1] / "resources/dev/kindred/oracle"
EPS = np.finfo(np.float64).eps


class Undefined(Exception):
    """The measure has no value on these inputs, or none that does not depend on rounding."""


# What several measures need.

def centred(x):
    return x - x.mean(0)


def rank_of(s, shape):
    return int((s > max(shape) * EPS * s[0]).sum())


def basis(x):
    u, s, _ = np.linalg.svd(x, full_matrices=False)
    return u[:, :rank_of(s, x.shape)]


def unit_rows(x):
    norms = np.linalg.norm(x, axis=1, keepdims=True)
    return np.divide(x, norms, out=np.zeros_like(x), where=norms > 0)


def standardised(x):
    """Centred columns of norm 1; constant ones become zero."""
    constant = (x == x[0]).all(0)
    c = centred(x)
    norms = np.linalg.norm(c, axis=0)
    return np.where(constant, 0, c / np.where(constant, 1, norms))


def nuclear(a):
    return np.linalg.svd(a, compute_uv=False).sum()


def squared_distances(x):
    differences = x[:, None, :] - x[None, :, :]
    return (differences ** 2).sum(-1)


def centring(n):
    return np.eye(n) - np.ones((n, n)) / n


# Kernels: Kornblith et al. 2019; Song et al. 2012, Eq. 5.

def kernel_matrix(x, kernel, sigma, rows):
    x = unit_rows(x) if rows == "unit" else x
    if kernel == "linear":
        return x @ x.T
    d = squared_distances(x)
    square = np.median(d[d > 0]) if sigma == "median" else float(sigma) ** 2
    return np.exp(-d / (2 * square))


def hsic_unbiased(k, l):
    n = len(k)
    k = k - np.diag(np.diag(k))
    l = l - np.diag(np.diag(l))
    one = np.ones(n)
    total = np.trace(k @ l) + (one @ k @ one) * (one @ l @ one) / ((n - 1) * (n - 2)) - 2 / (n - 2) * (one @ k @ l @ one)
    return total / (n * (n - 3))


def hsic_biased(k, l):
    h = centring(len(k))
    return np.trace(k @ h @ l @ h) / (len(k) - 1) ** 2


def hsic(x, y, kernel="linear", sigma="median", estimator="unbiased", rows="raw"):
    if estimator == "unbiased" and len(x) < 4:
        raise Undefined
    estimate = hsic_unbiased if estimator == "unbiased" else hsic_biased
    return estimate(kernel_matrix(x, kernel, sigma, rows), kernel_matrix(y, kernel, sigma, rows))


def cka(x, y, kernel="linear", sigma="median", estimator="unbiased", batch="none", average="ratio", rows="raw", score="value"):
    n = len(x)
    size = n if batch == "none" else int(batch)
    parts = []
    for start in range(0, n, size):
        a, b = x[start:start + size], y[start:start + size]
        if len(a) < 4:
            raise Undefined
        parts.append([hsic(p, q, kernel, sigma, estimator, rows) for p, q in ((a, b), (a, a), (b, b))])
    parts = np.array(parts)
    if min(parts[:, 1].min(), parts[:, 2].min()) <= 1e-12:
        raise Undefined
    if average == "ratio":
        xy, xx, yy = parts.mean(0)
        value = xy / math.sqrt(xx * yy)
    else:
        value = (parts[:, 0] / np.sqrt(parts[:, 1] * parts[:, 2])).mean()
    return math.acos(max(-1, min(1, value))) if score == "angle" else value


def corrected_cka(x, y):
    """Chun et al. 2025: units are paired with other units only."""
    n, p = x.shape
    if n < 4:
        raise Undefined

    def others(z):
        each = sum(hsic_unbiased(np.outer(u, u), np.outer(u, u)) for u in z.T)
        return (hsic_unbiased(z @ z.T, z @ z.T) - each) / (z.shape[1] * (z.shape[1] - 1))

    product = others(x), others(y)
    if min(product) <= 0:
        raise Undefined
    return hsic_unbiased(x @ x.T, y @ y.T) / (p * y.shape[1]) / math.sqrt(math.prod(product))


def cka_prime(x, y, norm="gram"):
    """Ding et al. 2021, public code."""
    x, y = (centred(a) / np.linalg.norm(centred(a)) for a in (x, y))
    if norm == "gram":
        a, b = x @ x.T, y @ y.T
        return ((a - b) ** 2).sum() / ((a ** 2).sum() + (b ** 2).sum())
    return 1 - ((x.T @ y) ** 2).sum()


# Representational similarity analysis: Kriegeskorte et al. 2008; Diedrichsen et al. 2021; Schütt et al. 2023.

def rdm_matrix(x, rdm):
    n = len(x)
    if rdm == "correlation":
        rows = unit_rows(np.where((x == x[:, :1]).all(1, keepdims=True), 0, x - x.mean(1, keepdims=True)))
        d = 1 - rows @ rows.T
    elif rdm == "cosine":
        rows = unit_rows(x)
        d = 1 - rows @ rows.T
    else:
        d = squared_distances(x)
        if rdm == "euclidean":
            d = np.sqrt(d)
        elif rdm == "gaussian":
            d = 1 - np.exp(-d / d.mean())
    d = d.copy()
    d[np.diag_indices(n)] = 0
    # Equal dissimilarities differ by rounding only; ranks must see them equal.
    return np.round(d, 13)


def whitened_cosine(d, e, n):
    """With the covariance of dissimilarities under independent noise, entry (c_i · c_j)²."""
    pairs = list(itertools.combinations(range(n), 2))
    contrasts = np.zeros((len(pairs), n))
    for row, (i, j) in enumerate(pairs):
        contrasts[row, i], contrasts[row, j] = 1, -1
    covariance = (contrasts @ contrasts.T) ** 2
    a, b = np.linalg.solve(covariance, np.column_stack([d, e])).T
    return (d @ b) / math.sqrt((d @ a) * (e @ b))


def gram_of(d):
    h = centring(len(d))
    return -h @ d @ h / 2


def fidelity(g, h):
    """tr (g^½ h g^½)^½ as the nuclear norm of g^½ h^½, which keeps the digits of matrices of low rank."""
    roots = []
    for matrix in (g, h):
        values, vectors = np.linalg.eigh(matrix)
        if values[0] < -1e-9 * values[-1]:
            raise Undefined
        roots.append(vectors * np.sqrt(np.where(values > 1e-12 * values[-1], values, 0)) @ vectors.T)
    return nuclear(roots[0] @ roots[1])


def neg_riemannian(d, e):
    """Shahbazi et al. 2021 with scale and noise of the first matrix fitted, as rsatoolbox does."""
    g1, g2 = ((m[0, 1:, None] + m[0, None, 1:] - m[1:, 1:]) / 2 for m in (d, e))
    if np.linalg.eigvalsh(g2)[0] < 1e-9:
        raise Undefined
    whitening = np.linalg.inv(np.linalg.cholesky(g2))
    noise = np.eye(len(g1)) + 1
    a, b = whitening @ g1 @ whitening.T, whitening @ noise @ whitening.T
    if np.linalg.eigvalsh(a)[0] < 1e-9:
        raise Undefined

    def distance(exponent):
        values = np.log(np.linalg.eigvalsh(a + 10.0 ** exponent * b))
        return math.sqrt(((values - values.mean()) ** 2).sum())

    grid = np.linspace(-14, 8, 441)
    start = grid[int(np.argmin([distance(g) for g in grid]))]
    found = minimize_scalar(distance, bounds=(start - 0.1, start + 0.1), method="bounded", options={"xatol": 1e-10}).fun
    return -min(found, distance(-300))


def rsa(x, y, rdm="correlation", compare="spearman"):
    n = len(x)
    a, b = rdm_matrix(x, rdm), rdm_matrix(y, rdm)
    upper = np.triu_indices(n, 1)
    d, e = a[upper], b[upper]
    if np.ptp(d) == 0 or np.ptp(e) == 0:
        raise Undefined
    if compare == "spearman":
        return stats.spearmanr(d, e)[0]
    if compare == "pearson":
        return stats.pearsonr(d, e)[0]
    if compare == "kendall-tau-b":
        return stats.kendalltau(d, e)[0]
    if compare == "kendall-tau-a":
        pairs = len(d) * (len(d) - 1) / 2
        return sum(np.sign(d[i] - d[i + 1:]) @ np.sign(e[i] - e[i + 1:]) for i in range(len(d))) / pairs
    if compare == "cosine":
        return d @ e / (np.linalg.norm(d) * np.linalg.norm(e))
    if compare == "rho-a":
        r, s = stats.rankdata(d), stats.rankdata(e)
        return 12 * (r @ s) / (len(r) ** 3 - len(r)) - 3 * (len(r) + 1) / (len(r) - 1)
    if compare in ("cosine-cov", "corr-cov"):
        if len(d) > 1300:
            raise Undefined
        shift = compare == "corr-cov"
        return whitened_cosine(d - d.mean() * shift, e - e.mean() * shift, n)
    scale = x.shape[1], y.shape[1]
    if rdm == "sqeuclidean":
        a, b = a / scale[0], b / scale[1]
    if compare == "neg-riemannian":
        return neg_riemannian(a, b)
    g, h = gram_of(a), gram_of(b)
    traces = np.trace(g), np.trace(h)
    return fidelity(g, h) / math.sqrt(math.prod(traces)) if compare == "bures" else sum(traces) - 2 * fidelity(g, h)


def distance_correlation(x, y, estimator="biased"):
    """Székely, Rizzo and Bakirov 2007; bias-corrected and squared: Székely and Rizzo 2013."""
    if estimator == "unbiased":
        if len(x) < 4:
            raise Undefined
        k, l = np.sqrt(squared_distances(x)), np.sqrt(squared_distances(y))
        return hsic_unbiased(k, l) / math.sqrt(hsic_unbiased(k, k) * hsic_unbiased(l, l))
    h = centring(len(x))
    a, b = (h @ np.sqrt(squared_distances(z)) @ h for z in (x, y))
    return math.sqrt((a * b).mean() / math.sqrt((a * a).mean() * (b * b).mean()))


def bures(x, y):
    """Tang et al. 2020."""
    g, h = (centred(z) @ centred(z).T for z in (x, y))
    return fidelity(g, h) / math.sqrt(np.trace(g) * np.trace(h))


def rsm_norm_difference(x, y):
    return np.linalg.norm(np.sqrt(squared_distances(x)) - np.sqrt(squared_distances(y)))


# Subspaces: Hotelling 1936; Raghu et al. 2017; Morcos et al. 2018; Kornblith et al. 2019; Boix-Adserà et al. 2022; May et al. 2019.

def cca(x, y, summary="mean"):
    rho = np.linalg.svd(basis(centred(x)).T @ basis(centred(y)), compute_uv=False)
    return rho.mean() if summary == "mean" else (rho ** 2).mean()


def svcca(x, y, variance="0.99"):
    kept = []
    for z in (x, y):
        u, s, _ = np.linalg.svd(centred(z), full_matrices=False)
        share = np.cumsum(s ** 2) / (s ** 2).sum()
        kept.append(u[:, :int(np.searchsorted(share, float(variance))) + 1])
    return np.linalg.svd(kept[0].T @ kept[1], compute_uv=False).mean()


def pwcca(x, y, weights="paired"):
    """With weights of all: Ding et al. 2021, the variates without a partner being the components of what is left."""
    qx, qy = basis(centred(x)), basis(centred(y))
    if qx.shape[1] + qy.shape[1] > len(x) - 1:
        raise Undefined
    u, rho, _ = np.linalg.svd(qx.T @ qy, full_matrices=False)
    variates = qx @ u
    if weights == "all":
        left = centred(x) - variates @ (variates.T @ centred(x))
        _, vectors = np.linalg.eigh(left @ left.T)
        variates = np.hstack([variates, vectors[:, len(x) - (qx.shape[1] - len(rho)):]])
    sums = np.abs(variates.T @ centred(x)).sum(1)
    return sums[:len(rho)] @ rho / sums.sum()


def linear_regression(x, y):
    predicted = LinearRegression().fit(x, y).predict(x)
    return 1 - ((y - predicted) ** 2).sum() / (centred(y) ** 2).sum()


def gulp(x, y, **options):
    penalty = float(options.get("lambda", "0.01"))
    n = len(x)
    x, y = (centred(z) * math.sqrt(n) / np.linalg.norm(centred(z)) for z in (x, y))

    def inverse(s):
        values, vectors = np.linalg.eigh(s)
        small = values <= max(n, len(s)) * EPS * values[-1]
        return vectors * np.where(small, 0, 1 / np.where(small, 1, values + penalty)) @ vectors.T

    sx, sy, sxy = x.T @ x / n, y.T @ y / n, x.T @ y / n
    ix, iy = inverse(sx), inverse(sy)
    return np.trace(sx @ ix @ sx @ ix) + np.trace(sy @ iy @ sy @ iy) - 2 * np.trace(ix @ sxy @ iy @ sxy.T)


def eigenspace_overlap(x, y):
    return ((basis(x).T @ basis(y)) ** 2).sum() / max(x.shape[1], y.shape[1])


# Alignment: Schönemann 1966; Williams et al. 2021; Hamilton et al. 2016; Li et al. 2016; Khosla and Williams 2024; Kapoor et al. 2025.

def procrustes(x, y, score="squared", scale="true"):
    x, y = centred(x), centred(y)
    if scale == "true":
        x, y = x / np.linalg.norm(x), y / np.linalg.norm(y)
    if score == "similarity":
        return nuclear(x.T @ y)
    squared = max(0, (x ** 2).sum() + (y ** 2).sum() - 2 * nuclear(x.T @ y))
    return squared if score == "squared" else math.sqrt(squared)


def shape(x, y, alpha="1", score="angle", centred_="true"):
    alpha = float(alpha)
    sides = []
    for z in (x, y):
        z = centred(z) if centred_ == "true" else z
        values, vectors = np.linalg.eigh(z.T @ z)
        if alpha < 1 and (values[0] < 1e-3 * values[-1] or x.shape != y.shape):
            raise Undefined  # the floor under the eigenvalues decides
        gains = alpha + (1 - alpha) / np.sqrt(np.where(values > 0, values, 1))
        whitened = z @ (vectors * gains @ vectors.T) if alpha < 1 else z
        sides.append(whitened * np.linalg.norm(z) / np.linalg.norm(whitened))
    x, y = sides
    alignment = nuclear(x.T @ y)
    if score == "angle":
        return math.acos(min(1, alignment / (np.linalg.norm(x) * np.linalg.norm(y))))
    return math.sqrt(max(0, (x ** 2).sum() + (y ** 2).sum() - 2 * alignment))


def permutation_shape(x, y, score="angle", centred_="true"):
    if centred_ == "true":
        x, y = centred(x), centred(y)
    width = max(x.shape[1], y.shape[1])
    x, y = (np.pad(z, ((0, 0), (0, width - z.shape[1]))) for z in (x, y))
    covariance = x.T @ y
    best = covariance[linear_sum_assignment(covariance, maximize=True)].sum()
    if score == "angle":
        return math.acos(max(-1, min(1, best / (np.linalg.norm(x) * np.linalg.norm(y)))))
    return math.sqrt(max(0, (x ** 2).sum() + (y ** 2).sum() - 2 * best))


def aligned_cosine(x, y):
    width = max(x.shape[1], y.shape[1])
    x, y = (np.pad(z, ((0, 0), (0, width - z.shape[1]))) for z in (x, y))
    u, s, vt = np.linalg.svd(x.T @ y)
    ranks = [np.linalg.matrix_rank(m) for m in (x.T @ y, x, y)]
    if ranks[0] < min(ranks[1:]):
        raise Undefined
    return (unit_rows(x @ u @ vt) * unit_rows(y)).sum(1).mean()


def permutation_matching(x, y):
    correlations = standardised(x).T @ standardised(y)
    return correlations[linear_sum_assignment(correlations, maximize=True)].mean()


def semi_matching(x, y):
    correlations = standardised(x).T @ standardised(y)
    return (correlations.max(1).mean() + correlations.max(0).mean()) / 2


def transport_plan(gain):
    p, q = gain.shape
    rows = np.kron(np.eye(p), np.ones(q))
    columns = np.kron(np.ones(p), np.eye(q))
    found = linprog(-gain.ravel(), A_eq=np.vstack([rows, columns]), b_eq=np.r_[np.full(p, 1 / p), np.full(q, 1 / q)],
                    method="highs-ds")
    return found.x.reshape(p, q)


def soft_matching(x, y, score="correlation", folds="none"):
    x, y = (z[:, (z != z[0]).any(0)] for z in (x, y))
    if folds == "none":
        gain = standardised(x).T @ standardised(y)
        value = (transport_plan(gain) * gain).sum()
        return value if score == "correlation" else math.sqrt(max(0, 2 - 2 * value))
    if len(x) < 2 * int(folds):
        raise Undefined
    values = []
    for train, test in KFold(int(folds)).split(x):
        if any((np.ptp(z[part], axis=0) == 0).any() for z in (x, y) for part in (train, test)):
            raise Undefined  # units that match with correlation 0 leave several plans
        plan = transport_plan(standardised(x[train]).T @ standardised(y[train]))
        values.append((plan * (standardised(x[test]).T @ standardised(y[test]))).sum())
    return np.mean(values)


def partial_soft_matching(x, y, mass="0.5", score="correlation"):
    """Kapoor et al. 2026, as a linear program."""
    x, y = (z[:, (z != z[0]).any(0)] for z in (x, y))
    cost = 1 - standardised(x).T @ standardised(y)
    p, q = cost.shape
    found = linprog(cost.ravel(), A_ub=np.vstack([np.kron(np.eye(p), np.ones(q)), np.kron(np.ones(p), np.eye(q))]),
                    b_ub=np.r_[np.full(p, 1 / p), np.full(q, 1 / q)], A_eq=np.ones((1, p * q)), b_eq=[float(mass)], method="highs-ds")
    return found.fun if score == "distance" else 1 - found.fun / float(mass)


def correlation_of_columns(a, b):
    r = []
    for p, t in zip(a.T, b.T):
        varies = np.ptp(t) > 0 and np.ptp(p) > 1e-12 * (1 + np.abs(p).max())
        r.append(stats.pearsonr(p, t)[0] if varies else 0)
    return np.array(r)


def both_ways(measure):
    """Adds the parameter 'direction' to a measure that predicts y from x."""
    def measured(x, y, direction="forward", **options):
        if direction == "forward":
            return measure(x, y, **options)
        if direction == "backward":
            return measure(y, x, **options)
        return (measure(x, y, **options) + measure(y, x, **options)) / 2
    return measured


PENALTIES = 10.0 ** np.arange(-8, 9)


def by_generalised_cross_validation(x, y):
    """Golub, Heath and Wahba 1979, Eq. 1.4, with an intercept that is not penalised."""
    n = len(x)
    best = None
    u, s, _ = np.linalg.svd(centred(x), full_matrices=False)
    if rank_of(s, x.shape) >= n - 1:
        # Interpolation: residual and freedom are both proportional to the penalty where it is small.
        raise Undefined
    for penalty in PENALTIES:
        z = centred(x)
        smoother = z @ np.linalg.solve(z.T @ z + penalty * np.eye(z.shape[1]), z.T) + np.ones((n, n)) / n
        residual = y - smoother @ y
        error = (residual ** 2).sum() / n / (np.trace(np.eye(n) - smoother) / n) ** 2
        if best is None or error < best[0]:
            best = error, penalty
    return best[1]


def held_out_score(x, y, fit, folds, score):
    """Scores the predictions of fit(x, y).predict on held-out stimuli; units that never vary only count in the pooled R²."""
    if len(x) < 2 * int(folds):
        raise Undefined
    varies = (y != y[0]).any(0)
    scores, predictions = [], np.zeros_like(y)
    for train, test in KFold(int(folds)).split(x):
        predicted = fit(x[train], y[train]).predict(x[test]).reshape(len(test), -1)
        predictions[test] = predicted
        observed, predicted = y[test][:, varies], predicted[:, varies]
        if score == "pearson-per-fold":
            scores.append(correlation_of_columns(predicted, observed).mean())
        elif score == "r2-uniform":
            if (np.ptp(observed, axis=0) == 0).any():
                raise Undefined  # scikit-learn's convention for such units is another
            scores.append(r2_score(observed, predicted, multioutput="uniform_average"))
        elif score == "r2-weighted":
            scores.append(r2_score(observed, predicted, multioutput="variance_weighted"))
    if score == "pearson-concatenated":
        return correlation_of_columns(predictions[:, varies], y[:, varies]).mean()
    if score == "r2-pooled":
        return 1 - ((y - predictions) ** 2).sum() / (centred(y) ** 2).sum()
    return np.mean(scores)


@both_ways
def linear_predictivity(x, y, folds="5", ridge="gcv", score="pearson-per-fold"):
    def fit(a, b):
        if ridge == "loo":
            return RidgeCV(PENALTIES).fit(a, b)
        penalty = by_generalised_cross_validation(a, b) if ridge == "gcv" else float(ridge)
        return (Ridge(penalty, solver="svd") if penalty > 0 else LinearRegression()).fit(a, b)
    return held_out_score(x, y, fit, folds, score)


@both_ways
def pls(x, y, components="25", folds="5", score="pearson-per-fold"):
    """Wold's PLS2; with all components it is least squares of minimum norm."""
    def fit(a, b):
        if int(components) >= np.linalg.matrix_rank(centred(a)):
            return LinearRegression().fit(a, b)
        return PLSRegression(int(components), scale=False, tol=1e-24, max_iter=1_000_000).fit(a, b)
    return held_out_score(x, y, fit, folds, score)


@both_ways
def pairwise_matching(x, y, folds="5"):
    """Khosla et al. 2024: the best unit on training stimuli, scored on held-out ones."""
    if len(x) < 2 * int(folds):
        raise Undefined
    x, y = (z[:, (z != z[0]).any(0)] for z in (x, y))
    scores = []
    for train, test in KFold(int(folds)).split(x):
        training = standardised(x[train]).T @ standardised(y[train])
        best = np.sort(training, axis=0)
        if len(best) > 1 and (best[-1] - best[-2] < 1e-9).any():
            raise Undefined  # of units that correlate equally well, rounding may take either
        scores.append((standardised(x[test])[:, training.argmax(0)] * standardised(y[test])).sum(0).mean())
    return np.mean(scores)


@both_ways
def procrustes_predictivity(x, y, folds="5"):
    if len(x) < 2 * int(folds):
        raise Undefined
    varies = (y != y[0]).any(0)
    scores = []
    for train, test in KFold(int(folds)).split(x):
        a, b = centred(x[train]), centred(y[train])
        u, s, vt = np.linalg.svd(a.T @ b, full_matrices=False)
        r = rank_of(s, (a.shape[1], b.shape[1]))
        if r < len(s) and s[r - 1] < 1e-6 * s[0]:
            raise Undefined  # which directions are shared is a matter of rounding
        predicted = (x[test] - x[train].mean(0)) @ u[:, :r] @ vt[:r]
        scores.append(correlation_of_columns(predicted[:, varies], y[test][:, varies]).mean())
    return np.mean(scores)


# Neighbours, ties broken at random in each representation and for every stimulus: every way to break them, one by one.

class Ways:
    """For every stimulus, the runs of stimuli at equal product, nearest first."""

    LIMIT = 20000

    def __init__(self, x, k, rows):
        if len(x) <= k:
            raise Undefined
        x = unit_rows(x) if rows == "unit" else x
        self.products = x @ x.T
        self.n, self.k, self.runs = len(x), k, []
        tolerance = 1e-11 * np.abs(self.products).max()
        for i in range(self.n):
            others = sorted((j for j in range(self.n) if j != i), key=lambda j: -self.products[i, j])
            runs = [[others[0]]]
            for j in others[1:]:
                if self.products[i, runs[-1][0]] - self.products[i, j] <= tolerance:
                    runs[-1].append(j)
                else:
                    runs.append([j])
            self.runs.append(runs)

    def sequences(self, i):
        """Probability of each sequence of the k nearest."""
        found = {(): 1.0}
        for run in self.runs[i]:
            room = self.k - len(next(iter(found)))
            if room == 0:
                break
            drawn = min(room, len(run))
            if math.perm(len(run), drawn) * len(found) > self.LIMIT:
                raise Undefined
            share = 1 / math.perm(len(run), drawn)
            found = {s + o: w * share for s, w in found.items() for o in itertools.permutations(run, drawn)}
        return found

    def sets(self, i):
        """Probability of each set of the k nearest."""
        chosen, room = [], self.k
        for run in self.runs[i]:
            if room < len(run):
                if math.comb(len(run), room) > self.LIMIT:
                    raise Undefined
                ways = list(itertools.combinations(run, room))
                return {frozenset(chosen + list(way)): 1 / len(ways) for way in ways}
            chosen += run
            room -= len(run)
            if room == 0:
                break
        return {frozenset(chosen): 1.0}

    def probability(self, i, j):
        return sum(weight for chosen, weight in self.sets(i).items() if j in chosen)


def expected_over_sets(x, y, k, rows, value):
    a, b = Ways(x, k, rows), Ways(y, k, rows)
    return np.mean([sum(v * w * value(s, t) for s, v in a.sets(i).items() for t, w in b.sets(i).items()) for i in range(a.n)])


def mutual_knn(x, y, k="10", rows="unit"):
    """Huh et al. 2024, Eq. 11."""
    return expected_over_sets(x, y, int(k), rows, lambda s, t: len(s & t) / int(k))


def jaccard_knn(x, y, k="10"):
    return expected_over_sets(x, y, int(k), "unit", lambda s, t: len(s & t) / len(s | t))


def cycle_knn(x, y, k="10", rows="unit"):
    a, b = Ways(x, int(k), rows), Ways(y, int(k), rows)
    found = []
    for i in range(a.n):
        back = {j: a.probability(j, i) for j in range(a.n) if j != i}
        found.append(sum(w * (1 - math.prod(1 - back[j] for j in chosen)) for chosen, w in b.sets(i).items()))
    return np.mean(found)


def rank_similarity(x, y, k="10", weight=lambda common: 1):
    """Wang et al. 2020; Klabunde et al. 2023, Eq. 36."""
    a, b = Ways(x, int(k), "unit"), Ways(y, int(k), "unit")

    def agreement(s, t):
        common = set(s) & set(t)
        terms = [2 / ((1 + abs(s.index(j) - t.index(j))) * (s.index(j) + t.index(j) + 2)) for j in common]
        return weight(len(common)) * sum(terms) / sum(1 / r for r in range(1, len(common) + 1)) if common else 0

    values = []
    for i in range(a.n):
        first, second = a.sequences(i), b.sequences(i)
        if len(first) * len(second) > Ways.LIMIT:
            raise Undefined
        values.append(sum(v * w * agreement(s, t) for s, v in first.items() for t, w in second.items()))
    return np.mean(values)


def joint_rank_jaccard(x, y, k="10"):
    """Wang et al. 2020: both, stimulus by stimulus."""
    return rank_similarity(x, y, k, weight=lambda common: common / (2 * int(k) - common))


def matches_at_places(x, y, k, rows):
    """For every stimulus, the probability that place r of one list and place s of the other hold the same stimulus."""
    a, b = Ways(x, k, rows), Ways(y, k, rows)
    for i in range(a.n):
        occupied = np.zeros((2, k, a.n))
        for side, ways in zip(occupied, (a, b)):
            for sequence, weight in ways.sequences(i).items():
                side[np.arange(k), sequence] += weight
        yield occupied[0] @ occupied[1].T


def lcs_knn(x, y, k="10", rows="unit"):
    """Huh et al. 2024, public code; the best of all alignments in expectation."""
    lengths = []
    for match in matches_at_places(x, y, int(k), rows):
        best = np.zeros((int(k) + 1, int(k) + 1))
        for r, s in itertools.product(range(int(k)), repeat=2):
            best[r + 1, s + 1] = max(best[r, s + 1], best[r + 1, s], best[r, s] + match[r, s])
        lengths.append(best[-1, -1])
    return np.mean(lengths)


def edit_distance_knn(x, y, k="10", rows="unit"):
    """Huh et al. 2024, public code; the best of all alignments in expectation."""
    distances = []
    for match in matches_at_places(x, y, int(k), rows):
        best = np.add.outer(np.arange(int(k) + 1.0), np.arange(int(k) + 1.0))
        for r, s in itertools.product(range(int(k)), repeat=2):
            best[r + 1, s + 1] = min(best[r, s + 1] + 1, best[r + 1, s] + 1, best[r, s] + 1 - match[r, s])
        distances.append(best[-1, -1])
    return 1 - np.mean(distances) / int(k)


def second_order_cosine(x, y, k="10"):
    """Hamilton et al. 2016; every distance counts with the probability that it is in the union of the neighbours."""
    a, b = Ways(x, int(k), "unit"), Ways(y, int(k), "unit")
    da, db = (np.where(np.abs(1 - w.products) < 1e-13, 0, 1 - w.products) for w in (a, b))
    values = []
    for i in range(a.n):
        w = np.array([0 if j == i else 1 - (1 - a.probability(i, j)) * (1 - b.probability(i, j)) for j in range(a.n)])
        aa, bb = w @ da[i] ** 2, w @ db[i] ** 2
        values.append(w @ (da[i] * db[i]) / math.sqrt(aa * bb) if aa > 0 and bb > 0 else float(aa == bb))
    return np.mean(values)


def cknna(x, y, k="10", rows="unit", estimator="unbiased"):
    """Huh et al. 2024, Eq. 12 and 13, with the constant 1e-6 of the public code; the expectation of each HSIC."""
    a, b = Ways(x, int(k), rows), Ways(y, int(k), rows)
    n = a.n

    def masks(ways):
        choices = [list(ways.sets(i).items()) for i in range(n)]
        if math.prod(len(c) for c in choices) > 600:
            raise Undefined
        found = []
        for combination in itertools.product(*choices):
            mask = np.zeros((n, n))
            for i, (chosen, _) in enumerate(combination):
                mask[i, list(chosen)] = 1
            found.append((mask, math.prod(w for _, w in combination)))
        return found

    def masked_hsic(k_, l_):
        one = np.ones(n)
        total = np.trace(k_ @ l_)
        total += (one @ k_ @ one) * (one @ l_ @ one) / ((n - 1) * (n - 2)) - 2 / (n - 2) * (one @ k_ @ l_ @ one)
        return total / (n * (n - 3))

    if n < 4:
        raise Undefined
    ma, mb = masks(a), masks(b)
    if len(ma) * len(mb) > 40000:
        raise Undefined
    xx = sum(w * masked_hsic(a.products * m, a.products * m) for m, w in ma)
    yy = sum(w * masked_hsic(b.products * m, b.products * m) for m, w in mb)
    xy = sum(v * w * masked_hsic(a.products * m * o, b.products * m * o) for m, v in ma for o, w in mb)
    return 0 if xx <= 0 or yy <= 0 else xy / (math.sqrt(xx * yy) + 1e-6)


# Single numbers of a representation: Wang and Isola 2020; Wang et al. 2020.

def uniformity_difference(x, y, rows="unit"):
    values = [math.log(np.exp(-2 * squared_distances(unit_rows(z) if rows == "unit" else z)).mean()) for z in (x, y)]
    return abs(values[0] - values[1])


def magnitude_difference(x, y):
    return abs(np.linalg.norm(x.mean(0)) - np.linalg.norm(y.mean(0)))


def concentricity_difference(x, y):
    def concentricity(z):
        mean = z.mean(0)
        return (unit_rows(z) @ mean / np.linalg.norm(mean)).mean()
    return abs(concentricity(x) - concentricity(y))


# The shape of the cloud: Tsitsulin et al. 2020.

def imd(x, y, k="5"):
    if len(x) <= int(k):
        raise Undefined
    times = np.logspace(-1, 1, 256)

    def heat(z):
        d = np.sqrt(squared_distances(z))
        np.fill_diagonal(d, np.inf)
        near = d <= np.sort(d, axis=1)[:, [int(k) - 1]] * (1 + 1e-9)
        joined = (near | near.T).astype(float)
        degree = joined.sum(1)
        values = np.linalg.eigvalsh(np.eye(len(z)) - joined / np.sqrt(np.outer(degree, degree)))
        return 1e6 / len(z) * np.exp(-np.outer(times, values)).sum(1)

    return np.max(np.exp(-2 * (times + 1 / times)) * np.abs(heat(x) - heat(y)))


def rtd(x, y):
    """Barannikov et al. 2022: the plain reduction of references_topology.py, on few stimuli."""
    if not 3 <= len(x) <= 24:
        raise Undefined
    return references_topology.rtd(x, y)


# Decisions from logits: Geirhos et al. 2020; Cohen 1960; Lin 1991; Somepalli et al. 2022.

def disagreement(x, y):
    return (x.argmax(1) != y.argmax(1)).mean()


def accuracy_gap(x, y, labels):
    return abs((x.argmax(1) == labels).mean() - (y.argmax(1) == labels).mean())


def error_consistency(x, y, labels):
    return cohen_kappa_score(x.argmax(1) == labels, y.argmax(1) == labels)


def cohen_kappa(x, y):
    return cohen_kappa_score(x.argmax(1), y.argmax(1))


def jensen_shannon(x, y):
    p, q = softmax(x, 1), softmax(y, 1)
    m = (p + q) / 2
    return ((rel_entr(p, m) + rel_entr(q, m)).sum(1) / 2 / math.log(2)).mean()


def decision_region_similarity(x, y):
    return (x.argmax(1) == y.argmax(1)).mean()


# What is computed on what.

def words(name, parameter, *values):
    return [f"{name}[{parameter}={value}]" for value in values]


EVERYWHERE = [
    "cka", "cka[kernel=rbf]", "cka[estimator=biased]", "cka[rows=unit]", "cka[score=angle]", "cka[kernel=rbf,sigma=0.4,rows=unit]",
    "cka[kernel=rbf,sigma=1.5,estimator=biased]",
    "hsic", "hsic[kernel=rbf]", "hsic[estimator=biased]", "hsic[rows=unit]", "cka-prime", "cka-prime[norm=trace]",
    "rsa", *words("rsa", "rdm", "cosine", "euclidean", "sqeuclidean", "gaussian"),
    *words("rsa", "compare", "pearson", "kendall-tau-a", "kendall-tau-b", "cosine", "rho-a", "cosine-cov", "corr-cov", "bures",
           "bures-metric", "neg-riemannian"),
    "rsa[rdm=sqeuclidean,compare=cosine-cov]", "rsa[rdm=sqeuclidean,compare=bures-metric]",
    "distance-correlation", "distance-correlation[estimator=unbiased]", "bures", "rsm-norm-difference", "corrected-cka",
    "cca", "cca[summary=mean-squared]", "svcca", "svcca[variance=0.8]", "pwcca", "pwcca[weights=all]", "linear-regression", "gulp", "gulp[lambda=0]",
    "gulp[lambda=1]", "eigenspace-overlap",
    "procrustes", *words("procrustes", "score", "distance", "similarity"), "procrustes[scale=false]",
    "shape", "shape[score=euclidean]", "shape[centred=false]", "shape[alpha=0.5]", "shape[alpha=0,score=euclidean]",
    "permutation-shape", "permutation-shape[score=euclidean]", "permutation-shape[centred=false]",
    "aligned-cosine", "permutation-matching", "semi-matching", "soft-matching", "soft-matching[score=distance]",
    "soft-matching[folds=2]", "soft-matching[folds=5]",
    "linear-predictivity", *words("linear-predictivity", "ridge", "loo", "0", "1"),
    *words("linear-predictivity", "score", "pearson-concatenated", "r2-pooled", "r2-uniform", "r2-weighted"),
    *words("linear-predictivity", "direction", "backward", "mean"), "linear-predictivity[folds=2]", "linear-predictivity[folds=2,ridge=1]",
    "pls", "pls[components=2]", "pls[components=2,folds=2]", *words("pls", "direction", "backward", "mean"),
    *words("pls", "score", "pearson-concatenated", "r2-pooled", "r2-uniform", "r2-weighted"),
    "pairwise-matching", *words("pairwise-matching", "direction", "backward", "mean"), "pairwise-matching[folds=2]",
    "partial-soft-matching", "partial-soft-matching[score=distance]", "partial-soft-matching[mass=0.83]",
    "procrustes-predictivity", *words("procrustes-predictivity", "direction", "backward", "mean"),
    "procrustes-predictivity[folds=2]",
    *[f"{name}{option}" for name in ("mutual-knn", "cycle-knn", "cknna")
      for option in ("", "[rows=raw]", "[k=3]", "[k=2,rows=raw]")],
    *[f"{name}{option}" for name in ("lcs-knn", "edit-distance-knn") for option in ("", "[rows=raw]", "[k=3]", "[k=2,rows=raw]")],
    *[f"{name}{option}" for name in ("jaccard-knn", "rank-similarity", "joint-rank-jaccard", "second-order-cosine")
      for option in ("", "[k=3]")],
    "imd", "imd[k=3]", "rtd",
    "uniformity-difference", "uniformity-difference[rows=raw]", "magnitude-difference", "concentricity-difference",
]
BATCHED = ["cka[batch=16]", "cka[batch=16,average=mean]", "cka[batch=20,average=mean,estimator=biased]",
           "cka[batch=20,estimator=biased,kernel=rbf]"]
DECISIONS = ["disagreement", "cohen-kappa", "jensen-shannon", "decision-region-similarity", "accuracy-gap[labels=decided-labels]",
             "error-consistency[labels=decided-labels]"]

# Near 0 a root or an arc cosine keeps half of the digits; whitening and small eigenvalues cost some.
TOLERANCES = {"procrustes": 1e-7, "shape": 1e-7, "permutation-shape": 1e-7, "cka[score=angle]": 1e-7, "soft-matching": 1e-7,
              "rsa[compare=neg-riemannian]": 1e-6, "rsa[compare=bures-metric]": 1e-7, "rsa[compare=bures]": 1e-7, "bures": 1e-7,
              "rsa[rdm=sqeuclidean,compare=bures-metric]": 1e-7, "distance-correlation": 1e-7,
              "pls": 1e-6, "partial-soft-matching": 1e-8}


def parse(specification):
    name, _, inside = specification.partition("[")
    options = dict(pair.split("=") for pair in inside.rstrip("]").split(",")) if inside else {}
    if "centred" in options:
        options["centred_"] = options.pop("centred")
    return globals()[name.replace("-", "_")], options


def tolerance(specification, case):
    name = specification.partition("[")[0]
    if case.startswith("float32"):
        return 2e-5
    return TOLERANCES.get(specification, TOLERANCES.get(name, 1e-9))


def cases():
    """Pairs of inputs by name. What is rounded, tied or of low rank is so exactly."""
    random = np.random.default_rng(20261121)

    def correlated(n, p, q, mean=0.5):
        latent = random.standard_normal((n, 3))
        return (latent @ random.standard_normal((3, p)) + random.standard_normal((n, p)) + mean,
                latent @ random.standard_normal((3, q)) + random.standard_normal((n, q)) - mean)

    found = {"plain": correlated(42, 8, 6), "square": correlated(42, 6, 6)}
    # Of 10 bits, so that products are exact and the value does not hang on how float32 products are added up.
    found["float32"] = tuple((np.round(z * 128) / 128).astype(np.float32) for z in correlated(40, 12, 9))
    found["wide"] = correlated(12, 40, 30)
    found["tiny4"] = correlated(4, 3, 2)
    found["tiny6"] = correlated(6, 2, 3)
    x, y = correlated(30, 4, 7)
    found["lowrank"] = (x @ np.round(random.standard_normal((4, 10)) * 8) / 8, y)
    found["tied"] = tuple(np.clip(np.round(z / 1.5), -1, 1) + 0.0 for z in correlated(18, 5, 4, mean=0.3))
    x, y = (random.integers(-1, 2, (6, p)).astype(float) for p in (3, 2))
    y[2] = y[1]
    found["tiedtiny"] = (x, y)
    x, y = correlated(24, 5, 6)
    x[:, 1], y[:, 3] = 3.5, -2
    x[5], y[7] = 0, 0
    x[:, 1] = 0  # a unit that is silent, and responses that are all zero
    found["silent"] = (x, y)
    return found


def decided():
    random = np.random.default_rng(20261122)
    labels = random.integers(0, 5, 60).astype(float)
    logits = np.eye(5)[labels.astype(int)] * 1.5
    return logits + random.standard_normal((60, 5)), logits + random.standard_normal((60, 5)), labels


def main():
    arrays, records = {}, []

    def add(specification, case, value):
        records.append({"measure": specification, "case": case, "x": f"{case}-x", "y": f"{case}-y", "value": float(value),
                        "tolerance": tolerance(specification, case)})

    for case, (x, y) in cases().items():
        arrays[f"{case}-x"], arrays[f"{case}-y"] = x, y
        x, y = x.astype(np.float64), y.astype(np.float64)
        for specification in EVERYWHERE + (BATCHED if len(x) > 35 else []):
            measure, options = parse(specification)
            try:
                value = measure(x, y, **options)
            except Undefined:
                continue
            if math.isfinite(value):
                add(specification, case, value)
    x, y, labels = decided()
    arrays |= {"decided-x": x, "decided-y": y, "decided-labels": labels}
    for specification in DECISIONS:
        measure, options = parse(specification)
        add(specification, "decided", measure(x, y, **{key: labels for key in options}))
    records.sort(key=lambda record: (record["measure"], record["case"]))
    (FOLDER / "independent-catalogue.jsonl").write_text("".join(json.dumps(record) + "\n" for record in records))
    with zipfile.ZipFile(FOLDER / "independent-catalogue.npz", "w", zipfile.ZIP_DEFLATED, compresslevel=9) as packed:
        for name, array in arrays.items():
            data = io.BytesIO()
            np.save(data, array)
            entry = zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            packed.writestr(entry, data.getvalue())
    print(f"{len(records)} values of {len({r['measure'] for r in records})} specifications")


if __name__ == "__main__":
    main()
