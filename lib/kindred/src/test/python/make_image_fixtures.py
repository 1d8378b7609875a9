"""Writes the image fixtures of the tests: python make_image_fixtures.py ../resources/images

Made with Pillow 12.3.0, NumPy 2.4.6 and SciPy 1.17.1. Pixel values follow one formula, so that the
tests can compute what they expect; where an encoder or a filter loses information, the decoded or
filtered bytes are written beside, as Pillow gives them.
"""

import gzip
import io
import struct
import sys
import tarfile
import zipfile
from pathlib import Path

import numpy as np
import scipy.io
from PIL import Image, ImageFilter

OUT = Path(sys.argv[1])
OUT.mkdir(parents=True, exist_ok=True)


def value(i, y, x, c):
    """Value of channel c at row y, column x of image i."""
    return (i * 31 + y * 7 + x * 3 + c * 11) % 251


def images(n, height, width, channels):
    i, y, x, c = np.indices((n, height, width, channels))
    return value(i, y, x, c).astype(np.uint8)


def raw(name, image):
    (OUT / name).write_bytes(image.tobytes())


def pictures():
    rgb = images(1, 12, 9, 3)[0]
    grey = rgb[..., 0]
    colour = Image.fromarray(rgb)
    colour.save(OUT / "rgb.png")
    Image.fromarray(grey).save(OUT / "grey.png")
    Image.fromarray(np.dstack([rgb, 255 - grey])).save(OUT / "rgba.png")
    Image.fromarray(np.dstack([grey, 255 - grey]), mode="LA").save(OUT / "grey-alpha.png")
    Image.fromarray(grey.astype(np.uint16) * 257).save(OUT / "grey16.png")
    Image.fromarray((grey > 60)).save(OUT / "bit.png")
    palette = colour.quantize(16)
    palette.save(OUT / "palette.png")
    raw("palette.raw", palette.convert("RGB"))
    colour.save(OUT / "rgb.ppm")
    Image.fromarray(grey).save(OUT / "grey.pgm")

    noise = np.random.default_rng(7).integers(0, 256, (48, 40, 3), dtype=np.uint8)
    smooth = Image.fromarray(noise).filter(ImageFilter.GaussianBlur(3))
    for name, options in {
        "rgb.jpg": {"quality": 90},
        "rgb-444.jpg": {"quality": 95, "subsampling": 0},
        "progressive.jpg": {"quality": 85, "progressive": True},
    }.items():
        smooth.save(OUT / name, **options)
        raw(name.replace(".jpg", ".jpg.raw"), Image.open(OUT / name).convert("RGB"))
    smooth.convert("L").save(OUT / "grey.jpg", quality=90)
    raw("grey.jpg.raw", Image.open(OUT / "grey.jpg"))
    smooth.convert("CMYK").save(OUT / "cmyk.jpg", quality=90)
    raw("rgb-as-grey.raw", colour.convert("L"))


def resized():
    noise = np.random.default_rng(11).integers(0, 256, (53, 37, 3), dtype=np.uint8)
    source = Image.fromarray(noise)
    source.save(OUT / "noise.png")

    def frame(resize, crop, filter_):
        # torchvision's Resize (shorter side, longer side rounded down) and CenterCrop
        width, height = source.size
        short, long_ = sorted((width, height))
        other = int(resize * long_ / short)
        size = (resize, other) if width <= height else (other, resize)
        image = source.resize(size, filter_)
        left = int(round((image.width - crop) / 2.0))
        top = int(round((image.height - crop) / 2.0))
        return image.crop((left, top, left + crop, top + crop))

    raw("noise-16-13-bilinear.raw", frame(16, 13, Image.Resampling.BILINEAR))
    raw("noise-50-41-bilinear.raw", frame(50, 41, Image.Resampling.BILINEAR))
    raw("noise-16-13-bicubic.raw", frame(16, 13, Image.Resampling.BICUBIC))


def records():
    rgb = images(5, 4, 3, 3)
    labels = np.array([3, 1, 4, 1, 0], dtype=np.uint8)
    planes = rgb.transpose(0, 3, 1, 2)
    with open(OUT / "cifar10.bin", "wb") as file:
        for label, image in zip(labels, planes):
            file.write(bytes([label]) + image.tobytes())
    with open(OUT / "cifar100.bin", "wb") as file:
        for label, image in zip(labels, planes):
            file.write(bytes([9, label]) + image.tobytes())

    grey = images(5, 4, 3, 1)[..., 0]
    idx_images = struct.pack(">BBBBIII", 0, 0, 8, 3, 5, 4, 3) + grey.tobytes()
    idx_labels = struct.pack(">BBBBI", 0, 0, 8, 1, 5) + labels.tobytes()
    (OUT / "images.idx").write_bytes(idx_images)
    (OUT / "labels.idx").write_bytes(idx_labels)
    (OUT / "images.idx.gz").write_bytes(gzip.compress(idx_images, mtime=0))
    (OUT / "labels.idx.gz").write_bytes(gzip.compress(idx_labels, mtime=0))

    # channel, column, row: the order of STL-10
    (OUT / "stl10_X.bin").write_bytes(np.ascontiguousarray(rgb.transpose(0, 3, 2, 1)).tobytes())
    (OUT / "stl10_y.bin").write_bytes((labels + 1).tobytes())

    digits = np.array([10, 1, 4, 9, 2], dtype=np.uint8)[:, None]
    svhn = {"X": rgb.transpose(1, 2, 3, 0), "y": digits}
    scipy.io.savemat(OUT / "svhn.mat", svhn, do_compression=True)
    scipy.io.savemat(OUT / "svhn-plain.mat", svhn, do_compression=False)

    np.savez(OUT / "plain.npz", images=rgb, labels=labels.astype(np.int64)[:, None])
    np.savez_compressed(OUT / "packed.npz", images=grey, labels=labels)


def png(i):
    buffer = io.BytesIO()
    Image.fromarray(images(i + 1, 6, 5, 3)[i]).save(buffer, "png")
    return buffer.getvalue()


def folders():
    files = {f"set/{kind}/{number}.png": png(i) for i, (kind, number) in enumerate(
        [("ant", 1), ("ant", 2), ("bee", 1), ("cat", 1)])}
    files["set/notes.txt"] = b"not an image\n"
    files["__MACOSX/set/._1.png"] = b"litter"
    files["set/bee/.hidden.png"] = b"litter"
    with zipfile.ZipFile(OUT / "folder.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in reversed(files.items()):
            archive.writestr(zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0)), content)

    def tar(name, mode, format_):
        with tarfile.open(OUT / name, mode, format=format_) as archive:
            for path, content in reversed(files.items()):
                info = tarfile.TarInfo("./" + path)
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))

    tar("folder-gnu.tar", "w", tarfile.GNU_FORMAT)
    tar("folder-pax.tar", "w", tarfile.PAX_FORMAT)
    (OUT / "folder.tar.gz").write_bytes(
        gzip.compress((OUT / "folder-gnu.tar").read_bytes(), mtime=0))


def flowers():
    # as in Flowers-102: labels from 1, numbers of images from 1, both as 1 × n
    scipy.io.savemat(OUT / "imagelabels.mat",
                     {"labels": np.array([[2, 1, 3, 1]], dtype=np.uint8)}, do_compression=True)
    scipy.io.savemat(OUT / "setid.mat",
                     {"trnid": np.array([[4, 1]], dtype=np.uint16),
                      "valid": np.array([[3]], dtype=np.uint16),
                      "tstid": np.array([[2]], dtype=np.uint16)}, do_compression=True)


pictures()
resized()
records()
folders()
flowers()
