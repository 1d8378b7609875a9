"""Fold scores of the alignment families between the layers of two networks, by scikit-learn, SciPy and POT.

    python references_layers.py

Writes src/test/resources/layers: a/<layer>.npy, b/<layer>.npy, expected.json. Folds are scikit-learn's KFold without
shuffling; what is centred, scaled, fitted and chosen is so on the training part alone.
"""

import json
import pathlib

import numpy as np
import ot
from scipy.linalg import orthogonal_procrustes
from scipy.optimize import linear_sum_assignment
from sklearn.linear_model import Ridge, RidgeCV
from sklearn.model_selection import KFold

FOLDS = 5
STIMULI = 63
LAYERS = {"conv1": 6, "conv2": 9, "conv10": 9}
PENALTIES = 10.0 ** np.arange(-8, 9)


def network(seed, latent):
    """Each layer a noisier, rectified view of the layer before it."""
    random = np.random.default_rng(seed)
    layers, x = {}, latent
    for depth, (name, width) in enumerate(LAYERS.items()):
        x = x @ random.standard_normal((x.shape[1], width)) / np.sqrt(x.shape[1])
        x = x + 0.2 * (depth + 1) * random.standard_normal(x.shape)
        x = np.where(x > 0, x, 0.1 * x)  # no unit that is constant in a fold: that is a policy, not a value
        layers[name] = x
    return layers


def pearson(predicted, observed):
    """Mean over units; 0 of a unit or a prediction that does not vary."""
    a, b = predicted - predicted.mean(0), observed - observed.mean(0)
    norms = np.linalg.norm(a, axis=0) * np.linalg.norm(b, axis=0)
    return float(np.where(norms > 0, (a * b).sum(0) / np.where(norms > 0, norms, 1), 0).mean())


def regression(model):
    def score(x, y, train, test):
        return pearson(model().fit(x[train], y[train]).predict(x[test]), y[test])

    return score


def procrustes(x, y, train, test):
    width = max(x.shape[1], y.shape[1])
    a, b = (z - z[train].mean(0) for z in (x, y))
    a, b = (np.pad(z, ((0, 0), (0, width - z.shape[1]))) for z in (a, b))
    rotation, _ = orthogonal_procrustes(a[train], b[train])
    return pearson((a[test] @ rotation)[:, : y.shape[1]], y[test])


def correlations(x, y):
    return np.corrcoef(x.T, y.T)[: x.shape[1], x.shape[1] :]


def permutation(x, y, train, test):
    if x.shape[1] != y.shape[1]:
        return None
    rows, columns = linear_sum_assignment(correlations(x[train], y[train]), maximize=True)
    return float(correlations(x[test], y[test])[rows, columns].mean())


def soft_matching(x, y, train, test):
    p, q = x.shape[1], y.shape[1]
    costs = np.ascontiguousarray(1 - correlations(x[train], y[train]))
    plan = ot.emd(np.full(p, 1 / p), np.full(q, 1 / q), costs)
    return float((plan * correlations(x[test], y[test])).sum())


MEASURES = {
    "linear-predictivity[ridge=loo]": regression(lambda: RidgeCV(alphas=PENALTIES)),
    "linear-predictivity[ridge=3]": regression(lambda: Ridge(alpha=3)),
    "procrustes-predictivity": procrustes,
    "permutation-matching": permutation,
    "soft-matching": soft_matching,
}


def main():
    folder = pathlib.Path(__file__).resolve().parents[1] / "resources" / "layers"
    latent = np.random.default_rng(16).standard_normal((STIMULI, 5))
    networks = {"a": network(1, latent), "b": network(2, latent)}
    for name, layers in networks.items():
        (folder / name).mkdir(parents=True, exist_ok=True)
        for layer, responses in layers.items():
            np.save(folder / name / f"{layer}.npy", responses)
    folds = list(KFold(FOLDS).split(latent))
    a, b = (list(layers.values()) for layers in networks.values())
    expected = {
        measure: {
            "forward": [[[score(x, y, *fold) for fold in folds] for y in b] for x in a],
            "backward": [[[score(y, x, *fold) for fold in folds] for y in b] for x in a],
        }
        for measure, score in MEASURES.items()
    }
    (folder / "expected.json").write_text(json.dumps(expected, indent=1, allow_nan=False) + "\n")


if __name__ == "__main__":
    main()
