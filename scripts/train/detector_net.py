"""The detector network: single shot, anchor free, five landmarks, three strides.

Early layers at high resolution are plain 3x3 convolutions of low width; deeper layers are depthwise separable with a
5x5 kernel, which sees wide for few multiply-adds; a top-down path adds what the coarse levels know to the finer ones.
Outputs have the form of YuNet's: for each stride 8, 16 and 32 a class score, an objectness, a box and five landmarks.
"""
import torch
from torch import nn

STRIDES = (8, 16, 32)
WIDTHS = {"stem": 16, "s4": 32, "s8": 48, "s16": 64, "s32": 80, "neck": 64}


def conv(cin, cout, k=3, stride=1, groups=1, relu=True):
    layers = [nn.Conv2d(cin, cout, k, stride, k // 2, groups=groups, bias=False), nn.BatchNorm2d(cout)]
    return nn.Sequential(*layers, nn.ReLU(inplace=True)) if relu else nn.Sequential(*layers)


class Separable(nn.Module):
    """Depthwise k x k, then 1x1; with a shortcut where the shape stays."""

    def __init__(self, cin, cout, k=3, stride=1):
        super().__init__()
        self.depth = conv(cin, cin, k, stride, groups=cin)
        self.point = conv(cin, cout, 1, relu=False)
        self.shortcut = stride == 1 and cin == cout

    def forward(self, x):
        y = self.point(self.depth(x))
        return torch.relu(x + y if self.shortcut else y)


class Detector(nn.Module):
    """uint8-valued float BGR [N,3,H,W] -> per stride a tensor [N,16,h,w]: class, objectness, 4 box, 10 landmarks."""

    def __init__(self, widths=None):
        super().__init__()
        w = widths or WIDTHS
        self.stem = conv(3, w["stem"], 3, 2)
        self.down4 = conv(w["stem"], w["s4"], 3, 2)
        self.s4 = Separable(w["s4"], w["s4"])
        self.down8 = conv(w["s4"], w["s8"], 3, 2)
        self.s8 = nn.Sequential(Separable(w["s8"], w["s8"]), Separable(w["s8"], w["s8"]))
        self.down16 = Separable(w["s8"], w["s16"], 3, 2)
        self.s16 = nn.Sequential(*[Separable(w["s16"], w["s16"], 5) for _ in range(3)])
        self.down32 = Separable(w["s16"], w["s32"], 3, 2)
        self.s32 = nn.Sequential(*[Separable(w["s32"], w["s32"], 5) for _ in range(3)])
        n = w["neck"]
        self.lateral = nn.ModuleList([conv(c, n, 1, relu=False) for c in (w["s8"], w["s16"], w["s32"])])
        self.smooth = nn.ModuleList([Separable(n, n) for _ in STRIDES])
        self.tower = nn.ModuleList([Separable(n, n, 5 if s > 8 else 3) for s in STRIDES])
        self.head = nn.ModuleList([nn.Conv2d(n, 16, 1) for _ in STRIDES])
        for h in self.head:
            nn.init.normal_(h.weight, std=.01)
            nn.init.zeros_(h.bias)
            h.bias.data[:2] = -4.6
            h.bias.data[4:6] = 1.0

    def forward(self, x):
        x = (x - 127.5) / 128
        c8 = self.s8(self.down8(self.s4(self.down4(self.stem(x)))))
        c16 = self.s16(self.down16(c8))
        c32 = self.s32(self.down32(c16))
        p32 = self.smooth[2](torch.relu(self.lateral[2](c32)))
        p16 = self.smooth[1](torch.relu(self.lateral[1](c16) + up(p32)))
        p8 = self.smooth[0](torch.relu(self.lateral[0](c8) + up(p16)))
        return [self.head[i](self.tower[i](p)) for i, p in enumerate((p8, p16, p32))]


def up(x):
    return nn.functional.interpolate(x, scale_factor=2, mode="nearest")


def flatten(levels):
    """Per-stride maps -> [N, cells, 16], cells in the order stride 8, 16, 32, row by row."""
    return torch.cat([t.flatten(2).transpose(1, 2) for t in levels], 1)


def grid(height, width):
    """float [cells, 3]: column, row and stride of each cell, in the order of `flatten`."""
    parts = []
    for s in STRIDES:
        rows, cols = torch.meshgrid(torch.arange(height // s), torch.arange(width // s), indexing="ij")
        parts.append(torch.stack([cols.flatten(), rows.flatten(), torch.full((rows.numel(),), s)], 1))
    return torch.cat(parts).float()


def decode(flat, cells):
    """[..., cells, 16] raw -> boxes (x1, y1, x2, y2) and landmarks [..., cells, 5, 2] in pixels."""
    s = cells[:, 2:3]
    centre = (cells[:, :2] + flat[..., 2:4]) * s
    half = flat[..., 4:6].clamp(max=6).exp() * s / 2
    points = (flat[..., 6:16].unflatten(-1, (5, 2)) + cells[:, None, :2]) * s[:, None]
    return torch.cat([centre - half, centre + half], -1), points


def cost(height=320, width=320):
    """(parameters, multiply-adds) at the given input."""
    net, total = Detector().eval(), 0

    def count(m, _, out):
        nonlocal total
        total += out.numel() * m.weight.shape[1] * m.weight.shape[2] * m.weight.shape[3]
    for m in net.modules():
        if isinstance(m, nn.Conv2d):
            m.register_forward_hook(count)
    with torch.no_grad():
        net(torch.zeros(1, 3, height, width))
    return sum(p.numel() for p in net.parameters()), total


if __name__ == "__main__":
    print("%d parameters, %.1f M multiply-adds at 320x320" % (cost()[0], cost()[1] / 1e6))
