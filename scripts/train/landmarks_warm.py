"""Start training from a shipped pack: the weights of its model.pb back in a network that can be trained."""
import torch

from embedder_warm import constants, neutral


@torch.no_grad()
def load(path, net):
    """Puts the weights of the graph that `landmarks_pack.py` wrote into `net`, in evaluation mode. Batch normalisation is folded into the
    convolutions there and only adds the bias here: call `embedder_warm.settle` before training."""
    net.eval()
    c = constants(path)
    name = lambda stem, k, part: c["%s%s/%s" % (stem, "_%d" % k if k else "", part)]
    blocks = [b for part in (net.fine, net.middle, net.coarse, net.narrow, net.join, net.maps[:1]) for b in part]
    for k, block in enumerate(blocks):  # BiasAdd 7 is the face's
        block[0].weight.copy_(name("Conv2D", k, "filter").permute(3, 2, 0, 1))
        neutral(block[1], name("BiasAdd", k + (k > 6), "bias"))
    net.maps[1].weight.copy_(name("Conv2D", 11, "filter").permute(3, 2, 0, 1))
    net.maps[1].bias.copy_(c["BiasAdd_12/bias"])
    face = c["MatMul/b"].T
    net.face.weight.zero_()
    net.face.weight[:, :face.shape[1]] = face  # version 3 had the first half only
    net.face.bias.copy_(c["BiasAdd_7/bias"])
