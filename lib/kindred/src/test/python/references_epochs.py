"""A small network trained by PyTorch, its features at every epoch as the recipe writes them, and NumPy's values.

    python references_epochs.py

Writes src/test/resources/epochs: features/<layer>/epoch-<n>.npy, labels.npy, expected.json.
"""

import json
import pathlib
import shutil
import sys

import numpy as np
import torch

HERE = pathlib.Path(__file__).resolve()
sys.path.insert(0, str(HERE.parents[5] / "environment/recipes"))

from export_epochs import balanced, export_epoch

BATCH = 12
EPOCHS = [0, 1, 2, 5, 6]


def gram(x):
    x = x - x.mean(0)
    return x @ x.T


def cka(x, y):
    """Linear CKA with biased HSIC (equations 1 and 2 of arXiv 2405.17377)."""
    k, l = gram(x), gram(y)
    return (k * l).sum() / np.sqrt((k * k).sum() * (l * l).sum())


def procrustes(x, y):
    """2 - 2 ||X'Y||_* for centred X and Y of Frobenius norm 1."""
    x, y = (z / np.linalg.norm(z) for z in (x - x.mean(0), y - y.mean(0)))
    return 2 - 2 * np.linalg.svd(x.T @ y, compute_uv=False).sum()


def matrix(values, compare):
    return [[float(compare(x, y)) for y in values] for x in values]


def batched(compare):
    return lambda x, y: np.mean([compare(x[i:i + BATCH], y[i:i + BATCH]) for i in range(0, len(x), BATCH)])


folder = HERE.parents[1] / "resources/epochs"
shutil.rmtree(folder, ignore_errors=True)
torch.manual_seed(3)
torch.set_num_threads(1)
model = torch.nn.Sequential(
    torch.nn.Conv2d(1, 3, 3, padding=1), torch.nn.ReLU(), torch.nn.Flatten(), torch.nn.Linear(48, 3))
labels = torch.arange(36) % 3
prototypes = torch.randn(3, 1, 4, 4)
shown = prototypes[labels] + torch.randn(36, 1, 4, 4)
optimizer = torch.optim.Adam(model.parameters(), 0.03)
chosen = shown[balanced(labels, 2, BATCH)]
grid = torch.randn(40, 1, 4, 4) * 2
regions = []
for epoch in range(EPOCHS[-1] + 1):
    if epoch > 0:
        optimizer.zero_grad()
        torch.nn.functional.cross_entropy(model(shown), labels).backward()
        optimizer.step()
    if epoch in EPOCHS:
        export_epoch(model, chosen, ["0", "3"], folder / "features", epoch)
        regions.append(model(grid).argmax(1).numpy().astype(np.int64))
np.save(folder / "labels.npy", np.stack(regions).reshape(len(EPOCHS), 2, 20))

expected = {"batch": BATCH, "epochs": EPOCHS, "drs": matrix(regions, lambda a, b: np.mean(a == b))}
for layer in ("0", "3"):
    files = [np.load(folder / f"features/{layer}/epoch-{epoch}.npy").astype(np.float64) for epoch in EPOCHS]
    expected[layer] = {
        "cka batches": matrix(files, batched(cka)),
        "cka": matrix(files, cka),
        "procrustes batches": matrix(files, batched(procrustes)),
    }
(folder / "expected.json").write_text(json.dumps(expected) + "\n", encoding="utf-8")
