"""Export features of the same images at every epoch of a training run in PyTorch, for 'environment/kindred epochs'.

    from export_epochs import balanced, export_epoch

    images = torch.stack([test[i][0] for i in balanced(labels, batches=4, size=512)])
    export_epoch(model, images, ["conv1", "layer1", "layer4", "linear"], "run-1", epoch=0)   # before training
    for epoch in range(1, epochs + 1):
        train_one_epoch(model)
        export_epoch(model, images, ["conv1", "layer1", "layer4", "linear"], "run-1", epoch)

Then: environment/kindred epochs run-1 --layer layer4 --batch 512 --out layer4.csv --figure layer4.png
"""

import os
import pathlib

import numpy as np
import torch


def balanced(labels, batches, size, seed=0):
    """Indices of images in batches, one after the other, each with the classes in equal shares to within one image."""
    random = np.random.default_rng(seed)
    labels = np.asarray(labels)
    members = [list(random.permutation(np.flatnonzero(labels == label))) for label in np.unique(labels)]
    chosen = [members[i % len(members)].pop() for i in range(batches * size)]
    return [int(i) for i in chosen]


@torch.no_grad()
def export_epoch(model, images, layers, folder, epoch, at_once=256):
    """Write <folder>/<layer>/epoch-<epoch>.npy (float32, a row an image, units flattened) for every named layer.

    Layers are as model.named_modules() names them. The model is in evaluation mode meanwhile: its batch statistics
    are those that it has; re-estimate them on training images before, if they lag behind the weights. A file is
    written beside and renamed, so one that is there is whole.
    """
    parts = {layer: [] for layer in layers}
    modules = dict(model.named_modules())
    hooks = [
        modules[layer].register_forward_hook(
            lambda _module, _inputs, output, layer=layer: parts[layer].append(output.flatten(1).float().cpu().numpy()))
        for layer in layers
    ]
    training = model.training
    model.eval()
    try:
        for batch in images.split(at_once):
            model(batch)
    finally:
        for hook in hooks:
            hook.remove()
        model.train(training)
    for layer in layers:
        file = pathlib.Path(folder) / layer / f"epoch-{epoch}.npy"
        file.parent.mkdir(parents=True, exist_ok=True)
        beside = file.with_suffix(".part")
        with open(beside, "wb") as out:
            np.save(out, np.concatenate(parts[layer]))
        os.replace(beside, file)
