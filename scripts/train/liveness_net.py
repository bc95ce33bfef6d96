"""The liveness network: a small convolutional classifier of 128x128 face surroundings, one logit for "live"."""
import torch
from torch import nn

SIDE = 128


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


class LivenessNet(nn.Module):
    """uint8-valued float RGB [N,3,128,128] -> logit [N,1]. Mean and maximum are pooled: a fake shows in places, too."""

    def __init__(self):
        super().__init__()
        self.frozen = 0  # so many of the first layers are not trained
        self.body = nn.Sequential(
            conv(3, 16, 3, 2), conv(16, 32, 3, 2), Separable(32, 32), conv(32, 64, 3, 2), Separable(64, 64),
            Separable(64, 64), conv(64, 128, 3, 2), Separable(128, 128), Separable(128, 128))
        self.head = nn.Linear(256, 1)
        self.drop = nn.Dropout(.2)

    def forward(self, x):
        f = (x - 127.5) / 128
        if self.frozen:
            with torch.no_grad():
                f = self.body[:self.frozen].eval()(f)
        f = self.body[self.frozen:](f).float()
        return self.head(self.drop(torch.cat([f.mean((2, 3)), f.amax((2, 3))], 1)))


@torch.no_grad()
def warm(net, path, pictures):
    """Fill `net` with the weights of a frozen graph that `liveness_export.py` wrote. Its batch norms are folded into the
    convolutions; they come back as the mean and spread of each channel on `pictures` (float [N,3,128,128]), so that the
    network says the same and can be trained on."""
    import tensorflow as tf
    definition = tf.compat.v1.GraphDef()
    definition.ParseFromString(path.read_bytes())
    arrays = [tf.make_ndarray(n.attr["value"].tensor) for n in definition.node if n.op == "Const"]
    arrays = [v.astype("float32") for v in arrays if v.dtype.kind == "f"]
    kernels = [v for v in arrays if v.ndim == 4]
    *biases, last = [v for v in arrays if v.ndim == 1]
    layers = [(m, net_norm(net, m)) for m in net.modules() if isinstance(m, nn.Conv2d)]
    if len(kernels) != len(layers):
        raise ValueError("%s has %d convolutions, the network %d" % (path, len(kernels), len(layers)))
    for (conv2d, norm), kernel, bias in zip(layers, kernels, biases):
        w = torch.from_numpy(kernel)
        w = w.permute(2, 3, 0, 1) if conv2d.groups > 1 else w.permute(3, 2, 0, 1)
        if w.shape != conv2d.weight.shape or len(bias) != len(norm.bias):
            raise ValueError("%s does not fit the network" % path)
        conv2d.weight.copy_(w)
        norm.weight.fill_(1)
        norm.bias.copy_(torch.from_numpy(bias))
        norm.running_mean.zero_()
        norm.running_var.fill_(1 - norm.eps)
    head = [v for v in arrays if v.ndim == 2 and v.shape[0] == net.head.in_features][0]
    net.head.weight.copy_(torch.from_numpy(head.T))
    net.head.bias.copy_(torch.from_numpy(last))
    seen = {}
    hooks = [conv2d.register_forward_hook(lambda m, _, out: seen.__setitem__(m, out)) for conv2d, _ in layers]
    net.eval()(pictures)
    for hook in hooks:
        hook.remove()
    for conv2d, norm in layers:
        out = seen[conv2d].transpose(0, 1).flatten(1)
        mean, var = out.mean(1), out.var(1).clamp(min=1e-6)
        norm.running_mean.copy_(mean)
        norm.running_var.copy_(var)
        norm.weight.copy_((var + norm.eps).sqrt())
        norm.bias.add_(mean)


def net_norm(net, conv2d):
    """The batch norm that follows a convolution."""
    modules = list(net.modules())
    return next(m for m in modules[modules.index(conv2d):] if isinstance(m, nn.BatchNorm2d))



def sloped(cin, cout, k=1, stride=1, groups=1, slope=True):
    """Convolution with bias, and a slope for each channel below zero."""
    layers = [nn.Conv2d(cin, cout, k, stride, (k // 2 if k < 8 else 0), groups=groups)]
    return nn.Sequential(*layers, nn.PReLU(cout)) if slope else nn.Sequential(*layers)


class Block(nn.Module):
    """1x1 to `inner` channels, 3x3 on each, 1x1 back; with a shortcut where the shape stays, and a gate where asked for."""

    def __init__(self, cin, inner, cout, stride=1, gate=0):
        super().__init__()
        self.expand, self.depth = sloped(cin, inner), sloped(inner, inner, 3, stride, inner)
        self.project = sloped(inner, cout, slope=False)
        self.shortcut = stride == 1
        self.gate = nn.Sequential(nn.Conv2d(cout, gate, 1), nn.ReLU(), nn.Conv2d(gate, cout, 1), nn.Sigmoid()) if gate else None

    def inner(self, x):
        return self.project(self.depth(self.expand(x)))

    def forward(self, x):
        y = self.inner(x)
        if self.gate is not None:
            y = y * self.gate(y.mean((2, 3), keepdim=True))
        return x + y if self.shortcut else y


class FasNet(nn.Module):
    """MiniFASNet's shape with any number of inner channels. uint8-valued float RGB [N,3,S,S] -> logit [N,1].

    `field` is the size of the last map, a sixteenth of S; `gated`: with gates, as MiniFASNet's SE kinds have; `kinds`: of attacks
    that are told apart. The logit is the lowest one of live against each of them."""

    def __init__(self, enter, two, down3, three, down4, four, last, field=8, gated=True, kinds=1):
        super().__init__()
        self.conv1, self.conv2 = sloped(3, 32, 3, 2), sloped(32, 32, 3, groups=32)
        self.body = nn.Sequential(
            Block(32, enter, 64, 2), *[Block(64, c, 64, gate=16 * gated * (k == len(two) - 1)) for k, c in enumerate(two)],
            Block(64, down3, 128, 2), *[Block(128, c, 128, gate=32 * gated * (k == len(three) - 1)) for k, c in enumerate(three)],
            Block(128, down4, 128, 2), *[Block(128, c, 128, gate=32 * gated * (k == len(four) - 1)) for k, c in enumerate(four)])
        self.wide = sloped(128, last)
        self.all = nn.Sequential(nn.Conv2d(last, last, field, groups=last))
        self.head = nn.Linear(last, kinds)

    def blocks(self):
        return list(self.body)

    def last(self, x):
        """What the head sees, [N,last]."""
        return self.all(self.wide(self.body(self.conv2(self.conv1(x / 255))))).flatten(1)

    def forward(self, x):
        return self.head(self.last(x)).amin(1, keepdim=True)


class Pair(nn.Module):
    """Two networks of MiniFASNet's shape that were trained on different pictures, one sees the crop as it is and one at 80x80; the sum
    of their logits."""

    SMALL = 80

    def __init__(self, large, small):
        super().__init__()
        self.large, self.small = large, small

    def last(self, x):
        """What the two heads see."""
        return torch.cat([self.large.last(x), self.small.last(self.shrunk(x))], 1)

    @staticmethod
    def shrunk(x):
        return nn.functional.interpolate(x, (Pair.SMALL, Pair.SMALL), mode="bilinear", align_corners=False)

    def forward(self, x):
        return self.large(x) + self.small(self.shrunk(x))


def fas(state):
    """A `FasNet` of the widths of a state."""
    inner = [len(state["body.%d.depth.0.weight" % k]) for k in range(15)]
    return FasNet(inner[0], inner[1:5], inner[5], inner[6:12], inner[12], inner[13:], len(state["wide.0.weight"]),
                  state["all.0.weight"].shape[2], any(".gate." in k for k in state), len(state["head.weight"]))


def load(path):
    """The network whose weights a file holds, of each kind and of the widths that it was saved with."""
    state = torch.load(path, map_location="cpu")
    parts = [{k[6:]: v for k, v in state.items() if k.startswith(part)} for part in ("large.", "small.")]
    if parts[0]:
        net = Pair(*(fas(part) for part in parts))
    else:
        net = fas(state) if "wide.0.weight" in state else LivenessNet()
    net.load_state_dict(state)
    return net


def cost(net):
    """(parameters, multiply-adds of the convolutions)."""
    total = 0

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
    for kind in LivenessNet(), FasNet(40, [13] * 4, 72, [72, 26, 26, 40, 26, 26], 80, [26] * 2, 104):
        print("%s: %d parameters, %.1f M multiply-adds" % (type(kind).__name__, cost(kind)[0], cost(kind.eval())[1] / 1e6))
