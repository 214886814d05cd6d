def read(path):
    """Images, floats from 0 to 1, and labels."""
    with np.load(path) as arrays:
        return arrays["images"], arrays["labels"]
