"""Reads RUN/synthetic.npz as docs/run-directory.md says, and all exports of it, by the libraries they are for."""
import sys
from pathlib import Path

import numpy as np
import torch
from PIL import Image

run, exports, size = Path(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3])


def bilinear(n, size):
    x = np.clip((np.arange(size) + 0.5) * n / size - 0.5, 0, n - 1)
    i, rows, m = x.astype(int), np.arange(size), np.zeros((size, n), np.float32)
    m[rows, i] += 1 - (x - i)
    m[rows, np.minimum(i + 1, n - 1)] += x - i
    return m


def decode(images, f):
    n, c, h, w = images.shape
    tiles = images.reshape(n, c, f, h // f, f, w // f).transpose(0, 2, 4, 1, 3, 5).reshape(-1, c, h // f, w // f)
    return bilinear(h // f, h) @ tiles @ bilinear(w // f, w).T


with np.load(run / "synthetic.npz") as z:
    stored, classes, f = z["images"], int(z["labels"].max()) + 1, int(z["factor"])
stored = stored.reshape(classes, -1, *stored.shape[1:])[:, :size].swapaxes(0, 1)
images = decode(stored.reshape(-1, *stored.shape[2:]), f)
labels = np.tile(np.repeat(np.arange(classes), f * f), size)

with np.load(exports / "set.npz") as z:
    assert z["images"].dtype == np.float32 and z["labels"].dtype == np.int64
    np.testing.assert_allclose(z["images"], images, atol=1e-6)
    np.testing.assert_array_equal(z["labels"], labels)
    exact, names = z["images"], list(z["classes"])
assert len(names) == classes and all(isinstance(str(name), str) and name for name in names)

tensors = torch.load(exports / "set.pt", weights_only=True)
assert sorted(tensors) == ["images", "labels"]
assert isinstance(tensors["images"], torch.FloatTensor) and isinstance(tensors["labels"], torch.LongTensor)
assert tensors["images"].is_contiguous()
np.testing.assert_array_equal(tensors["images"].numpy(), exact)
np.testing.assert_array_equal(tensors["labels"].numpy(), labels)

np.testing.assert_array_equal(np.load(exports / "set.npy" / "images.npy"), exact)
np.testing.assert_array_equal(np.load(exports / "set.npy" / "labels.npy"), labels)

rounded = np.floor(exact * np.float32(255) + np.float32(0.5)).astype(np.uint8)
records = np.fromfile(exports / "set.cifar-binary", np.uint8).reshape(-1, 3073)
np.testing.assert_array_equal(records[:, 0], labels)
np.testing.assert_array_equal(records[:, 1:].reshape(rounded.shape), rounded)

assert sorted(p.name for p in (exports / "set.folder" / "train").iterdir()) == sorted(names)
for label, name in enumerate(names):
    files = sorted((exports / "set.folder" / "train" / name).iterdir())
    assert files[0].name == "00000.png" and len(files) == size * f * f
    pictures = np.stack([np.asarray(Image.open(file)) for file in files]).transpose(0, 3, 1, 2)
    np.testing.assert_array_equal(pictures, rounded[labels == label])

np.savez(exports / "test.npz", images=rounded, labels=labels)
print("all read")
