"""Writes the files beside it; made with PyTorch 1.13."""
import os
import pickle
from collections import OrderedDict
from pathlib import Path

import numpy as np
import torch

here = Path(__file__).parent
images = torch.arange(48, dtype=torch.float32).reshape(4, 3, 2, 2) / 64
images[0, 0, 0, 0], images[0, 0, 0, 1] = 0.1, 1e-42
labels = torch.tensor([1, 0, 0, 1])
torch.save([images, labels], here / "list.pt")
torch.save([images, labels], here / "legacy.pt", _use_new_zipfile_serialization=False)
strided = images.permute(0, 2, 3, 1).contiguous().permute(0, 3, 1, 2)
assert not strided.is_contiguous()
torch.save({"data": torch.nn.Parameter(strided), "targets": labels.int(), "epoch": 3, "note": ("a", None)}, here / "strided.pt")
torch.save(OrderedDict(images=torch.cat([images, images])[2:6], labels=labels.to(torch.uint8)), here / "view.pt")


class Evil:
    def __reduce__(self):
        return os.system, ("echo evil",)


torch.save([images, Evil()], here / "evil.pt")
torch.save([images, Evil()], here / "evil-legacy.pt", _use_new_zipfile_serialization=False)
torch.save([images.half(), labels], here / "half.pt")

# As the programs of DC, DSA and DM do: a list of experiments, and accuracies that are NumPy's.
accuracies = {"ConvNet": [np.float64(0.5), np.float32(0.25)], "MLP": []}
content = {"data": [[images, labels], [1 - images, labels]], "accs_all_exps": accuracies}
torch.save(content, here / "experiments.pt")
torch.save(content, here / "experiments-legacy.pt", _use_new_zipfile_serialization=False)
# As MTT does: a tensor a file.
torch.save((images - 0.1).requires_grad_(), here / "images_best.pt")
torch.save(labels, here / "labels_best.pt")
# Lists that are in themselves, and one of tensors again and again.
loop = [images]
loop.append(loop)
torch.save(loop, here / "loop.pt")
many = images
for _ in range(40):
    many = [many, many]
torch.save(many, here / "many.pt")
deep = images
for _ in range(300):
    deep = [deep]
torch.save(deep, here / "deep.pt")
