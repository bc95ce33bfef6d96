"""Decoding, non-maximum suppression and scoring of detections, shared by training, export check and evaluation."""
import numpy as np
import torch

from detections import iou, suppress, tally
from detector_net import STRIDES, decode, flatten, grid


def collect(flat, cells, least=.3):
    """One picture's [cells,16] with class and objectness in 0..1 -> float32 [n,15]: corners, landmarks, score."""
    score = np.sqrt(np.clip(flat[:, 0] * flat[:, 1], 0, 1))
    pick = score >= least
    if not pick.any():
        return np.zeros((0, 15), np.float32)
    boxes, points = decode(torch.from_numpy(flat[pick].astype(np.float32)), torch.from_numpy(cells[pick]))
    boxes, points, score = boxes.numpy(), points.numpy().reshape(-1, 10), score[pick]
    keep = suppress(boxes, score)
    return np.concatenate([boxes[keep], points[keep], score[keep, None]], 1)


def pad(image):
    """Grey below and to the right, up to a multiple of 32."""
    h, w = image.shape[:2]
    return np.pad(image, ((0, -h % 32), (0, -w % 32), (0, 0)), constant_values=0)


@torch.no_grad()
def detect(net, image, least=.3):
    """Faces of one BGR picture with the torch network, as `collect` gives them."""
    image = pad(image)
    x = torch.from_numpy(image).permute(2, 0, 1)[None].float()
    flat = flatten(net(x))[0]
    flat[:, :2] = flat[:, :2].sigmoid()
    return collect(flat.numpy(), grid(*image.shape[:2]).numpy(), least)
