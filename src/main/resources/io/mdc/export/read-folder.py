CLASS_NAMES = @class_names@


def pixels(file):
    """The bytes [C, H, W] of a PNG as mdc writes them: 8 bits, grey or RGB, rows that are not filtered."""
    import zlib

    data, at, packed = file.read_bytes(), 8, b""
    while at < len(data):
        length, kind = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        body, at = data[at + 8 : at + 8 + length], at + 12 + length
        if kind == b"IHDR":
            w, h, c = int.from_bytes(body[:4], "big"), int.from_bytes(body[4:8], "big"), {0: 1, 2: 3}[body[9]]
        elif kind == b"IDAT":
            packed += body
    rows = np.frombuffer(zlib.decompress(packed), np.uint8).reshape(h, 1 + w * c)
    if rows[:, 0].any():
        raise SystemExit(f"{file}: written by another program; read it with that")
    return rows[:, 1:].reshape(h, w, c).transpose(2, 0, 1)


def read(path):
    """Images, floats from 0 to 1, and labels: the first of every class, then the second, ..."""
    files = [sorted((path / "train" / name).glob("*.png")) for name in CLASS_NAMES]
    places = [(i, label) for i in range(len(files[0])) for label in range(CLASSES)]
    images = np.stack([pixels(files[label][i]) for i, label in places]) / np.float32(255)
    return images, np.array([label for _, label in places])
