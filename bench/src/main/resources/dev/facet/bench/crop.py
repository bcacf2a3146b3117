"""What CropBench holds Facet against: decode, cut, resize, encode with Pillow. Prints the seconds.

usage: crop.py PROCESSES LIST_OF_FILES
"""
import io
import multiprocessing
import sys
import time

from PIL import Image


def crop(path):
    with open(path, "rb") as file:
        picture = Image.open(io.BytesIO(file.read())).convert("RGB")
    width, height = picture.size
    x1, y1, x2, y2 = width // 3, height // 4, 2 * width // 3, 3 * height // 4
    side = 1.5 * max(x2 - x1, y2 - y1)
    x, y = (x1 + x2) / 2, (y1 + y2) / 2
    left, top = max(0, round(x - side / 2)), max(0, round(y - side / 2))
    right, bottom = min(width, round(x + side / 2)), min(height, round(y + side / 2))
    scale = min(1, 256 / min(right - left, bottom - top))
    size = (round(scale * (right - left)), round(scale * (bottom - top)))
    face = picture.crop((left, top, right, bottom)).resize(size, Image.BICUBIC)
    out = io.BytesIO()
    face.save(out, "JPEG", quality=90)
    return len(out.getvalue())


if __name__ == "__main__":
    paths = open(sys.argv[2]).read().split("\n")
    processes = int(sys.argv[1])
    if processes == 1:
        crop(paths[0])
        start = time.perf_counter()
        total = sum(map(crop, paths))
    else:
        with multiprocessing.Pool(processes) as pool:
            pool.map(crop, paths[: 4 * processes])
            start = time.perf_counter()
            total = sum(pool.imap_unordered(crop, paths, 16))
    print(time.perf_counter() - start, total)
