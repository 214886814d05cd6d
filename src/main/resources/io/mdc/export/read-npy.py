def read(path):
    """Images, floats from 0 to 1, and labels."""
    return np.load(path / "images.npy"), np.load(path / "labels.npy")
