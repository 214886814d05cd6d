def read(path):
    """Images, floats from 0 to 1, and labels."""
    tensors = torch.load(path, weights_only=True)
    return tensors["images"].numpy(), tensors["labels"].numpy()
