#!/usr/bin/env python3
"""Seconds of PyTorch for a step of ten classes of DANCE, as `mdc bench --method dance --batch 128`: torch-dance-step.py WIDTH [THREADS] [REPEATS]

A class: 128 real images and the 40 decoded from 10 stored ones, 32 x 32, both through colour, crop and cutout of one draw; the squared distance of their
mean features under one ConvNet, its gradient and a step of the images; then a step on their cross-entropy under another.
"""
import statistics
import sys
import time

import torch
from torch import nn
from torch.nn import functional as F

CLASSES, REAL, STORED, SIDE = 10, 128, 10, 32


class ConvNet(nn.Module):
    def __init__(self, width):
        super().__init__()
        layers = []
        for inputs in (3, width, width):
            layers += [nn.Conv2d(inputs, width, 3, padding=1), nn.GroupNorm(width, width), nn.ReLU(), nn.AvgPool2d(2)]
        self.features = nn.Sequential(*layers, nn.Flatten())
        self.classifier = nn.Linear(width * (SIDE // 8) ** 2, CLASSES)


def decode(images):
    half = SIDE // 2
    tiles = [images[:, :, y : y + half, x : x + half] for y in (0, half) for x in (0, half)]
    return F.interpolate(torch.cat(tiles), size=(SIDE, SIDE), mode="bilinear", align_corners=False)


def augment(images, draw):
    """Brightness, saturation, contrast; a shift by up to an eighth; a square of half the side left out."""
    brightness, saturation, contrast, dy, dx, cy, cx = draw
    images = images + brightness
    grey = images.mean(1, keepdim=True)
    images = (images - grey) * saturation + grey
    mean = images.mean((1, 2, 3), keepdim=True)
    images = (images - mean) * contrast + mean
    pad = SIDE // 8
    images = F.pad(images, (pad, pad, pad, pad))[:, :, dy : dy + SIDE, dx : dx + SIDE]
    mask = torch.ones(SIDE, SIDE)
    mask[max(0, cy - SIDE // 4) : cy + SIDE // 4, max(0, cx - SIDE // 4) : cx + SIDE // 4] = 0
    return images * mask


def drawn():
    u = torch.rand(3).tolist()
    whole = torch.randint(0, SIDE // 4 + 1, (2,)).tolist() + torch.randint(0, SIDE, (2,)).tolist()
    return [u[0] - 0.5, u[1] * 2, u[2] + 0.5] + whole


def step(middle, final, real, stored, sgd):
    for c in range(CLASSES):
        draw = drawn()
        with torch.no_grad():
            target = middle.features(augment(real[c], draw)).mean(0)
        sgd[c].zero_grad()
        loss = ((middle.features(augment(decode(stored[c]), draw)).mean(0) - target) ** 2).sum()
        loss.backward()
        sgd[c].step()
        sgd[c].zero_grad()
        images = augment(decode(stored[c]), drawn())
        logits = final.classifier(final.features(images))
        F.cross_entropy(logits, torch.full((len(images),), c)).backward()
        sgd[c].step()


def main():
    width = int(sys.argv[1])
    torch.set_num_threads(int(sys.argv[2]) if len(sys.argv) > 2 else 2)
    repeats = int(sys.argv[3]) if len(sys.argv) > 3 else 15
    torch.manual_seed(0)
    middle, final = ConvNet(width), ConvNet(width)
    for network in (middle, final):
        for parameter in network.parameters():
            parameter.requires_grad_(False)
    real = torch.randn(CLASSES, REAL, 3, SIDE, SIDE)
    stored = [torch.randn(STORED, 3, SIDE, SIDE, requires_grad=True) for _ in range(CLASSES)]
    sgd = [torch.optim.SGD([images], lr=0.1, momentum=0.5) for images in stored]

    def timed():
        start = time.perf_counter()
        step(middle, final, real, stored, sgd)
        return time.perf_counter() - start

    for _ in range(3):
        timed()
    seconds = sorted(timed() for _ in range(repeats))
    print(f"{statistics.median(seconds):.3f} (least {seconds[0]:.3f})")


main()
