"""Reference values of the topological measures: NumPy only, plain and slow on purpose, none of the
library's code. Inputs are those of the oracle and, for rtd, independent-topology.npz.

imd: Tsitsulin et al., ICLR 2020: k = 5 nearest neighbours, normalised Laplacian, all eigenvalues,
heat trace times 1e6/n at 256 times, weighted by exp(-2(t + 1/t)), largest difference. Where
stimuli are equally far, all of them are neighbours.

rtd: Barannikov et al., ICML 2022, with the matrix of 2n points that the public code makes of
distances divided by their 0.9-quantile ([[0, Rx], [Rx, min(Rx, Ry)]]): every edge and triangle in
order, the boundary matrix reduced column by column over Z/2 (columns are whole numbers, a bit for
each edge), the lengths of all bars of degree 1 summed up; mean of both directions.

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


def cross_barcode_length(rx, ry):
    n = len(rx)
    d = np.block([[np.zeros((n, n)), rx.T], [rx, np.minimum(rx, ry)]])
    edges = sorted((d[i, j], i, j) for i in range(2 * n) for j in range(i + 1, 2 * n))
    place = {(i, j): at for at, (_, i, j) in enumerate(edges)}
    triangles = []
    for i in range(2 * n):
        for j in range(i + 1, 2 * n):
            for k in range(j + 1, 2 * n):
                triangles.append((max(d[i, j], d[i, k], d[j, k]), i, j, k))
    triangles.sort()
    reduced = {}
    total = 0.0
    for end, i, j, k in triangles:
        column = 1 << place[i, j] | 1 << place[i, k] | 1 << place[j, k]
        while column:
            pivot = column.bit_length() - 1
            if pivot not in reduced:
                reduced[pivot] = column
                total += end - edges[pivot][0]
                break
            column ^= reduced[pivot]
    return total


def rtd(x, y):
    rx, ry = distances(x), distances(y)
    rx, ry = rx / np.quantile(rx, 0.9), ry / np.quantile(ry, 0.9)
    return (cross_barcode_length(rx, ry) + cross_barcode_length(ry, rx)) / 2


def own_inputs():
    """Small inputs: independent, related, wide, float32, with ties, clusters that merge, loops."""
    rng = np.random.default_rng(20261121)
    pairs = {}
    pairs["t01_rand"] = rng.normal(size=(16, 4)), rng.normal(size=(16, 6))
    x = rng.normal(size=(18, 5))
    pairs["t02_corr"] = x, x @ rng.normal(size=(5, 5)) + 0.3 * rng.normal(size=(18, 5))
    x = rng.normal(size=(12, 30))
    pairs["t03_wide"] = x, (x + 0.5 * rng.normal(size=(12, 30)))
    x = rng.normal(size=(15, 4)).astype(np.float32)
    pairs["t04_float32"] = x, (x**3).astype(np.float32)
    pairs["t05_ties"] = (
        rng.integers(0, 3, size=(16, 3)).astype(float),
        rng.integers(0, 3, size=(16, 3)).astype(float),
    )
    noise = 0.1 * rng.normal(size=(18, 2))
    three = np.repeat([[0.0, 0.0], [4.0, 0.0], [0.0, 3.0]], 6, axis=0)
    two = np.repeat([[0.0, 0.0], [4.0, 0.0], [4.0, 0.3]], 6, axis=0)
    pairs["t06_clusters"] = three + noise, two + noise
    angle = np.linspace(0, 2 * np.pi, 20, endpoint=False)
    circle = np.stack([np.cos(angle), np.sin(angle)], axis=1)
    pairs["t07_loop"] = circle, np.stack([angle, 0 * angle], axis=1)
    pairs["t08_tiny"] = rng.normal(size=(4, 2)), rng.normal(size=(4, 3))
    pairs["t09_lowrank"] = (
        rng.normal(size=(14, 2)) @ rng.normal(size=(2, 9)),
        rng.normal(size=(14, 1)) @ rng.normal(size=(1, 9)),
    )
    return pairs


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
    own = own_inputs()
    np.savez_compressed(
        ORACLE / "independent-topology.npz",
        **{case + "_" + side: z for case, xy in own.items() for side, z in zip("XY", xy)},
    )
    for case, (x, y) in own.items():
        x, y = x.astype(float), y.astype(float)
        names = case + "_X", case + "_Y"
        records.append(record("rtd", case, *names, rtd(x, y), 1e-10))
        if len(x) > 5:
            records.append(record("imd", case, *names, imd(x, y, 5), 1e-9))
    with open(ORACLE / "independent-topology.jsonl", "w") as out:
        for r in records:
            out.write(json.dumps(r) + "\n")


if __name__ == "__main__":
    main()
