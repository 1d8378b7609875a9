"""Neighbour measures where stimuli tie, by writing every way to break the ties down.

Each stimulus has k ordered neighbours; products that are equal can come in any order. All orders of
a stimulus are equally probable and independent of those of other stimuli and of the other
representation. Sources of the measures: Huh et al., ICML 2024 (mutual, cycle, CKNNA, and in its
code common subsequence and edit distance: of all alignments the best in expectation); Wang et al.
2020 and Klabunde et al. 2023 (Jaccard, rank similarity, their product, second-order cosine).

Run from the root of the repository: python lib/kindred/src/test/python/references_neighbours.py
"""

import itertools
import json
import pathlib

import numpy as np

FOLDER = pathlib.Path("lib/kindred/src/test/resources/dev/kindred/oracle")
K = 3


def products(x, unit):
    if unit:
        norms = np.linalg.norm(x, axis=1, keepdims=True)
        x = np.divide(x, norms, out=np.zeros_like(x), where=norms > 0)
    return x @ x.T


def orders(row, i, k=K):
    """All lists of the k nearest of stimulus i."""
    rest = [j for j in range(len(row)) if j != i]
    rest.sort(key=lambda j: -row[j])
    lists = [()]
    while len(lists[0]) < k:
        at = len(lists[0])
        run = [j for j in rest[at:] if abs(row[j] - row[rest[at]]) < 1e-12]
        take = min(k - at, len(run))
        lists = [a + b for a in lists for b in itertools.permutations(run, take)]
    return lists


def per_stimulus(x, y, value, unit):
    a, b = products(x, unit), products(y, unit)
    means = []
    for i in range(len(x)):
        pairs = itertools.product(orders(a[i], i), orders(b[i], i))
        means.append(np.mean([value(s, t) for s, t in pairs]))
    return float(np.mean(means))


def overlap(s, t):
    return len(set(s) & set(t))


def rank_score(s, t):
    common = set(s) & set(t)
    if not common:
        return 0.0
    score = 0.0
    for j in common:
        r, q = s.index(j) + 1, t.index(j) + 1
        score += 2 / ((1 + abs(r - q)) * (r + q))
    return score / sum(1 / c for c in range(1, len(common) + 1))


def jaccard(s, t):
    return overlap(s, t) / (2 * K - overlap(s, t))


def alignments():
    """All pairings of places of two lists that keep the order of both."""
    for size in range(K + 1):
        for left in itertools.combinations(range(K), size):
            for right in itertools.combinations(range(K), size):
                yield list(zip(left, right))


def best_alignment(x, y, unit, gain):
    """Mean over stimuli of the greatest gain of an alignment; gain(probabilities of its pairs)."""
    a, b = products(x, unit), products(y, unit)
    total = 0.0
    for i in range(len(x)):
        pairs = list(itertools.product(orders(a[i], i), orders(b[i], i)))
        same = np.mean([[[u == v for v in t] for u in s] for s, t in pairs], axis=0)
        total += max(gain([same[r, q] for r, q in one]) for one in alignments())
    return float(total / len(x))


def minus_edits(matches):
    """Levenshtein: what is not paired is deleted or inserted, pairs are substituted if unequal."""
    return -(2 * (K - len(matches)) + sum(1 - p for p in matches))


def masks(row, i, k=K):
    """0/1 vectors of the neighbours of i, one for each order."""
    lists = orders(row, i, k)
    m = np.zeros((len(lists), len(row)))
    for at, one in enumerate(lists):
        m[at, list(one)] = 1
    return m


def shares(p):
    return np.array([masks(p[i], i).mean(axis=0) for i in range(len(p))])


def cycle(x, y, unit):
    a, b = products(x, unit), products(y, unit)
    back = shares(a)  # back[j, i]: i is a neighbour of j in x
    found = 0.0
    for i in range(len(x)):
        found += np.mean([1 - np.prod([1 - back[j, i] for j in one]) for one in orders(b[i], i)])
    return float(found / len(x))


def second_order(x, y):
    a, b = products(x, True), products(y, True)
    p, q = shares(a), shares(b)
    w = p + q - p * q
    u, v = 1 - a, 1 - b
    u[u < 1e-14] = 0
    v[v < 1e-14] = 0
    uu, vv, uv = (w * u * u).sum(1), (w * v * v).sum(1), (w * u * v).sum(1)
    flat = (uu == 0) | (vv == 0)
    cosine = np.where(flat, uu == vv, uv / np.sqrt(np.where(flat, 1, uu * vv)))
    return float(cosine.mean())


def expected_hsic(a, b, mean, second):
    """E HSIC of a and b under a random mask, from its mean and the second moments of its rows."""
    n = len(a)
    moments = np.einsum("ij,kl->ijkl", mean, mean)
    for i in range(n):
        moments[i, :, i, :] = second[i]
    entries = np.einsum("ij,kl,ijkl->ijkl", a, b, moments)
    product = np.einsum("ijji->", entries)
    sums = entries.sum()
    cross = np.einsum("hiij->", entries)
    value = product + sums / ((n - 1) * (n - 2)) - 2 * cross / (n - 2)
    return value / (n * (n - 3))


def second_moments(m):
    return m.T @ m / len(m)


def cknna(x, y, unit):
    a, b = products(x, unit), products(y, unit)
    n = len(x)
    ma, mb = [masks(a[i], i) for i in range(n)], [masks(b[i], i) for i in range(n)]
    mean_a, mean_b = np.array([m.mean(0) for m in ma]), np.array([m.mean(0) for m in mb])
    sec_a, sec_b = [second_moments(m) for m in ma], [second_moments(m) for m in mb]
    both = expected_hsic(a, b, mean_a * mean_b, [s * t for s, t in zip(sec_a, sec_b)])
    own_a = expected_hsic(a, a, mean_a, sec_a)
    own_b = expected_hsic(b, b, mean_b, sec_b)
    if own_a <= 0 or own_b <= 0:
        return 0.0
    return float(both / (np.sqrt(own_a * own_b) + 1e-6))


def expected_trace(a, b, mean, second):
    """E tr(A H B H) under a random mask, as expected_hsic."""
    n = len(a)
    moments = np.einsum("ij,kl->ijkl", mean, mean)
    for i in range(n):
        moments[i, :, i, :] = second[i]
    h = np.eye(n) - 1 / n
    return np.einsum("ij,jk,kl,li,ijkl->", a, h, b, h, moments)


def cknna_biased(x, y):
    """Every stimulus is the first of its own k neighbours."""
    a, b = products(x, True), products(y, True)
    n = len(x)

    def own(p):
        found = [masks(p[i], i, K - 1) for i in range(n)]
        for i, m in enumerate(found):
            m[:, i] = 1
        return np.array([m.mean(0) for m in found]), [second_moments(m) for m in found]

    (mean_a, sec_a), (mean_b, sec_b) = own(a), own(b)
    both = expected_trace(a, b, mean_a * mean_b, [s * t for s, t in zip(sec_a, sec_b)])
    own_a, own_b = expected_trace(a, a, mean_a, sec_a), expected_trace(b, b, mean_b, sec_b)
    if own_a <= 0 or own_b <= 0:
        return 0.0
    return float(both / (np.sqrt(own_a * own_b) + 1e-6))


def inputs():
    random = np.random.default_rng(11)
    relu = np.maximum(random.normal(size=(2, 9, 5)), 0)
    relu[:, [1, 4, 5, 7]] = 0
    duplicates = random.normal(size=(9, 4))
    duplicates[[2, 5, 6]] = duplicates[0]
    duplicates[8] = duplicates[1]
    return {
        "whole-x": random.integers(-1, 2, size=(9, 3)).astype(float),
        "whole-y": random.integers(-1, 2, size=(9, 2)).astype(float),
        "silent-x": relu[0],
        "silent-y": relu[1],
        "duplicates": duplicates,
        "plain": random.normal(size=(9, 3)),
    }


CASES = [
    ("whole-x", "whole-y"),
    ("whole-x", "plain"),
    ("plain", "whole-y"),
    ("silent-x", "silent-y"),
    ("silent-y", "duplicates"),
    ("duplicates", "whole-x"),
    ("duplicates", "duplicates"),
    ("silent-x", "silent-x"),
    ("plain", "plain"),
]


def main():
    arrays = inputs()
    lines = []
    for nx, ny in CASES:
        x, y = arrays[nx], arrays[ny]
        values = {
            "mutual-knn[k=3]": per_stimulus(x, y, lambda s, t: overlap(s, t) / K, True),
            "mutual-knn[k=3,rows=raw]": per_stimulus(x, y, lambda s, t: overlap(s, t) / K, False),
            "jaccard-knn[k=3]": per_stimulus(x, y, jaccard, True),
            "rank-similarity[k=3]": per_stimulus(x, y, rank_score, True),
            "joint-rank-jaccard[k=3]": per_stimulus(
                x, y, lambda s, t: jaccard(s, t) * rank_score(s, t), True
            ),
            "lcs-knn[k=3]": best_alignment(x, y, True, sum),
            "lcs-knn[k=3,rows=raw]": best_alignment(x, y, False, sum),
            "edit-distance-knn[k=3]": 1 + best_alignment(x, y, True, minus_edits) / K,
            "edit-distance-knn[k=3,rows=raw]": 1 + best_alignment(x, y, False, minus_edits) / K,
            "cycle-knn[k=3]": cycle(x, y, True),
            "cycle-knn[k=3,rows=raw]": cycle(x, y, False),
            "second-order-cosine[k=3]": second_order(x, y),
            "cknna[k=3]": cknna(x, y, True),
            "cknna[k=3,rows=raw]": cknna(x, y, False),
            "cknna[k=3,estimator=biased]": cknna_biased(x, y),
        }
        for measure, value in values.items():
            lines.append(
                {
                    "measure": measure,
                    "case": f"{nx} and {ny}",
                    "x": nx,
                    "y": ny,
                    "value": value,
                    "tolerance": 1e-10,
                }
            )
    np.savez_compressed(FOLDER / "independent-neighbours.npz", **arrays)
    with open(FOLDER / "independent-neighbours.jsonl", "w", encoding="utf-8") as file:
        file.writelines(json.dumps(line) + "\n" for line in lines)


if __name__ == "__main__":
    main()
