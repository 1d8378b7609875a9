"""Reference values of kernel measures on the inputs of the oracle: NumPy only, plain formulas on
whole n x n matrices, none of the library's code.

HSIC: Gretton et al., ALT 2005, Definition 2; Song et al., JMLR 13, 2012, Eq. 5, written out as in
the papers: trace(KHLH) with the matrix H, and the three terms with zeroed diagonals.
CKA': relative difference of the Gram matrices of centred responses of Frobenius norm 1.

    python references_kernels.py   (beside it: ../resources/dev/kindred/oracle)
"""

import json
import pathlib

import numpy as np

ORACLE = pathlib.Path(__file__).parent.parent / "resources/dev/kindred/oracle"
CASES = [
    "c01_rand", "c02_corr", "c03_wide", "c04_heavy", "c05_relu", "c06a_rot", "c06b_perm",
    "c06c_scale", "c09_pgtq", "c10_small", "c11_tall", "c12_lowrank",
]


def rbf(x, sigma):
    squared = ((x[:, None, :] - x[None, :, :]) ** 2).sum(-1)
    if sigma is None:
        sigma = np.sqrt(np.median(squared[squared > 0]))
    return np.exp(-squared / (2 * sigma**2))


def unit(x):
    norms = np.linalg.norm(x, axis=1, keepdims=True)
    return np.divide(x, norms, out=np.zeros_like(x), where=norms > 0)


def hsic0(k, l):
    n = len(k)
    h = np.eye(n) - np.ones((n, n)) / n
    return np.trace(k @ h @ l @ h) / (n - 1) ** 2


def hsic1(k, l):
    n = len(k)
    k = k - np.diag(np.diag(k))
    l = l - np.diag(np.diag(l))
    one = np.ones(n)
    value = np.trace(k @ l)
    value += (one @ k @ one) * (one @ l @ one) / ((n - 1) * (n - 2))
    value -= 2 / (n - 2) * (one @ k @ l @ one)
    return value / (n * (n - 3))


def cka_prime(x, y):
    grams = []
    for z in (x, y):
        z = z - z.mean(0)
        z = z / np.linalg.norm(z)
        grams.append(z @ z.T)
    a, b = grams
    return ((a - b) ** 2).sum() / ((a**2).sum() + (b**2).sum())


def main():
    arrays = np.load(ORACLE / "inputs.npz")
    with open(ORACLE / "independent-kernels.jsonl", "w") as out:
        for case in CASES:
            x, y = arrays[case + "_X"], arrays[case + "_Y"]
            values = {
                "cka-prime": cka_prime(x, y),
                "hsic[kernel=rbf]": hsic1(rbf(x, None), rbf(y, None)),
                "hsic[kernel=rbf,estimator=biased]": hsic0(rbf(x, None), rbf(y, None)),
                "hsic[kernel=rbf,sigma=0.8,rows=unit]": hsic1(
                    rbf(unit(x), 0.8), rbf(unit(y), 0.8)
                ),
                "hsic[rows=unit]": hsic1(unit(x) @ unit(x).T, unit(y) @ unit(y).T),
            }
            for measure, value in values.items():
                record = {
                    "measure": measure, "x": case + "_X", "y": case + "_Y", "value": float(value),
                    # RBF values are of the order 1e-4: absolute, as the reader's tolerance is.
                    "tolerance": 1e-11 if "rbf" in measure else 1e-10, "case": case,
                }
                out.write(json.dumps(record) + "\n")


if __name__ == "__main__":
    main()
