#!/usr/bin/env python3
"""Seconds of PyTorch for one matching step of a class, as mdc's: torch-class-step.py WIDTH [cuda|cpu] [REPEATS]

64 real and 40 synthetic images of 32 x 32 pixels, a ConvNet of three blocks with instance norm; the mean squared
distance of the weight gradients, and its gradient with respect to the images.
"""
import statistics
import sys
import time

import torch
from torch import nn


def block(inputs, width):
    return [
        nn.Conv2d(inputs, width, 3, padding=1),
        nn.GroupNorm(width, width),
        nn.ReLU(),
        nn.AvgPool2d(2),
    ]


def gradient(network, images, labels, create_graph):
    loss = nn.functional.cross_entropy(network(images), labels)
    return torch.autograd.grad(loss, list(network.parameters()), create_graph=create_graph)


def step(network, real, synthetic):
    def labels(images):
        return torch.zeros(len(images), dtype=torch.long, device=images.device)

    target = [g.detach() for g in gradient(network, real, labels(real), False)]
    own = gradient(network, synthetic, labels(synthetic), True)
    distance = sum(((a - b) ** 2).sum() for a, b in zip(own, target))
    return torch.autograd.grad(distance, synthetic)[0]


def main():
    width = int(sys.argv[1])
    device = sys.argv[2] if len(sys.argv) > 2 else "cuda"
    repeats = int(sys.argv[3]) if len(sys.argv) > 3 else 20
    torch.manual_seed(0)
    layers = block(3, width) + block(width, width) + block(width, width)
    network = nn.Sequential(*layers, nn.Flatten(), nn.Linear(width * 16, 10)).to(device)
    real = torch.randn(64, 3, 32, 32, device=device)
    synthetic = torch.randn(40, 3, 32, 32, device=device, requires_grad=True)

    def timed():
        start = time.perf_counter()
        step(network, real, synthetic)
        if device == "cuda":
            torch.cuda.synchronize()
        return time.perf_counter() - start

    for _ in range(3):
        timed()
    print(f"{statistics.median(timed() for _ in range(repeats)):.4f}")


main()
