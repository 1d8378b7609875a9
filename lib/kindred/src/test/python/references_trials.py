"""Reference values by an independent route for measures of repeated measurements: Mahalanobis and
crossnobis dissimilarities, Gaussian and energy stochastic shape metrics. NumPy and SciPy, plain
formulas.

Writes independent-trials.jsonl and .npz into the folder of the reference values. Arrays have the
shape stimuli x (trials . units).

Sources: Schaefer and Strimmer 2005, Ledoit and Wolf 2004 (covariance of noise, in the form that
rsatoolbox has them); Walther et al. 2016 (crossnobis, one left-out trial after the other); Duong,
Zhou et al. 2023 (stochastic shape metrics; the minimum over rotations of 3 units by descent from many
starts on the angles of a rotation).
"""

import json
from pathlib import Path

import numpy as np
from scipy.optimize import minimize
from scipy.spatial.distance import pdist
from scipy.spatial.transform import Rotation
from scipy.stats import rankdata


def inputs():
    random = np.random.default_rng(20261122)
    cases = {}
    for case, (n, trials, p, q) in {
        "trials5": (12, 5, 6, 4),
        "trials3": (8, 3, 9, 7),
        "trials2": (20, 2, 5, 5),
    }.items():
        latent = random.standard_normal((n, 3))
        arrays = []
        for units in (p, q):
            mean = latent @ random.standard_normal((3, units)) + 0.3 * random.standard_normal(
                (n, units)
            )
            mixing = random.standard_normal((units, units)) / np.sqrt(units)
            noise = random.standard_normal((n, trials, units)) @ mixing
            arrays.append(mean[:, None, :] + noise)
        cases[case] = arrays
    for case, (n, trials) in {"three_units": (7, 4), "three_units2": (10, 3)}.items():
        mean = random.standard_normal((n, 3)) * [2, 1, 0.5]
        rotation = Rotation.random(random_state=random).as_matrix()
        x = mean[:, None] + random.standard_normal((n, trials, 3)) * [0.8, 0.3, 0.5]
        y = (mean + 0.4 * random.standard_normal((n, 3)))[:, None]
        y = (y + random.standard_normal((n, trials, 3)) * [0.3, 0.9, 0.4]) @ rotation
        cases[case] = [x, y]
    return cases


def covariance(x, noise):
    n, trials, p = x.shape
    residuals = (x - x.mean(1, keepdims=True)).reshape(n * trials, p)
    rows, freedom = n * trials, n * (trials - 1)
    products = np.array([np.outer(r, r) for r in residuals])
    sample = products.sum(0) / freedom
    if noise == "none":
        return np.eye(p)
    if noise == "full":
        return sample
    if noise == "diag":
        return np.diag(np.diag(sample))
    if noise == "shrinkage-eye":
        s = products.mean(0)
        target = np.trace(s) / p * np.eye(p)
        d2 = np.sum((s - target) ** 2)
        b2 = min(d2, sum(np.sum((m - s) ** 2) for m in products) / rows**2)
        return (b2 / d2 * target + (d2 - b2) / d2 * s) * rows / freedom
    deviations = np.sqrt(np.diag(sample))
    scaled = products / np.outer(deviations, deviations)
    mean = scaled.sum(0) / (rows - 1)
    variance = rows / freedom**2 * ((scaled**2).sum(0) / (rows - 1) - mean**2)
    off = ~np.eye(p, dtype=bool)
    amount = np.clip(variance[off].sum() / (mean[off] ** 2).sum(), 0, 1)
    return np.where(off, (1 - amount) * sample, sample)


def mahalanobis(x, noise):
    precision = np.linalg.inv(covariance(x, noise))
    return pdist(x.mean(1), lambda a, b: (a - b) @ precision @ (a - b)) / x.shape[2]


def crossnobis(x, noise):
    n, trials, p = x.shape
    precision = np.linalg.inv(covariance(x, noise))
    folds = []
    for left_out in range(trials):
        others = np.delete(x, left_out, axis=1).mean(1)
        test = x[:, left_out]
        folds.append(
            [
                (others[i] - others[j]) @ precision @ (test[i] - test[j]) / p
                for i in range(n)
                for j in range(i + 1, n)
            ]
        )
    return np.mean(folds, axis=0)


def cosine(a, b):
    return a @ b / np.linalg.norm(a) / np.linalg.norm(b)


def pearson(a, b):
    return cosine(a - a.mean(), b - b.mean())


def doubly_centred(a, n):
    d = np.zeros((n, n))
    d[np.triu_indices(n, 1)] = a
    h = np.eye(n) - 1 / n
    return (h @ (d + d.T) @ h).ravel()


COMPARE = {
    "spearman": lambda a, b, n: pearson(rankdata(a), rankdata(b)),
    "pearson": lambda a, b, n: pearson(a, b),
    "cosine": lambda a, b, n: cosine(a, b),
    "cosine-cov": lambda a, b, n: cosine(doubly_centred(a, n), doubly_centred(b, n)),
    "corr-cov": lambda a, b, n: cosine(
        doubly_centred(a - a.mean(), n), doubly_centred(b - b.mean(), n)
    ),
}


def orthogonal_minimum(function, random):
    """The least value over rotations and reflections of three dimensions."""
    best = np.inf
    for _ in range(8):
        start = Rotation.random(random_state=random).as_rotvec()
        for sign in (1, -1):
            found = minimize(
                lambda v: function(sign * Rotation.from_rotvec(v).as_matrix()),
                start,
                method="BFGS",
                options={"gtol": 1e-9},
            )
            best = min(best, found.fun)
    return best


def centred(x):
    return x - x.mean((0, 1))


def moments(x):
    mean = x.mean(1)
    residuals = x - mean[:, None]
    return mean, np.einsum("itj,itk->ijk", residuals, residuals) / (x.shape[1] - 1)


def root(covariance):
    values, vectors = np.linalg.eigh(covariance)
    return (vectors * np.sqrt(np.maximum(values, 0))) @ vectors.T


def gaussian(x, y, alpha, random):
    (mx, sx), (my, sy) = moments(centred(x)), moments(centred(y))
    roots_x, roots_y = [root(s) for s in sx], [root(s) for s in sy]

    def objective(q):
        means = np.sum((mx - my @ q) ** 2)
        fidelities = sum(
            np.linalg.svd(r @ q.T @ s, compute_uv=False).sum()
            for r, s in zip(roots_x, roots_y)
        )
        bures = np.trace(sx.sum(0)) + np.trace(sy.sum(0)) - 2 * fidelities
        return (alpha * means + (2 - alpha) * bures) / len(mx)

    return np.sqrt(orthogonal_minimum(objective, random))


def energy(x, y, random):
    x, y = centred(x), centred(y)
    trials = x.shape[1]

    def within(z):
        return np.mean([pdist(rows).mean() for rows in z])

    def across(q):
        return np.mean(np.linalg.norm(x[:, :, None] - (y @ q)[:, None], axis=-1))

    squared = orthogonal_minimum(across, random) - (within(x) + within(y)) / 2
    return np.sqrt(max(0, squared))


def records(cases):
    random = np.random.RandomState(3)
    for case, (x, y) in cases.items():
        n, trials = x.shape[:2]

        def record(measure, value, tolerance=1e-8):
            return {
                "measure": measure,
                "case": case,
                "x": case + "_X",
                "y": case + "_Y",
                "value": float(value),
                "tolerance": tolerance,
            }

        for rdm, dissimilarities in (("mahalanobis", mahalanobis), ("crossnobis", crossnobis)):
            for noise in ("shrinkage-diag", "shrinkage-eye", "diag", "full", "none"):
                a, b = dissimilarities(x, noise), dissimilarities(y, noise)
                for word, compare in COMPARE.items():
                    given = [f"rdm={rdm}"] + ([] if word == "spearman" else [f"compare={word}"])
                    given += [f"trials={trials}"]
                    given += [] if noise == "shrinkage-diag" else [f"noise={noise}"]
                    yield record(f"rsa[{','.join(given)}]", compare(a, b, n))
        if not case.startswith("three"):
            continue
        for alpha in (1, 0.5, 1.7, 0):
            given = "" if alpha == 1 else f"alpha={alpha},"
            name = f"stochastic-shape-gaussian[{given}trials={trials}]"
            yield record(name, gaussian(x, y, alpha, random), 1e-6)
        yield record(f"stochastic-shape-energy[trials={trials}]", energy(x, y, random), 1e-5)


def main(folder):
    cases = inputs()
    arrays = {}
    for case, pair in cases.items():
        for side, array in zip("XY", pair):
            arrays[f"{case}_{side}"] = array.reshape(len(array), -1)
    np.savez_compressed(folder / "independent-trials.npz", **arrays)
    with open(folder / "independent-trials.jsonl", "w", encoding="utf-8") as out:
        for entry in records(cases):
            out.write(json.dumps(entry) + "\n")


if __name__ == "__main__":
    main(Path(__file__).parents[1] / "resources/dev/kindred/oracle")
