#!/usr/bin/env python3
"""Trains a ConvNet on the condensed images beside this script, and tests it on real ones.

    python3 @script@ TEST [--size N] [--epochs E] [--seed S]

TEST is a directory with CIFAR-10's test batch, Python or binary version, or with cifar-10-binary.tar.gz, or that
archive; or a .npz file, or a directory with one called test.npz, of arrays images, [n, C, H, W], integers from 0 to
255 or floats from 0 to 1, and labels, [n]. Needs torch and numpy only.

Written by mdc @version@; the constants below are the settings of the run. @network_note@
"""
import argparse
import math
import pickle
import tarfile
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F

SET = Path(__file__).resolve().parent / @set@
TEST = @test@  # where test images are unless an argument says so
CLASSES = @classes@
SHAPE = @shape@  # channels, rows and columns of an image
IPC = @ipc@  # stored images per class in the file; every prefix is a set
FACTOR = @factor@  # a stored image holds FACTOR x FACTOR training images
DECODED = @decoded@  # whether the file has training images, or else stored ones
MEAN, STD = @mean@, @std@
DEPTH, WIDTH = @depth@, @width@
EPOCHS = @epochs@  # (most training images per class, epochs)
BATCH = @batch@
RATE, MOMENTUM, DECAY = @rate@, @momentum@, @decay@  # the rate falls to a fifth at 2/3 and 5/6 of the epochs
AUGMENT = @augment@  # in this order; of several in a step, one is drawn per batch
@augment_note@
CUTMIX = @cutmix@  # probability that a batch is mixed

device = torch.device("cuda" if torch.cuda.is_available() else "cpu")


@read@


def decode(images):
    """Cuts stored images into tiles and enlarges each: [n, C, H, W] to [n * FACTOR**2, C, H, W]."""
    n, c, h, w = images.shape
    th, tw = -(-h // FACTOR), -(-w // FACTOR)
    padded = F.pad(images, [0, FACTOR * tw - w, 0, FACTOR * th - h], value=0.5)
    tiles = padded.reshape(n, c, FACTOR, th, FACTOR, tw).permute(0, 2, 4, 1, 3, 5).reshape(-1, c, th, tw)
    return F.interpolate(tiles, size=(h, w), mode="bilinear", align_corners=False)


def prefix(size):
    """The set of the first `size` images per class: training images, normalised, and labels."""
    images, labels = (torch.as_tensor(np.array(a)) for a in read(SET))
    tiles = FACTOR ** 2
    rows = size * CLASSES * (tiles if DECODED else 1)  # image 0 of every class comes first, then image 1, ...
    images, labels = images[:rows].float(), labels[:rows].long()
    if not DECODED and FACTOR > 1:
        images, labels = decode(images), labels.repeat_interleave(tiles)
    return normalised(images), labels.to(device)


def normalised(images):
    mean, std = (torch.tensor(v, device=device).view(1, -1, 1, 1) for v in (MEAN, STD))
    return (images.to(device) - mean) / std


def records(data):
    data = np.frombuffer(data, np.uint8).reshape(-1, 3073)
    return data[:, 1:].reshape(-1, 3, 32, 32), data[:, 0]


def stored(place):
    """Test images and labels of any type and shape."""
    for archive in [place, place / "cifar-10-binary.tar.gz"]:
        if archive.is_file() and archive.name.endswith((".tar.gz", ".tgz")):
            with tarfile.open(archive) as tar:
                return records(tar.extractfile("cifar-10-batches-bin/test_batch.bin").read())
    for arrays in [place, place / "test.npz"]:
        if arrays.is_file():
            with np.load(arrays) as test:
                return test["images"], test["labels"]
    for folder in [place, place / "cifar-10-batches-py", place / "cifar-10-batches-bin"]:
        if (folder / "test_batch").is_file():
            with open(folder / "test_batch", "rb") as file:
                batch = pickle.load(file, encoding="bytes")
            return np.asarray(batch[b"data"]).reshape(-1, 3, 32, 32), np.asarray(batch[b"labels"])
        if (folder / "test_batch.bin").is_file():
            return records((folder / "test_batch.bin").read_bytes())
    refuse(place, "no .npz file, and no directory with test.npz or CIFAR-10's test_batch or test_batch.bin")


def refuse(place, reason):
    raise SystemExit(f"{place}: {reason}; `mdc data save` makes a test.npz of any data set, which this script reads")


def real(place):
    """Test images [n, C, H, W], integers from 0 to 255 or floats from 0 to 1, and labels [n]."""
    try:
        images, labels = stored(Path(place))
    except Exception as error:  # whatever libraries say of a file that is none of theirs
        refuse(place, f"cannot be read as test images ({type(error).__name__}: {error})".replace("\n", " "))
    if images.shape[1:] != SHAPE or not len(images):
        refuse(place, f"images {list(images.shape)}, needed are [n, {', '.join(map(str, SHAPE))}]")
    needed = "needed are integers from 0 to 255 or floats from 0 to 1"
    if images.dtype.kind not in "buif":
        refuse(place, f"images of {images.dtype}, {needed}")
    if not (images.min() >= 0 and images.max() <= white(images)):
        refuse(place, f"images of {images.dtype} from {images.min()} to {images.max()}, {needed}")
    if labels.size != len(images):
        refuse(place, f"labels {list(labels.shape)} of {len(images)} images, needed is a number for each")
    needed = f"needed are whole numbers from 0 to {CLASSES - 1}"
    if labels.dtype.kind not in "uif":
        refuse(place, f"labels of {labels.dtype}, {needed}")
    if not np.isin(labels, np.arange(CLASSES)).all():
        refuse(place, f"labels from {labels.min()} to {labels.max()}, {needed}")
    return images, labels.reshape(-1)


def white(images):
    return 255 if images.dtype.kind in "ui" else 1


def color(x):
    n = len(x)
    u = torch.rand(3, n, 1, 1, 1, device=x.device)
    x = x + (u[0] - 0.5)
    mean = x.mean(1, keepdim=True)
    x = mean + 2 * u[1] * (x - mean)
    mean = x.mean((1, 2, 3), keepdim=True)
    return mean + (0.5 + u[2]) * (x - mean)


def crop(x):
    n, c, h, w = x.shape
    reach = int(h * 0.125 + 0.5)
    rows, columns = torch.randint(0, 2 * reach + 1, (2, n, 1), device=x.device)
    rows = (rows + torch.arange(h, device=x.device)).view(n, 1, h, 1)
    columns = (columns + torch.arange(w, device=x.device)).view(n, 1, 1, w)
    i = torch.arange(n, device=x.device).view(n, 1, 1, 1)
    channels = torch.arange(c, device=x.device).view(1, c, 1, 1)
    return F.pad(x, [reach] * 4)[i, channels, rows, columns]


def flip(x):
    return torch.where(torch.rand(len(x), 1, 1, 1, device=x.device) < 0.5, x.flip(3), x)


def linear(x, a, b, c, d):
    theta = torch.zeros(len(x), 2, 3, device=x.device)
    theta[:, 0, 0], theta[:, 0, 1], theta[:, 1, 0], theta[:, 1, 1] = a, b, c, d
    grid = F.affine_grid(theta, x.shape, align_corners=False)
    return F.grid_sample(x, grid, mode="bilinear", padding_mode="zeros", align_corners=False)


def scale(x):
    a, d = 1 / 1.2 + torch.rand(2, len(x), device=x.device) * (1.2 - 1 / 1.2)
    return linear(x, a, 0, 0, d)


def rotate(x):
    angle = math.radians(15) * (2 * torch.rand(len(x), device=x.device) - 1)
    return linear(x, angle.cos(), -angle.sin(), angle.sin(), angle.cos())


def cutout(x):
    n, size = len(x), x.shape[2]
    side = int(size * 0.5 + 0.5)
    top, left = torch.randint(0, size + 1 - side % 2, (2, n, 1), device=x.device) - side // 2
    i = torch.arange(size, device=x.device)
    rows, columns = (i >= top) & (i < top + side), (i >= left) & (i < left + side)
    return x * ~(rows.view(n, 1, size, 1) & columns.view(n, 1, 1, size))


def cutmix(x, y):
    if torch.rand(()) >= CUTMIX:
        return x, y
    size = x.shape[2]
    half = int(size * math.sqrt(1 - torch.rand(()).item())) // 2
    row, column = torch.randint(0, size, (2,)).tolist()
    top, bottom, left, right = max(0, row - half), min(size, row + half), max(0, column - half), min(size, column + half)
    other = torch.randperm(len(x), device=x.device)
    x = x.clone()
    x[:, :, top:bottom, left:right] = x[other, :, top:bottom, left:right]
    kept = 1 - (bottom - top) * (right - left) / size ** 2
    return x, kept * y + (1 - kept) * y[other]


TRANSFORMS = {"color": color, "crop": crop, "flip": flip, "scale": scale, "rotate": rotate, "cutout": cutout}


def augment(x):
    for step in AUGMENT:
        x = TRANSFORMS[step[int(torch.randint(0, len(step), ()))]](x)
    return x


def conv_net(channels, size):
    layers = []
    for _ in range(DEPTH):
        layers += [
            torch.nn.Conv2d(channels, WIDTH, 3, padding=1),
            torch.nn.GroupNorm(WIDTH, WIDTH),  # instance norm with scale and shift
            torch.nn.ReLU(),
            torch.nn.AvgPool2d(2),
        ]
        channels, size = WIDTH, size // 2
    return torch.nn.Sequential(*layers, torch.nn.Flatten(), torch.nn.Linear(channels * size * size, CLASSES)).to(device)


def train(images, labels, epochs):
    net = conv_net(images.shape[1], images.shape[2])
    optimizer = torch.optim.SGD(net.parameters(), lr=RATE, momentum=MOMENTUM, weight_decay=DECAY)
    targets = F.one_hot(labels, CLASSES).float()
    for epoch in range(epochs):
        for group in optimizer.param_groups:
            group["lr"] = RATE * 0.2 ** sum(epoch >= milestone for milestone in (2 * epochs // 3, 5 * epochs // 6))
        for batch in torch.randperm(len(images), device=device).split(BATCH):
            x, y = cutmix(augment(images[batch]), targets[batch])
            loss = -(y * F.log_softmax(net(x), 1)).sum(1).mean()
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()
        if (epoch + 1) % max(1, epochs // 10) == 0:
            print(f"epoch {epoch + 1}/{epochs}, loss {loss.item():.3f}", flush=True)
    return net


@torch.no_grad()
def accuracy(net, images, labels):
    right = 0
    for i in range(0, len(images), 500):
        x = torch.as_tensor(np.array(images[i : i + 500], np.float32)) / white(images)
        right += (net(normalised(x)).argmax(1).cpu().numpy() == labels[i : i + 500]).sum()
    return 100 * right / len(images)


def main():
    parser = argparse.ArgumentParser(description="Trains a ConvNet on condensed images and tests it on real ones.")
    parser.add_argument("test", nargs="?", default=TEST, help="CIFAR-10's directory, or a .npz with images and labels")
    parser.add_argument("--size", type=int, default=IPC, help=f"images per class, from 1 to {IPC}")
    parser.add_argument("--epochs", type=int, help="as the run was evaluated unless told otherwise")
    parser.add_argument("--seed", type=int, default=0)
    given = parser.parse_args()
    if not 1 <= given.size <= IPC:
        parser.error(f"--size {given.size}: must be from 1 to {IPC}")
    if given.test is None:
        parser.error("name the test images: CIFAR-10's directory, or a .npz file")
    torch.manual_seed(given.seed)
    test_images, test_labels = real(given.test)
    images, labels = prefix(given.size)
    epochs = given.epochs or next(e for most, e in EPOCHS if given.size * FACTOR ** 2 <= most)
    print(f"{len(images)} training images, {epochs} epochs, {len(test_images)} test images", flush=True)
    net = train(images, labels, epochs)
    print(f"accuracy {accuracy(net, test_images, test_labels):.2f} %")


if __name__ == "__main__":
    main()
