"""Runs the recipes on a small network and prints what a reader of the files must find.

    python check_recipes.py FOLDER
"""

import json
import pathlib
import sys
import tempfile

import numpy as np
import torch

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[5] / "environment/recipes"))

from export_epochs import balanced, export_epoch
from export_features import export_features
from trace_layers import trace_layers

folder = pathlib.Path(sys.argv[1])
torch.manual_seed(0)
model = torch.nn.Sequential(
    torch.nn.Conv2d(3, 4, 3, padding=1),
    torch.nn.ReLU(),
    torch.nn.AdaptiveAvgPool2d(1),
    torch.nn.Flatten(),
    torch.nn.Linear(4, 5),
)
images = torch.randn(7, 3, 8, 8)
layers = ["1", "4"]
export_features(model, images.split(3), layers, folder, ids=["image-%d" % i for i in range(7)])
trace_layers(model, layers, images[:1], folder / "traced.pt")

with torch.no_grad():
    direct = {"1": model[:2](images), "4": model(images)}
    loaded = torch.jit.load(str(folder / "traced.pt"))(images)
for layer, tapped in zip(layers, loaded):
    assert torch.allclose(tapped, direct[layer], atol=1e-6), layer
    # Batches of another size may round otherwise.
    assert np.allclose(np.load(folder / (layer + ".npy")), direct[layer].numpy(), atol=1e-6), layer
with tempfile.TemporaryDirectory() as run:
    model.train()
    export_epoch(model, images, layers, run, 12, at_once=3)
    assert model.training
    for layer in layers:
        rows = np.load(pathlib.Path(run) / layer / "epoch-12.npy")
        assert np.allclose(rows, direct[layer].flatten(1).numpy(), atol=1e-6), layer
        assert [file.name for file in (pathlib.Path(run) / layer).iterdir()] == ["epoch-12.npy"]
chosen = np.array(balanced([0] * 20 + [1] * 20 + [2] * 30, 2, 8))
assert len(set(chosen)) == 16
counts = [np.bincount(part // 20 - part // 60, minlength=3) for part in chosen.reshape(2, 8)]
assert all(count.max() - count.min() <= 1 for count in counts), counts
print(json.dumps({layer: list(direct[layer].shape) for layer in layers}))
