"""Images per second in training with PyTorch, for the networks of 'kindred zoo speed' that are compared with it.

The same layers, batch, optimiser (Adam, constant rate, cross-entropy) and images as uint8 that become float32 tensors
per batch. Usage: train_speed.py [SECONDS] [BATCH]
"""

import sys
import time

import torch
from torch import nn
from torch.nn import functional as F


def conv(before, after, kernel=3, stride=1, bias=False):
    return nn.Conv2d(before, after, kernel, stride, kernel // 2, bias=bias)


class PlainCnn(nn.Sequential):
    def __init__(self, widths, stem_stride):
        layers, before = [], 3
        for i, width in enumerate(widths):
            layers += [conv(before, width, 3, stem_stride if i == 0 else 1), nn.BatchNorm2d(width), nn.ReLU()]
            if i < len(widths) - 1:
                layers.append(nn.MaxPool2d(2))
            before = width
        super().__init__(*layers, nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(before, 10))


class PreActivationBlock(nn.Module):
    def __init__(self, before, after, stride):
        super().__init__()
        self.first, self.second = nn.BatchNorm2d(before), nn.BatchNorm2d(after)
        self.conv1, self.conv2 = conv(before, after, 3, stride), conv(after, after)
        self.projection = conv(before, after, 1, stride) if before != after else None

    def forward(self, x):
        a = F.relu(self.first(x))
        shortcut = x if self.projection is None else self.projection(a)
        return self.conv2(F.relu(self.second(self.conv1(a)))) + shortcut


class ResNet(nn.Sequential):
    def __init__(self, k, blocks):
        layers, before = [conv(3, k)], k
        for stage, count in enumerate(blocks):
            for b in range(count):
                layers.append(PreActivationBlock(before, k << stage, 2 if stage > 0 and b == 0 else 1))
                before = k << stage
        super().__init__(
            *layers, nn.BatchNorm2d(before), nn.ReLU(), nn.AdaptiveAvgPool2d(1), nn.Flatten(), nn.Linear(before, 10)
        )


class Block(nn.Module):
    def __init__(self, width, heads):
        super().__init__()
        self.heads = heads
        self.norm1, self.norm2 = nn.LayerNorm(width), nn.LayerNorm(width)
        self.qkv, self.output = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.mlp = nn.Sequential(nn.Linear(width, 4 * width), nn.GELU(), nn.Linear(4 * width, width))

    def forward(self, x):
        n, length, width = x.shape
        q, k, v = self.qkv(self.norm1(x)).reshape(n, length, 3, self.heads, -1).permute(2, 0, 3, 1, 4)
        mixed = F.scaled_dot_product_attention(q, k, v).transpose(1, 2).reshape(n, length, width)
        x = x + self.output(mixed)
        return x + self.mlp(self.norm2(x))


class SmallViT(nn.Module):
    """A convolutional stem (channels width/8, /4, /2), a token for every 8×8 pixels, the mean over tokens."""

    def __init__(self, width, depth):
        super().__init__()
        layers, before = [], 3
        for halving in (3, 2, 1):
            after = max(8, width >> halving)
            layers += [conv(before, after, 3, 2), nn.BatchNorm2d(after), nn.ReLU()]
            before = after
        self.patches = nn.Sequential(*layers, nn.Conv2d(before, width, 1))
        self.positions = nn.Parameter(torch.zeros(1, 16, width))
        self.blocks = nn.Sequential(*[Block(width, width // 16) for _ in range(depth)])
        self.norm, self.head = nn.LayerNorm(width), nn.Linear(width, 10)

    def forward(self, x):
        tokens = self.patches(x).flatten(2).transpose(1, 2) + self.positions
        return self.head(self.norm(self.blocks(tokens)).mean(1))


def speed(network, seconds, batch):
    pixels = torch.randint(0, 256, (batch, 32, 32, 3), dtype=torch.uint8)
    labels = torch.randint(0, 10, (batch,))
    optimizer = torch.optim.Adam(network.parameters(), 1e-4)
    done, start = -3, 0.0
    while True:
        if done == 0:
            start = time.perf_counter()
        images = pixels[torch.randperm(batch)].float().permute(0, 3, 1, 2).div(255).sub(0.5).div(0.25).contiguous()
        loss = F.cross_entropy(network(images), labels)
        optimizer.zero_grad()
        loss.backward()
        optimizer.step()
        loss.item()
        done += 1
        if done >= 3 and time.perf_counter() - start >= seconds:
            return batch * done / (time.perf_counter() - start)


if __name__ == "__main__":
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 5
    batch = int(sys.argv[2]) if len(sys.argv) > 2 else 128
    torch.manual_seed(1)
    print(f"PyTorch {torch.__version__}, {torch.get_num_threads()} threads")
    for name, network in {
        "plain CNN, 4 convolutions of 24 to 192": PlainCnn([24, 48, 96, 192], 2),
        "pre-activation ResNet-18, k = 16": ResNet(16, [2, 2, 2, 2]),
        "ViT, width 64, depth 3, patch 8, convolutional stem": SmallViT(64, 3),
    }.items():
        count = sum(p.numel() for p in network.parameters())
        print(f"| {name} | {count:,} | {speed(network, seconds, batch):,.0f} |", flush=True)
