"""Solves the transport problem of a cost matrix in .npy with public solvers: SciPy's assignment for square ones, POT's
exact optimal transport for others (or, with --both, for all). Prints one line each: solver, best seconds of three, mean cost.

    pip install scipy POT
    python transport.py costs.npy
"""

import sys
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
    costs = numpy.ascontiguousarray(numpy.load(sys.argv[1]), dtype=numpy.float64)
    solvers = [assignment] if costs.shape[0] == costs.shape[1] else []
    if not solvers or "--both" in sys.argv:
        solvers.append(transport)
    for solve in solvers:
        best = float("inf")
        for _ in range(3):
            start = time.perf_counter()
            name, value = solve(costs)
            best = min(best, time.perf_counter() - start)
        print(f"{name}\t{best:.6f}\t{value:.17g}", flush=True)


if __name__ == "__main__":
    main()
