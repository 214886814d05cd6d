"""Writes the files beside it; made with PyTorch 1.13."""
import os
import pickle
from collections import OrderedDict
from pathlib import Path

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
