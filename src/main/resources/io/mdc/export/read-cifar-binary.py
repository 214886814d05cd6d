def read(path):
    """Images, floats from 0 to 1, and labels; a record is a label and the bytes of an image."""
    records = np.fromfile(path, np.uint8).reshape(-1, 1 + 3 * 32 * 32)
    return records[:, 1:].reshape(-1, 3, 32, 32) / np.float32(255), records[:, 0]
