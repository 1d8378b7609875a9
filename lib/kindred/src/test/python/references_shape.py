"""Generalised shape metrics for alpha < 1 (Williams et al., NeurIPS 2021, Eq. 3-7).

X is centred, then partially whitened: X c (alpha I + (1 - alpha) (X'X)^(-1/2)), the root's
pseudo-inverse at the numerical rank, c so that the Frobenius norm stays. Written down with
eigenvectors of the Gram matrix and matrix roots, without a singular value decomposition of X; the
angle for alpha = 0 a second time from canonical correlations.

Run from the root of the repository: python lib/kindred/src/test/python/references_shape.py
"""

import json
import pathlib

import numpy as np
import scipy.linalg

FOLDER = pathlib.Path("lib/kindred/src/test/resources/dev/kindred/oracle")


def whitened(x, alpha, centred):
    if centred:
        x = x - x.mean(axis=0)
    # Scaled first, so that the rank does not depend on the scale.
    size = np.abs(x).max()
    z = x / size
    rank = np.linalg.matrix_rank(z)
    values, vectors = scipy.linalg.eigh(z.T @ z)
    values, vectors = values[-rank:], vectors[:, -rank:]
    inverse_root = vectors @ np.diag(values**-0.5) @ vectors.T / size
    projection = vectors @ vectors.T
    w = x @ (alpha * projection + (1 - alpha) * inverse_root)
    return w * (np.linalg.norm(x) / np.linalg.norm(w))


def distance(x, y, alpha, score, centred):
    a, b = whitened(x, alpha, centred), whitened(y, alpha, centred)
    alignment = np.linalg.norm(a.T @ b, "nuc")
    na, nb = np.linalg.norm(a), np.linalg.norm(b)
    if score == "angle":
        return float(np.arccos(min(1.0, alignment / (na * nb))))
    return float(np.sqrt(max(0.0, na**2 + nb**2 - 2 * alignment)))


def by_correlations(x, y):
    """The angle for alpha = 0: arccos of the sum of canonical correlations / sqrt(ranks)."""
    a, b = scipy.linalg.orth(x - x.mean(axis=0)), scipy.linalg.orth(y - y.mean(axis=0))
    rho = np.linalg.svd(a.T @ b, compute_uv=False)
    return float(np.arccos(rho.sum() / np.sqrt(a.shape[1] * b.shape[1])))


def inputs():
    random = np.random.default_rng(12)
    latent = random.normal(size=(40, 4))
    x = latent @ random.normal(size=(4, 6)) + 0.3 * random.normal(size=(40, 6))
    return {
        "x": x,
        "y": latent @ random.normal(size=(4, 9)) + 0.3 * random.normal(size=(40, 9)),
        "low-rank": latent @ random.normal(size=(4, 7)),
        "small": 1e-5 * x @ np.linalg.qr(random.normal(size=(6, 6)))[0],
        "uneven": random.normal(size=(40, 5)) * np.array([1, 0.3, 0.1, 1e-2, 1e-3]),
        "wide": random.normal(size=(12, 30)),
        "narrow": random.normal(size=(12, 3)) + 2,
    }


CASES = [
    ("x", "y"),
    ("x", "low-rank"),
    ("small", "y"),
    ("uneven", "y"),
    ("low-rank", "uneven"),
    ("wide", "narrow"),
]


def main():
    arrays = inputs()
    lines = []
    for nx, ny in CASES:
        x, y = arrays[nx], arrays[ny]
        for alpha in (0, 0.25, 0.5):
            for score in ("angle", "euclidean"):
                for centred in (True, False):
                    value = distance(x, y, alpha, score, centred)
                    if alpha == 0 and score == "angle" and centred:
                        assert abs(value - by_correlations(x, y)) < 1e-9, (nx, ny)
                    options = f"alpha={alpha}"
                    options += "" if score == "angle" else ",score=euclidean"
                    options += "" if centred else ",centred=false"
                    lines.append(
                        {
                            "measure": f"shape[{options}]",
                            "case": f"{nx} and {ny}",
                            "x": nx,
                            "y": ny,
                            "value": value,
                            "tolerance": 1e-8,
                        }
                    )
    np.savez_compressed(FOLDER / "independent-shape.npz", **arrays)
    with open(FOLDER / "independent-shape.jsonl", "w", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)


if __name__ == "__main__":
    main()
