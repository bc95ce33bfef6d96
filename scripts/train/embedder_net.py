"""Embedders, `d` numbers per face: ResFace of plain 3x3 convolutions, and MobileFace, in whose shape MBF's weights fit.

Both take RGB, (value - 127.5) / 128, [N,3,112,112], and give [N,d], not normalised. Both have `n` (convolutions with batch
normalisation), `features` (what the last layer sees), `f` and `bn` (the last linear layer) and `config` (their own arguments).
"""
import collections

import torch
import torch.nn as nn


def conv(i, o, k=3, s=1, act=True, groups=1):
    layers = [nn.Conv2d(i, o, k, s, k // 2, groups=groups, bias=False), nn.BatchNorm2d(o)]
    return nn.Sequential(*layers, *([nn.PReLU(o)] if act else []))


def like(layer, inputs=None, outputs=None):
    """A layer made by `conv` of another width; a depthwise one stays depthwise."""
    c = layer[0]
    outputs = outputs or c.out_channels
    groups = outputs if c.groups > 1 else 1
    return conv(outputs if groups > 1 else inputs or c.in_channels, outputs, c.kernel_size[0], c.stride[0], len(layer) == 3, groups)


class Residual(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.a, self.b = conv(c, c), conv(c, c, act=False)

    def forward(self, x):
        return x + self.b(self.a(x))


class ResFace(nn.Module):
    """Four strided stages (`w` channels, `n` residual blocks each), then a global depthwise convolution."""

    def __init__(self, w=(32, 48, 96, 192), n=(0, 1, 2, 2), head=384, d=128):
        super().__init__()
        self.config = {"w": list(w), "n": list(n), "head": head, "d": d}
        layers, c = [conv(3, w[0], 3, 2)], w[0]
        for i, (o, k) in enumerate(zip(w, n)):
            if i:
                layers.append(conv(c, o, 3, 2))
            layers += [Residual(o) for _ in range(k)]
            c = o
        layers.append(conv(c, head, 1))
        self.n = nn.Sequential(*layers)
        self.g = nn.Sequential(nn.Conv2d(head, head, 7, groups=head, bias=False), nn.BatchNorm2d(head))
        self.f = nn.Linear(head, d, bias=False)
        self.bn = nn.BatchNorm1d(d)

    def features(self, x):
        return self.g(self.n(x)).flatten(1)

    def forward(self, x):
        return self.bn(self.f(self.features(x)))


Place = collections.namedtuple("Place", "producers consumer")


class Inner(nn.Module):
    """An expansion to more channels, a depthwise convolution, a projection; `residual` adds the input."""

    def __init__(self, i, inner, o, stride, residual):
        super().__init__()
        self.c = nn.Sequential(conv(i, inner, 1), conv(inner, inner, 3, stride, groups=inner), conv(inner, o, 1, act=False))
        self.residual = residual

    def forward(self, x):
        return x + self.c(x) if self.residual else self.c(x)


class MobileFace(nn.Module):
    """MobileFaceNet (Chen et al. 2018) as Espressif's MBF has it: 128, 256, 256 channels between the blocks, four, six and two
    residual blocks, 64 channels of 7x7 at the end. `inner`: channels of the stem, of the first reduction, of the first
    blocks, of the second reduction, and so on, and of the layer before the last; 128 128 128 256 256 512 256 512 in MBF."""

    def __init__(self, inner=(64, 80, 72, 160, 144, 288, 160, 384), d=256):
        super().__init__()
        self.config = {"inner": list(inner), "d": d}
        i = inner
        blocks = [conv(3, i[0], 3, 2), conv(i[0], i[0], 3, groups=i[0]), Inner(i[0], i[1], 128, 2, False)]
        blocks += [Inner(128, i[2], 128, 1, True) for _ in range(4)] + [Inner(128, i[3], 256, 2, False)]
        blocks += [Inner(256, i[4], 256, 1, True) for _ in range(6)] + [Inner(256, i[5], 256, 2, False)]
        blocks += [Inner(256, i[6], 256, 1, True) for _ in range(2)] + [conv(256, i[7], 1), conv(i[7], 64, 1)]
        self.n = nn.Sequential(*blocks)
        self.f = nn.Linear(64 * 7 * 7, d, bias=False)
        self.bn = nn.BatchNorm1d(d)

    def layers(self):
        """All convolutions with their normalisation, in order."""
        return [q for m in self.n for q in (m.c if isinstance(m, Inner) else [m])]

    def replace(self, k, layer):
        """Put another layer at place k of layers()."""
        for j, m in enumerate(self.n):
            size = 3 if isinstance(m, Inner) else 1
            if k < size:
                (m.c if size == 3 else self.n)[k if size == 3 else j] = layer
                return
            k -= size

    def places(self):
        """For each number of `inner`, the layers whose output channels it counts, and the layer that reads them."""
        alone = lambda k: Place([(k, k + 1)], [k + 2])
        several = lambda k, n: Place([(k + 3 * j, k + 3 * j + 1) for j in range(n)], [k + 3 * j + 2 for j in range(n)])
        return [alone(0), alone(2), several(5, 4), alone(17), several(20, 6), alone(38), several(41, 2), Place([(47,)], [48])]

    def features(self, x):
        return self.n(x).flatten(1)

    def forward(self, x):
        return self.bn(self.f(self.features(x)))


def make(config):
    """The network of a `config`."""
    return MobileFace(**config) if "inner" in config else ResFace(**config)


def multiply_adds(net, side=112):
    """Multiply-adds of the convolutions and the linear layer for one face."""
    total, hooks = 0, []

    def count(m, x, y):
        nonlocal total
        each = m.weight[0].numel()
        total += y[0].numel() * each

    for m in net.modules():
        if isinstance(m, (nn.Conv2d, nn.Linear)):
            hooks.append(m.register_forward_hook(count))
    training = net.training
    net.eval()
    with torch.no_grad():
        net(torch.zeros(1, 3, side, side))
    net.train(training)
    for h in hooks:
        h.remove()
    return total


def load_weights(path):
    """A state dict from a checkpoint of the trainer, or a bare state dict."""
    saved = torch.load(path, map_location="cpu", weights_only=True)
    return saved["net"] if isinstance(saved.get("net"), dict) else saved
