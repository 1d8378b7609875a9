"""Unbiased linear CKA of .npy files with NumPy, as a whole process; prints what environment/kindred prints.

Each model's Gram matrix is one product (which NumPy hands to BLAS as ssyrk), all pairs are one more.
"""

import sys

import numpy as np


def gram(file):
    x = np.load(file)
    if not np.isfinite(x).all():
        raise SystemExit(f"{file}: NaN or infinite numbers")
    x = x - x.mean(axis=0)
    k = x @ x.T
    np.fill_diagonal(k, 0)
    return k


def main(files):
    grams = [gram(file) for file in files]
    n = len(grams[0])
    rows = np.array([k.sum(axis=1, dtype=np.float64) for k in grams])
    inner = np.array([[np.vdot(k, l) if j <= i else 0 for j, l in enumerate(grams)] for i, k in enumerate(grams)], np.float64)
    inner = np.tril(inner) + np.tril(inner, -1).T
    sums = rows.sum(axis=1)
    hsic = inner + np.outer(sums, sums) / ((n - 1) * (n - 2)) - 2 / (n - 2) * rows @ rows.T
    cka = hsic / np.sqrt(np.outer(np.diag(hsic), np.diag(hsic)))
    if len(files) == 2:
        print(cka[0, 1])
        return
    names = [str(i) for i in range(len(files))]
    print(",".join(["cka", *names]))
    for name, values in zip(names, cka):
        print(",".join([name, *map(repr, map(float, values))]))


main(sys.argv[1:])
