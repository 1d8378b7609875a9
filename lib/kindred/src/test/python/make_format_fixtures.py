"""Writes the small files of every format that the readers are tested with, and expected.json.

    python make_format_fixtures.py ../resources/formats

Made with the versions that expected.json names. Every file is written by the field's own library (NumPy, SciPy,
h5py, PyTorch); the expected values come from the arrays in memory, never from reading a file back.
"""

import io
import json
import pathlib
import platform
import sys
import zipfile

import h5py
import numpy as np
import scipy
import scipy.io
import torch

out = pathlib.Path(sys.argv[1])
out.mkdir(parents=True, exist_ok=True)
cases = []

N, P = 6, 5
INTEGERS = np.arange(N * P).reshape(N, P)
EIGHTHS = (INTEGERS - 11) / 8.0
THIRDS = (INTEGERS - 11) / 3.0
IDS = ["bild-%d" % i for i in range(N - 1)] + ["ägäis"]


def values(array):
    flat = np.asarray(array, dtype=np.float64).ravel(order="C")
    return [float(v) if np.isfinite(v) else repr(float(v)) for v in flat]


def expect(file, array, precision, entry=None, **more):
    """The file must read as `array`, flattened to one row per stimulus."""
    array = np.asarray(array, dtype=np.float64)
    rows = array.reshape(array.shape[0], -1)
    case = {"file": file, "stimuli": rows.shape[0], "units": rows.shape[1], "precision": precision, "values": values(rows)}
    if entry is not None:
        case["entry"] = entry
    case.update(more)
    cases.append(case)


def refuse(file, message, entry=None):
    """Reading must fail with one line that contains `message`."""
    case = {"file": file, "error": message}
    if entry is not None:
        case["entry"] = entry
    cases.append(case)


def short(dtype):
    return "float32" if np.dtype(dtype) in map(np.dtype, ("?", "i1", "u1", "i2", "u2", "f2", "f4")) else "float64"


# --- .npy ---------------------------------------------------------------------------------------------------------
for code in ["?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8"]:
    for order in ["<"] if code in ("?", "i1", "u1") else ["<", ">"]:
        base = INTEGERS % 2 == 0 if code == "?" else INTEGERS - (11 if code[0] == "i" else 0) if code[0] in "iu" else EIGHTHS
        for layout in "CF":
            array = np.array(base, dtype=order + code, order=layout)
            name = "%s-%s-%s.npy" % ({"<": "little", ">": "big"}[order], code.replace("?", "bool"), layout)
            np.save(out / name, array)
            expect(name, array, short(code))

for version in [(1, 0), (2, 0), (3, 0)]:
    name = "version-%d.npy" % version[0]
    with open(out / name, "wb") as f:
        np.lib.format.write_array(f, THIRDS, version=version)
    expect(name, THIRDS, "float64")

special = np.array([[np.nan, np.inf, -np.inf, -0.0, 5e-324], [1e308, -1e308, 1.0, 2.0, 3.0]])
np.save(out / "special.npy", special)
expect("special.npy", special, "float64")
half = np.array([[np.nan, np.inf, -np.inf, 6e-8, 65504, -6.1e-5]], dtype="f2")
np.save(out / "special-half.npy", half)
expect("special-half.npy", half, "float32")
np.save(out / "vector.npy", THIRDS[:, 0])
expect("vector.npy", THIRDS[:, :1], "float64")
FOUR = (np.arange(2 * 3 * 4 * 5).reshape(2, 3, 4, 5) / 7.0).astype("f4")
np.save(out / "nchw.npy", FOUR)
expect("nchw.npy", FOUR, "float32")
expect("nchw.npy", FOUR.astype("f8").mean(axis=(2, 3)).astype("f4"), "float32", positions="mean")
expect("nchw.npy", FOUR[:, :, 2, 2], "float32", positions="centre")
expect("nchw.npy", FOUR[:, 1, 2, :], "float32", positions="centre", channels="last")
expect("nchw.npy", FOUR[:, 1, 3, :], "float32", positions="at 1,3", channels="last")
np.save(out / "nchw-fortran.npy", np.asfortranarray(FOUR))
expect("nchw-fortran.npy", FOUR, "float32")
np.save(out / "tokens.npy", FOUR[:, 0])
expect("tokens.npy", FOUR[:, 0, 0, :], "float32", positions="at 0", channels="last")
refuse_pooled = {"file": "tokens.npy", "positions": "mean", "error": "say which axis has the channels"}
cases.append(refuse_pooled)
unit = EIGHTHS.copy()
unit[2] = 0
np.save(out / "zero-row.npy", unit)
norms = np.linalg.norm(unit, axis=1, keepdims=True)
expect("zero-row.npy", unit / np.where(norms == 0, 1, norms), "float64", rows="unit", tolerance=1e-15)

np.save(out / "scalar.npy", np.float64(3))
refuse("scalar.npy", "found a single number without axes")
np.save(out / "empty-rows.npy", np.zeros((0, 5)))
refuse("empty-rows.npy", "found the empty shape [0, 5]")
np.save(out / "empty-columns.npy", np.zeros((5, 0), dtype="f4"))
refuse("empty-columns.npy", "found the empty shape [5, 0]")
np.save(out / "complex.npy", EIGHTHS.astype("c16"))
refuse("complex.npy", "found complex numbers ('<c16')".replace("'", ""))
np.save(out / "extended.npy", EIGHTHS.astype("longdouble"))
refuse("extended.npy", "save float64 instead")
np.save(out / "objects.npy", np.array([[1, "a"]], dtype=object), allow_pickle=True)
refuse("objects.npy", "pickled Python objects, which are never loaded")
np.save(out / "structured.npy", np.zeros(4, dtype=[("a", "f4"), ("b", "i4")]))
refuse("structured.npy", "a structured array")
np.save(out / "texts.npy", np.array(IDS))
refuse("texts.npy", "found texts")
np.save(out / "dates.npy", np.array(["2026-01-01"], dtype="M8[D]"))
refuse("dates.npy", "dates or times")
large = np.array([[2**53, 2**53 + 2], [-(2**53), 2**62]])
np.save(out / "large-exact.npy", large)
expect("large-exact.npy", large, "float64")
np.save(out / "large-inexact.npy", np.array([[1, 2**53 + 1]]))
refuse("large-inexact.npy", "9007199254740993 is beyond 2^53")
np.save(out / "large-unsigned.npy", np.array([[2**64 - 2048, 2**63]], dtype="u8"))
expect("large-unsigned.npy", np.array([[2**64 - 2048, 2**63]], dtype="u8"), "float64")
whole = (out / "version-1.npy").read_bytes()
(out / "truncated.npy").write_bytes(whole[:-1])
refuse("truncated.npy", "needs 240 bytes of data, found 239")
(out / "truncated-header.npy").write_bytes(whole[:40])
refuse("truncated-header.npy", "cut off")
(out / "longer.npy").write_bytes(whole + b"\0" * 8)
refuse("longer.npy", "needs 240 bytes of data, found 248")
(out / "nothing.npy").write_bytes(b"")
refuse("nothing.npy", "the file is empty")

# --- .npz ---------------------------------------------------------------------------------------------------------
np.savez(out / "stored.npz", EIGHTHS)
expect("stored.npz", EIGHTHS, "float64")
np.savez_compressed(out / "compressed.npz", features=THIRDS.astype("f4"), labels=np.arange(N), stimulus_ids=np.array(IDS))
expect("compressed.npz", THIRDS.astype("f4"), "float32", ids=IDS)
expect("compressed.npz", np.arange(N).reshape(N, 1), "float64", entry="labels", ids=IDS)
refuse("compressed.npz", "found texts", entry="stimulus_ids")
refuse("compressed.npz", "has no entry named nothing", entry="nothing")
np.savez(out / "several.npz", a=EIGHTHS, b=THIRDS, bytes=np.array([b"x", b"yz"]))
refuse("several.npz", "holds 2 arrays, choose one: a: float64 (6, 5); b: float64 (6, 5)")
expect("several.npz", THIRDS, "float64", entry="b")
content = io.BytesIO()
np.save(content, np.asfortranarray(THIRDS))
with zipfile.ZipFile(out / "zip64.npz", "w", zipfile.ZIP_DEFLATED) as archive:
    with archive.open("x.npy", "w", force_zip64=True) as entry:
        entry.write(content.getvalue())
expect("zip64.npz", THIRDS, "float64")
with zipfile.ZipFile(out / "no-arrays.npz", "w") as archive:
    archive.writestr("readme.txt", "nothing here")
refuse("no-arrays.npz", "without arrays")
damaged = bytearray((out / "stored.npz").read_bytes())
damaged[200] ^= 1
(out / "damaged.npz").write_bytes(bytes(damaged))
refuse("damaged.npz", "CRC-32")

versions = {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__, "h5py": h5py.__version__, "torch": torch.__version__}
with open(out / "expected.json", "w", encoding="utf-8") as f:
    f.write('{"versions": %s, "cases": [\n' % json.dumps(versions))
    f.write(",\n".join(json.dumps(case, ensure_ascii=False) for case in cases))
    f.write("\n]}\n")
total = sum(f.stat().st_size for f in out.iterdir())
print(len(cases), "cases,", total, "bytes")
