"""The liveness network: a small convolutional classifier of 128x128 face surroundings, one logit for "live"."""
import torch
from torch import nn

from detector_net import Separable, conv

SIDE = 128


class LivenessNet(nn.Module):
    """uint8-valued float RGB [N,3,128,128] -> logit [N,1]. Mean and maximum are pooled: a fake shows in places, too."""

    def __init__(self):
        super().__init__()
        self.body = nn.Sequential(
            conv(3, 16, 3, 2), conv(16, 32, 3, 2), Separable(32, 32), conv(32, 64, 3, 2), Separable(64, 64),
            Separable(64, 64), conv(64, 128, 3, 2), Separable(128, 128), Separable(128, 128))
        self.head = nn.Linear(256, 1)
        self.drop = nn.Dropout(.2)

    def forward(self, x):
        f = self.body((x - 127.5) / 128).float()
        return self.head(self.drop(torch.cat([f.mean((2, 3)), f.amax((2, 3))], 1)))


def cost():
    """(parameters, multiply-adds of the convolutions)."""
    net, total = LivenessNet().eval(), 0

    def count(m, _, out):
        nonlocal total
        total += out.numel() * m.weight[0].numel()
    for m in net.modules():
        if isinstance(m, nn.Conv2d):
            m.register_forward_hook(count)
    with torch.no_grad():
        net(torch.zeros(1, 3, SIDE, SIDE))
    return sum(p.numel() for p in net.parameters()), total


if __name__ == "__main__":
    print("%d parameters, %.1f M multiply-adds" % (cost()[0], cost()[1] / 1e6))
