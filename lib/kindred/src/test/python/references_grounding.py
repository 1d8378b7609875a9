"""The statistics of the grounding study on small populations, by NumPy and SciPy alone.

Written from the protocol (the reference is the best network; pairs with it on either side; means over depths; p of one side)
in another way than the Java code: pairs are listed in plain loops, bootstrap samples are written out with every copy, correlations
and p-values are SciPy's.

    python references_grounding.py ../resources/dev/kindred/study/grounding/statistics.json
"""

import json
import sys

import numpy as np
from scipy import stats

DEPTHS, SEEDS, REFERENCES, KEPT, UNITS = 3, 6, 4, [8, 5, 2, 1], 8
FAMILIES, SIZE, SHOWN = 2, 4, 4
MEASURES = ["symmetric", "asymmetric", "partly undefined"]


def one_sided(statistic, p):
    return p / 2 if statistic > 0 else 1 - p / 2


def correlations(distances, gaps):
    keep = np.isfinite(distances)
    # .9 - .7 and .7 - .5 are the same difference.
    distances, gaps = np.asarray(distances)[keep], np.round(np.asarray(gaps)[keep], 9)
    rho, tau = stats.spearmanr(distances, gaps), stats.kendalltau(distances, gaps)
    return [rho[0], one_sided(*rho), tau[0], one_sided(*tau)], int(keep.sum())


def best_first(values):
    return sorted(range(len(values)), key=lambda i: -values[i])


class Part:
    """Arrays of one part, and its pairs: (depth, reference) -> list of (other, gap of accuracies as a function, distance)."""

    def __init__(self):
        self.arrays = {}

    def distance(self, measure, suffix, row, column):
        there = self.arrays[measure + suffix]
        if measure != "asymmetric":
            return there[row][column]
        name = "reversed " + measure + suffix
        back = self.arrays[name][row][column] if name in self.arrays else there[column][row]
        return (there[row][column] + back) / 2


def layers(rng):
    part = Part()
    accuracy = np.round(0.3 + 0.1 * np.arange(DEPTHS) + 0.15 * rng.random((SEEDS, DEPTHS)), 2)
    references = best_first(accuracy[:, -1])[:REFERENCES]
    part.arrays = {"accuracy": accuracy, "references": np.array([references], float)}
    for measure in MEASURES:
        for name in [measure] + (["reversed " + measure] if measure == "asymmetric" else []):
            d = rng.random((SEEDS * DEPTHS, SEEDS))
            d[:, [i for i in range(SEEDS) if i not in references]] = np.nan
            part.arrays[name] = d
    part.arrays["partly undefined"][0:4] = np.nan

    def pairs(depth, reference, order):
        for other in range(SEEDS):
            for d in range(DEPTHS):
                if (other, d) != (reference, DEPTHS - 1):
                    gap = abs(accuracy[order[other]][d] - accuracy[reference][DEPTHS - 1])
                    yield other, gap, (other * DEPTHS + d, reference)

    return part, [("", references, pairs)]


def components(rng):
    part = Part()
    levels = len(KEPT)
    part.arrays = {"kept components": np.array([KEPT], float)}
    strata = []
    for depth in range(DEPTHS - 2, DEPTHS):
        accuracy = np.round(0.6 - 0.1 * np.arange(levels) + 0.2 * rng.random((SEEDS, levels)), 2)
        references = best_first(accuracy[:, 0])[:REFERENCES]
        part.arrays[f"accuracy {depth}"] = accuracy
        part.arrays[f"references {depth}"] = np.array([references], float)
        for measure in MEASURES:
            for name in [measure] + (["reversed " + measure] if measure == "asymmetric" else []):
                part.arrays[f"{name} {depth}"] = rng.random((SEEDS * levels, SEEDS))
        part.arrays[f"partly undefined {depth}"][levels - 1 :: levels] = np.nan

        def pairs(_, reference, order, accuracy=accuracy):
            for other in range(SEEDS):
                for level in range(levels):
                    if other != reference or level > 0:
                        gap = abs(accuracy[order[other]][level] - accuracy[reference][0])
                        yield other, gap, (other * levels + level, reference)
                    if other != reference and level > 0:
                        gap = abs(accuracy[order[other]][0] - accuracy[reference][level])
                        yield other, gap, (reference * levels + level, other)

        strata.append((f" {depth}", references, pairs))
    return part, strata


def fine_tuned(rng, networks, sets):
    part = Part()
    accuracy = np.round(0.3 + 0.5 * rng.random((networks, sets)), 2)
    part.arrays = {"accuracy": accuracy}
    for depth in range(DEPTHS):
        for measure in MEASURES:
            d = rng.random((networks, networks))
            if measure != "asymmetric":
                d = d + d.T
            np.fill_diagonal(d, np.nan)
            part.arrays[f"{measure} {depth}"] = d
            part.arrays[f"times {measure} {depth}"] = np.array([[2.0, 4, 3, 12]])
        part.arrays[f"partly undefined {depth}"][0, 1] = part.arrays[f"partly undefined {depth}"][1, 0] = np.nan
    return part


def square_strata(part, function):
    references = best_first(function)

    def pairs(_, reference, order):
        for other in range(len(function)):
            if other != reference:
                yield other, abs(function[order[other]] - function[reference]), (other, reference)

    return [(f" {depth}", references, pairs) for depth in range(DEPTHS)]


def statistics(part, strata, networks, rng):
    """Of each measure: the published numbers, with networks drawn, and with networks moved."""
    counts = np.bincount(rng.integers(0, networks, networks), minlength=networks)
    fixed = {references[0] for _, references, _ in strata}
    free = [i for i in range(networks) if i not in fixed]
    order = list(range(networks))
    for i, j in zip(free, rng.permutation(free)):
        order[i] = int(j)
    expected = {"counts": counts.tolist(), "order": order, "measures": []}
    for measure in MEASURES:
        published, used, drawn, moved = [], 0, [], []
        for suffix, references, pairs in strata:
            rows = list(pairs(None, references[0], range(networks)))
            distances = [part.distance(measure, suffix, *at) for _, _, at in rows]
            numbers, here = correlations(distances, [gap for _, gap, _ in rows])
            published.append(numbers)
            used += here
            gaps = [gap for _, gap, _ in pairs(None, references[0], order)]
            moved.append(correlations(distances, gaps)[0][0])
            reference = next(r for r in references if counts[r] > 0)
            sample = []
            for other, gap, at in pairs(None, reference, range(networks)):
                copies = 1 if other == reference else counts[other]
                sample += [(part.distance(measure, suffix, *at), gap)] * int(copies)
            drawn.append(correlations([d for d, _ in sample], [g for _, g in sample])[0])
        expected["measures"].append(
            {
                "published": np.mean(published, axis=0).tolist(),
                "pairs": used,
                "drawn": float(np.mean([numbers[0] for numbers in drawn])),
                "drawn tau": float(np.mean([numbers[2] for numbers in drawn])),
                "moved": float(np.mean(moved)),
            }
        )
    return expected


def maps(rng):
    arrays = {"kept components": np.array([[7, 5, 3, 2, 1]], float)}
    for measure in MEASURES:
        d = rng.random((SHOWN * DEPTHS, SHOWN * DEPTHS))
        for i in range(SHOWN):
            for j in range(SHOWN):
                for depth in range(DEPTHS):
                    d[i * DEPTHS + depth][j * DEPTHS + depth] *= 0.6
        arrays[measure] = d if measure == "asymmetric" else (d + d.T) / 2
        for depth in range(DEPTHS):
            for name in [measure] + (["reversed " + measure] if measure == "asymmetric" else []):
                arrays[f"{name} deleted {depth}"] = np.sort(rng.random((SHOWN, 5)), axis=1) * 0.7
    arrays["partly undefined deleted 1"][:, -1] = np.nan
    counts = [2, 0, 1, 1]
    expected = {"counts": counts, "measures": []}
    for measure in MEASURES:
        d = (arrays[measure] + arrays[measure].T) / 2
        ours = {"specificity": [], "drawn specificity": [], "deletion": [], "drawn deletion": []}
        for depth in range(DEPTHS):
            left = arrays[f"{measure} deleted {depth}"]
            if measure == "asymmetric":
                left = (left + arrays[f"reversed {measure} deleted {depth}"]) / 2
            for name, networks in [("", range(SHOWN)), ("drawn ", [0, 0, 2, 3])]:
                hits, unnoticed = [], []
                for i in networks:
                    others = [j for j in networks if j != i]
                    for j in others:
                        row = d[i * DEPTHS + depth, j * DEPTHS : (j + 1) * DEPTHS]
                        hits.append(float(np.argmin(row) == depth))
                    limit = np.mean([d[i * DEPTHS + depth, j * DEPTHS + depth] for j in others])
                    beyond = [k for k, distance in zip([7, 5, 3, 2, 1], left[i]) if distance > limit]
                    unnoticed.append((UNITS - beyond[0]) / UNITS if beyond else 1.0)
                ours[name + "specificity"].append(float(np.mean(hits)))
                ours[name + "deletion"].append(float(np.mean(unnoticed)))
        expected["measures"].append(ours)
    return arrays, expected


def plain(array):
    return [[None if np.isnan(v) else float(v) for v in row] for row in array]


def main(target):
    rng = np.random.default_rng(20211206)
    case = {"measures": MEASURES, "depths": DEPTHS, "families": FAMILIES, "parts": {}, "expected": {}}
    part, strata = layers(rng)
    case["parts"]["layers"] = part.arrays
    case["expected"]["(a) layers"] = statistics(part, strata, SEEDS, rng)
    part, strata = components(rng)
    case["parts"]["components"] = part.arrays
    case["expected"]["(b) components"] = statistics(part, strata, SEEDS, rng)
    part = fine_tuned(rng, SEEDS, 18)
    case["parts"]["distortions"] = part.arrays
    mean = part.arrays["accuracy"][:, 1:].mean(axis=1)
    case["expected"]["(c) distortions"] = statistics(part, square_strata(part, mean), SEEDS, rng)
    part = fine_tuned(rng, FAMILIES * SIZE, 3)
    case["parts"]["stress"] = part.arrays
    for column, name in [(1, "textures"), (2, "colours")]:
        strata = square_strata(part, part.arrays["accuracy"][:, column])
        case["expected"]["(d) " + name] = statistics(part, strata, FAMILIES * SIZE, rng)
    case["parts"]["maps"], case["maps"] = maps(rng)
    case["parts"] = {
        part: {name: plain(array) for name, array in arrays.items()} for part, arrays in case["parts"].items()
    }
    p = rng.random(12) ** 3
    case["p"], case["adjusted"] = p.tolist(), stats.false_discovery_control(p).tolist()
    with open(target, "w", encoding="utf-8") as file:
        json.dump(case, file)
        file.write("\n")


if __name__ == "__main__":
    main(sys.argv[1])
