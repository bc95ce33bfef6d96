"""Muon for the convolutions: orthogonalised momentum on weights of constant norm; everything else goes to AdamW.

Each convolution is followed by batch normalisation, so only the direction of its weight matters: the norm is kept and
the learning rate is the length of a step relative to it.
"""
import torch


@torch.no_grad()
def orthogonal(g, steps=5):
    """The nearest (semi-)orthogonal matrices to a batch [K,M,N], roughly, by Newton and Schulz's iteration in bf16."""
    x = g.bfloat16()
    tall = x.shape[1] > x.shape[2]
    if tall:
        x = x.transpose(1, 2)
    x = x / (x.norm(dim=(1, 2), keepdim=True) + 1e-7)
    for _ in range(steps):
        a = x @ x.transpose(1, 2)
        x = 3.4445 * x + (-4.7750 * a + 2.0315 * (a @ a)) @ x
    return (x.transpose(1, 2) if tall else x).float()


class Muon(torch.optim.Optimizer):
    def __init__(self, params, lr=0.03, momentum=0.95):
        super().__init__(list(params), {"lr": lr, "momentum": momentum})

    @torch.no_grad()
    def step(self):
        for group in self.param_groups:
            shapes = {}
            for p in group["params"]:
                if p.grad is None:
                    continue
                state = self.state[p]
                if "buffer" not in state:
                    state["buffer"], state["norm"] = torch.zeros_like(p), p.norm()
                state["buffer"].lerp_(p.grad, 1 - group["momentum"])
                update = p.grad.lerp(state["buffer"], group["momentum"])
                shapes.setdefault((p.shape[0], p[0].numel()), []).append((p, update, state["norm"]))
            for shape, items in shapes.items():
                u = orthogonal(torch.stack([g.reshape(shape) for _, g, _ in items]))
                for (p, _, norm), v in zip(items, u):
                    p.sub_(v.reshape(p.shape) * (group["lr"] * norm / v.norm()))
                    p.mul_(norm / p.norm())
