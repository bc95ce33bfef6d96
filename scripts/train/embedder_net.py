"""The embedder: plain 3x3 convolutions and residual blocks, a global depthwise convolution, `d` numbers per face."""
import torch
import torch.nn as nn


def conv(i, o, k=3, s=1, act=True):
    layers = [nn.Conv2d(i, o, k, s, k // 2, bias=False), nn.BatchNorm2d(o)]
    return nn.Sequential(*layers, *([nn.PReLU(o)] if act else []))


class Residual(nn.Module):
    def __init__(self, c):
        super().__init__()
        self.a, self.b = conv(c, c), conv(c, c, act=False)

    def forward(self, x):
        return x + self.b(self.a(x))


class ResFace(nn.Module):
    """Four strided stages (`w` channels, `n` residual blocks each), then a global depthwise convolution.

    Input: RGB, (value - 127.5) / 128, [N,3,112,112]. Output: [N,d], not normalised.
    """

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
