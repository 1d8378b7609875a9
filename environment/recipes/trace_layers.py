"""Trace a PyTorch model with several layers to TorchScript, which Kindred runs without Python.

    from trace_layers import trace_layers
    trace_layers(model, ["layer1", "layer2", "avgpool"], torch.zeros(1, 3, 32, 32), "resnet18.torchscript.pt")
"""

import torch


class LayerOutputs(torch.nn.Module):
    """The model with the outputs of the named layers, in their order, in place of its own."""

    def __init__(self, model, layers):
        super().__init__()
        self.model = model
        self.layers = list(layers)

    def forward(self, images):
        outputs = {}
        modules = dict(self.model.named_modules())
        hooks = [
            modules[layer].register_forward_hook(lambda _module, _inputs, output, layer=layer: outputs.__setitem__(layer, output))
            for layer in self.layers
        ]
        try:
            self.model(images)
        finally:
            for hook in hooks:
                hook.remove()
        return tuple(outputs[layer] for layer in self.layers)


def trace_layers(model, layers, example, path):
    """Save a TorchScript module that maps images to a tuple with one tensor for each layer."""
    traced = torch.jit.trace(LayerOutputs(model.eval(), layers), example, check_trace=False)
    traced.save(str(path))
    return traced
