"""Reference values of the topological measures: NumPy only, plain and slow on purpose, none of the
library's code. Inputs are those of the oracle and, for rtd, independent-topology.npz.

imd: Tsitsulin et al., ICLR 2020: k = 5 nearest neighbours, normalised Laplacian, all eigenvalues,
heat trace times 1e6/n at 256 times, weighted by exp(-2(t + 1/t)), largest difference. Where
stimuli are equally far, all of them are neighbours.

    python references_topology.py   (beside it: ../resources/dev/kindred/oracle)
"""

import json
import pathlib

import numpy as np

ORACLE = pathlib.Path(__file__).parent.parent / "resources/dev/kindred/oracle"
CASES = [
    "c01_rand", "c02_corr", "c03_wide", "c04_heavy", "c05_relu", "c06a_rot", "c06b_perm",
    "c06c_scale", "c09_pgtq", "c10_small", "c11_tall", "c12_lowrank",
]


def distances(x):
    return np.sqrt(((x[:, None, :] - x[None, :, :]) ** 2).sum(-1))


def heat(x, k):
    n = len(x)
    d = distances(x)
    np.fill_diagonal(d, np.inf)
    reach = np.sort(d, axis=1)[:, k - 1]
    a = d <= reach[:, None] * (1 + 1e-9)
    a = (a | a.T).astype(float)
    degree = a.sum(1)
    laplacian = np.eye(n) - a / np.sqrt(np.outer(degree, degree))
    eigenvalues = np.linalg.eigvalsh(laplacian)
    t = np.logspace(-1, 1, 256)
    return t, 1e6 / n * np.exp(-np.outer(t, eigenvalues)).sum(1)


def imd(x, y, k):
    t, hx = heat(x, k)
    _, hy = heat(y, k)
    return np.max(np.exp(-2 * (t + 1 / t)) * np.abs(hx - hy))


def record(measure, case, x, y, value, tolerance):
    return {
        "measure": measure, "x": x, "y": y, "value": float(value), "tolerance": tolerance,
        "case": case,
    }


def main():
    arrays = np.load(ORACLE / "inputs.npz")
    records = []
    for case in CASES:
        x, y = arrays[case + "_X"], arrays[case + "_Y"]
        for measure, k in (("imd", 5), ("imd[k=3]", 3)):
            value = imd(x, y, k)
            records.append(record(measure, case, case + "_X", case + "_Y", value, 1e-9))
    with open(ORACLE / "independent-topology.jsonl", "w") as out:
        for r in records:
            out.write(json.dumps(r) + "\n")


if __name__ == "__main__":
    main()
