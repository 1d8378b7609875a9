"""Solves the transport problem of a cost matrix in .npy with public solvers: SciPy's assignment for square ones, POT's
exact optimal transport for others (or, with --both, for all). Prints one line each: solver, seconds of each round, mean cost.

    pip install scipy POT
    python transport.py costs.npy --rounds 3
"""

import argparse
import time

import numpy


def assignment(costs):
    import scipy
    from scipy.optimize import linear_sum_assignment

    rows, columns = linear_sum_assignment(costs)
    return f"SciPy {scipy.__version__} linear_sum_assignment", costs[rows, columns].mean()


def transport(costs):
    import ot

    p, q = costs.shape
    value = ot.emd2(numpy.full(p, 1 / p), numpy.full(q, 1 / q), costs, numItermax=10_000_000)
    return f"POT {ot.__version__} emd2", float(value)


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("costs")
    parser.add_argument("--both", action="store_true")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    costs = numpy.ascontiguousarray(numpy.load(options.costs), dtype=numpy.float64)
    solvers = [assignment] if costs.shape[0] == costs.shape[1] else []
    if not solvers or options.both:
        solvers.append(transport)
    for solve in solvers:
        solve(costs[:2, :2])  # imports; not timed
        seconds = []
        for _ in range(options.rounds):
            start = time.perf_counter()
            name, value = solve(costs)
            seconds.append(f"{time.perf_counter() - start:.6f}")
        print(f"{name}\t{' '.join(seconds)}\t{value:.17g}", flush=True)


if __name__ == "__main__":
    main()
