"""Export features from a PyTorch model: one hook for each layer, one .npy file for each layer.

    from export_features import export_features
    export_features(model, images, ["layer1", "avgpool"], "features/cifar10/resnet18")
"""

import pathlib

import numpy as np
import torch


@torch.no_grad()
def export_features(model, batches, layers, folder, ids=None):
    """Write <folder>/<layer>.npy (float32, stimuli first) for every named layer.

    `batches` yields image tensors in a fixed order; `ids` (optional) names the stimuli in that order.
    """
    parts = {layer: [] for layer in layers}
    modules = dict(model.named_modules())
    hooks = [
        modules[layer].register_forward_hook(lambda _module, _inputs, output, layer=layer: parts[layer].append(output.float().cpu().numpy()))
        for layer in layers
    ]
    try:
        model.eval()
        for batch in batches:
            model(batch)
    finally:
        for hook in hooks:
            hook.remove()
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    for layer in layers:
        np.save(folder / (layer + ".npy"), np.concatenate(parts[layer]))
        if ids is not None:
            (folder / (layer + ".ids.txt")).write_text("\n".join(ids) + "\n", encoding="utf-8")
