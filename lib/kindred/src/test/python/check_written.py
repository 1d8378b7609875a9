"""Reads what Kindred wrote with the field's own libraries; fails unless all hold the same numbers.

    python check_written.py FOLDER

The folder holds x.npy (and so on) with the numbers i * 5 + j, divided by 8, and the names image-0, image-1, ...
"""

import pathlib
import sys

import h5py
import numpy as np
import scipy.io
import torch

folder = pathlib.Path(sys.argv[1])
expected = np.arange(30).reshape(6, 5) / 8
names = ["image-%d" % i for i in range(6)]


def check(what, array, dtype):
    array = np.asarray(array)
    assert array.dtype == dtype, (what, array.dtype)
    assert np.array_equal(array, expected), (what, array)


for name, dtype in [("single", "float32"), ("double", "float64")]:
    check("npy", np.load(folder / (name + ".npy")), dtype)
    assert (folder / (name + ".ids.txt")).read_text(encoding="utf-8").split() == names
    with np.load(folder / (name + ".npz")) as npz:
        check("npz", npz["features"], dtype)
        assert list(npz["stimulus_ids"]) == names
    saved = torch.load(folder / (name + ".pt"), weights_only=True)
    check("pt", saved["features"].numpy(), dtype)
    assert saved["stimulus_ids"] == names
    with h5py.File(folder / (name + ".h5")) as f:
        check("h5", f["features"][:], dtype)
        assert [n.decode() for n in f["stimulus_ids"][:]] == names
    mat = scipy.io.loadmat(folder / (name + ".mat"))
    check("mat", mat["features"], dtype)
    assert [n[0][0] for n in mat["stimulus_ids"]] == names
    for ending, separator in [("csv", ","), ("tsv", "\t")]:
        lines = (folder / (name + "." + ending)).read_text(encoding="utf-8").splitlines()
        assert [line.split(separator)[0] for line in lines[1:]] == names
        check(ending, [[float(v) for v in line.split(separator)[1:]] for line in lines[1:]], "float64")
bare = torch.load(folder / "bare.pt", weights_only=True)
check("bare pt", bare.numpy(), "float64")
print("same")
