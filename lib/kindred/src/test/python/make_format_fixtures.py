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
    return "float32" if np.dtype(dtype).newbyteorder("=") in map(np.dtype, ("?", "i1", "u1", "i2", "u2", "f2", "f4")) else "float64"


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

# --- .pt ----------------------------------------------------------------------------------------------------------
TORCH_TYPES = [torch.bool, torch.uint8, torch.int8, torch.int16, torch.int32, torch.int64, torch.float16, torch.bfloat16, torch.float32, torch.float64]
TORCH_UNSIGNED = [torch.uint16, torch.uint32, torch.uint64]


def torch_short(dtype):
    return "float64" if dtype in (torch.int32, torch.int64, torch.uint32, torch.uint64, torch.float64) else "float32"


for dtype in TORCH_TYPES + TORCH_UNSIGNED:
    code = str(dtype).removeprefix("torch.")
    base = torch.from_numpy(EIGHTHS if dtype.is_floating_point else INTEGERS)
    tensor = base.to(dtype)
    values_written = tensor.to(torch.float64).numpy()
    torch.save(tensor, out / ("zip-%s.pt" % code))
    expect("zip-%s.pt" % code, values_written, torch_short(dtype))
    if dtype in TORCH_TYPES:
        torch.save(tensor, out / ("legacy-%s.pt" % code), _use_new_zipfile_serialization=False)
        expect("legacy-%s.pt" % code, values_written, torch_short(dtype))

eighths = torch.from_numpy(EIGHTHS)
thirds = torch.from_numpy(THIRDS)
wide = torch.arange(200, dtype=torch.float32).reshape(10, 20)
views = {
    "transposed": wide.t(),
    "offset": wide[3:, 5:],
    "stepped": wide[::3, 1::4],
    "expanded": wide[:, :1].expand(10, 7),
    "one": wide[4],
}
for legacy in (False, True):
    name = "views-legacy.pt" if legacy else "views.pt"
    torch.save(views, out / name, _use_new_zipfile_serialization=not legacy)
    for key, view in views.items():
        rows = view.numpy().reshape(view.shape[0], -1)
        expect(name, rows, "float32", entry=key)
torch.save({"features": thirds, "labels": torch.arange(N), "stimulus_ids": IDS, "note": "made by hand", "nothing": None}, out / "dict.pt")
expect("dict.pt", THIRDS, "float64", ids=IDS)
refuse("dict.pt", "expected an array of numbers, found a text", entry="note")
torch.save([eighths, {"deep": [thirds, 3]}], out / "list.pt")
expect("list.pt", THIRDS, "float64", entry="1/deep/0")
refuse("list.pt", "holds 2 arrays, choose one: 0: float64 (6, 5); 1/deep/0: float64 (6, 5)")
torch.manual_seed(0)
net = torch.nn.Sequential(torch.nn.Linear(4, 3), torch.nn.BatchNorm1d(3))
torch.save(net.state_dict(), out / "state.pt")
expect("state.pt", net[0].weight.detach().numpy(), "float32", entry="0.weight")
expect("state.pt", net[0].weight.detach().numpy(), "float32")
torch.save(torch.nn.Parameter(thirds), out / "parameter.pt")
expect("parameter.pt", THIRDS, "float64")
torch.save({"a": np.asfortranarray(THIRDS), "b": np.arange(3, dtype=">i2")}, out / "numpy.pt")
expect("numpy.pt", THIRDS, "float64", entry="a")
expect("numpy.pt", np.arange(3).reshape(3, 1), "float32", entry="b")
torch.save({"a": thirds, "b": thirds.to_sparse(), "c": torch.complex(thirds, thirds)}, out / "odd.pt")
expect("odd.pt", THIRDS, "float64")
refuse("odd.pt", "found an object made by torch._utils._rebuild_sparse_tensor, never loaded", entry="b")
refuse("odd.pt", "expected an array of numbers", entry="c")
torch.serialization.set_crc32_options(False)
torch.save(thirds, out / "no-crc.pt")
torch.serialization.set_crc32_options(True)
expect("no-crc.pt", THIRDS, "float64")


class Harmful:
    def __reduce__(self):
        return (print, ("this text must never be printed",))


torch.save({"x": thirds, "harm": Harmful()}, out / "harmful.pt")
expect("harmful.pt", THIRDS, "float64")
refuse("harmful.pt", "print, never loaded", entry="harm")
torch.jit.save(torch.jit.trace(torch.nn.Linear(2, 2), torch.zeros(1, 2)), out / "network.pt")
refuse("network.pt", "found a TorchScript module")
whole = (out / "legacy-float64.pt").read_bytes()
(out / "truncated-legacy.pt").write_bytes(whole[:-8])
refuse("truncated-legacy.pt", "does not fit")
whole = (out / "zip-float64.pt").read_bytes()
(out / "truncated-zip.pt").write_bytes(whole[: len(whole) // 2])
refuse("truncated-zip.pt", "damaged zip archive")

# --- .h5 ----------------------------------------------------------------------------------------------------------
with h5py.File(out / "types.h5", "w") as f:
    for code in ["?", "i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f2", "f4", "f8", ">i2", ">i8", ">f4", ">f8"]:
        base = INTEGERS % 2 == 0 if code == "?" else EIGHTHS if "f" in code else INTEGERS
        f.create_dataset("type" + code.replace(">", "-big-").replace("?", "bool"), data=np.array(base, dtype=code))
        expect("types.h5", np.array(base, dtype=code), short(code), entry="type" + code.replace(">", "-big-").replace("?", "bool"))
big = np.arange(23 * 17, dtype="f4").reshape(23, 17) / 3
with h5py.File(out / "layouts.h5", "w") as f:
    group = f.create_group("model/layer")
    group.create_dataset("chunked", data=big, chunks=(5, 4))
    group.create_dataset("deflated", data=big, chunks=(7, 17), compression="gzip", shuffle=True, fletcher32=True)
    group.create_dataset("lzf", data=big, chunks=(23, 5), compression="lzf")
    partly = group.create_dataset("partly", shape=(9, 4), dtype="f8", chunks=(3, 2), fillvalue=1.5)
    partly[4:6, 1:3] = 7
    group["names"] = IDS
    f["soft"] = h5py.SoftLink("/model/layer/chunked")
    f["loop"] = h5py.SoftLink("/")
for name in ["chunked", "deflated", "lzf"]:
    expect("layouts.h5", big, "float32", entry="model/layer/" + name)
filled = np.full((9, 4), 1.5)
filled[4:6, 1:3] = 7
refuse("layouts.h5", "1.5 stands for chunks that were never written", entry="model/layer/partly")
refuse("layouts.h5", "choose one")
for bound in ["v108", "v110", "v114"]:
    name = "format-%s.h5" % bound
    with h5py.File(out / name, "w", libver=(bound, bound)) as f:
        f.create_dataset("features", data=THIRDS, chunks=(2, 2), maxshape=(None, 5), compression="gzip")
        f.create_dataset("stimulus_ids", data=IDS)
        f.create_dataset("labels", data=np.arange(N))
    expect(name, THIRDS, "float64", ids=IDS)
with h5py.File(out / "format-v200.h5", "w", libver="latest") as f:
    f.create_dataset("features", data=THIRDS, chunks=(2, 2), maxshape=(None, 5), compression="gzip")
refuse("format-v200.h5", "Unsupported data layout message version")
with h5py.File(out / "features.hdf5", "w") as f:
    f.create_dataset("features", data=FOUR)
expect("features.hdf5", FOUR, "float32")
expect("features.hdf5", FOUR.astype("f8").mean(axis=(2, 3)).astype("f4"), "float32", positions="mean")
with h5py.File(out / "odd.h5", "w") as f:
    f.create_dataset("empty", shape=(0, 3), dtype="f4")
    f.create_dataset("compound", data=np.zeros(3, dtype=[("a", "f4"), ("b", "i4")]))
    f.create_dataset("unwritten", shape=(4, 3), dtype="f4")
refuse("odd.h5", "found the empty shape [0, 3]", entry="empty")
refuse("odd.h5", "expected an array of numbers", entry="compound")
refuse("odd.h5", "cut off or never written", entry="unwritten")
whole = (out / "features.hdf5").read_bytes()
(out / "truncated.hdf5").write_bytes(whole[:-100])
refuse("truncated.hdf5", "")

# --- .mat ---------------------------------------------------------------------------------------------------------
everything = {code: np.array(EIGHTHS if code[0] == "f" else INTEGERS, dtype=code) for code in ["i1", "u1", "i2", "u2", "i4", "u4", "i8", "u8", "f4", "f8"]}
named = {("x" + code): array for code, array in everything.items()}
named["flags"] = INTEGERS % 2 == 0
named["names"] = np.array(IDS)
named["three"] = np.arange(24.0).reshape(2, 3, 4)
named["complex"] = THIRDS + 1j
for compressed in (False, True):
    name = "compressed.mat" if compressed else "plain.mat"
    scipy.io.savemat(out / name, named, do_compression=compressed)
    for code, array in everything.items():
        expect(name, array, short(code), entry="x" + code)
    expect(name, INTEGERS % 2 == 0, "float32", entry="flags")
    expect(name, named["three"], "float64", entry="three")
    refuse(name, "complex", entry="complex")
scipy.io.savemat(out / "features.mat", {"features": THIRDS.astype("f4"), "stimulus_ids": np.array(IDS, dtype=object)})
expect("features.mat", THIRDS.astype("f4"), "float32", ids=IDS)
scipy.io.savemat(out / "one-compressed.mat", {"x": THIRDS}, do_compression=True)
expect("one-compressed.mat", THIRDS, "float64")
whole = (out / "plain.mat").read_bytes()
(out / "truncated.mat").write_bytes(whole[: len(whole) // 2 - 20])
refuse("truncated.mat", "damaged MATLAB file")


def write_v73(path, variables):
    """The layout of MATLAB's v7.3 files: a text block of 512 bytes, axes reversed, the class as an attribute."""
    with h5py.File(path, "w", userblock_size=512) as f:
        for name, (array, matlab_class) in variables.items():
            dataset = f.create_dataset(name, data=np.ascontiguousarray(array.T), chunks=tuple(max(1, n // 2) for n in array.T.shape), compression="gzip")
            dataset.attrs["MATLAB_class"] = np.bytes_(matlab_class)
    with open(path, "r+b") as f:
        text = b"MATLAB 7.3 MAT-file, Platform: GLNXA64, Created on: Fri Nov 20 00:00:00 2026 HDF5 schema 1.00 ."
        f.write(text.ljust(116) + b"\0" * 8 + b"\x00\x02IM")


write_v73(out / "v73.mat", {"x": (THIRDS, "double"), "y": (np.arange(24, dtype="f4").reshape(2, 3, 4), "single"), "text": (np.array([[72, 105]], dtype="u2"), "char")})
expect("v73.mat", THIRDS, "float64", entry="x")
expect("v73.mat", np.arange(24).reshape(2, 3, 4), "float32", entry="y")
refuse("v73.mat", "MATLAB char", entry="text")

# --- several arrays as one ----------------------------------------------------------------------------------------
torch.save([eighths[:4], eighths[4:]], out / "batches.pt")
expect("batches.pt", EIGHTHS, "float64", entry="*")
with h5py.File(out / "splits.h5", "w") as f:
    for i in range(3):
        f.create_dataset("features_%02d" % (i + 1), data=THIRDS[2 * i : 2 * i + 2])
expect("splits.h5", THIRDS, "float64", entry="*")
scipy.io.savemat(out / "rows.mat", {"image_%d" % i: row for i, row in enumerate(THIRDS)})
expect("rows.mat", THIRDS, "float64", entry="*", ids=["image_%d" % i for i in range(N)])
refuse("compressed.npz", "arrays to stack must agree but for their first axis", entry="*")
np.savez(out / "vectors.npz", **{"s%d" % i: row.astype("f4") for i, row in enumerate(THIRDS)})
expect("vectors.npz", THIRDS.astype("f4"), "float32", entry="*", ids=["s%d" % i for i in range(N)])

# --- text ---------------------------------------------------------------------------------------------------------


def text(name, content, encoding="utf-8"):
    (out / name).write_bytes(content.encode(encoding))


np.savetxt(out / "savetxt.txt", THIRDS)
expect("savetxt.txt", THIRDS, "float64", tolerance=1e-17)
np.savetxt(out / "savetxt-header.csv", EIGHTHS, delimiter=",", header="a,b,c,d,e")
expect("savetxt-header.csv", EIGHTHS, "float64")
lines = [",".join(repr(v) for v in row) for row in THIRDS.tolist()]
text("plain.csv", "\n".join(lines) + "\n")
expect("plain.csv", THIRDS, "float64")
text("windows.csv", "\ufeffa,b,c,d,e\r\n" + "\r\n".join(lines) + "\r\n\r\n")
expect("windows.csv", THIRDS, "float64")
text("pandas.csv", ",0,1,2,3,4\n" + "".join("%d,%s\n" % (i, line) for i, line in enumerate(lines)))
expect("pandas.csv", THIRDS, "float64", ids=[str(i) for i in range(N)])
text("pandas-no-index.csv", "0,1,2,3,4\n" + "\n".join(lines))
expect("pandas-no-index.csv", THIRDS, "float64")
text("named.csv", "stimulus_id,u0,u1,u2,u3,u4\n" + "".join("%s,%s\n" % (i, line) for i, line in zip(IDS, lines)))
expect("named.csv", THIRDS, "float64", ids=IDS)
text("quoted.csv", '"Stimulus ID","u,0","u""1",u2,u3,u4\n' + "".join('"%s, ""x""",%s\n' % (i, line) for i, line in zip(IDS, lines)))
expect("quoted.csv", THIRDS, "float64", ids=[i + ', "x"' for i in IDS])
text("names-only-in-rows.tsv", "".join("%s\t%s\n" % (i, line.replace(",", "\t")) for i, line in zip(IDS, lines)))
expect("names-only-in-rows.tsv", THIRDS, "float64", ids=IDS)
text("r-style.txt", '"u0" "u1" "u2" "u3" "u4"\n' + "".join('"%s"  %s\n' % (i, line.replace(",", " ")) for i, line in zip(IDS, lines)))
expect("r-style.txt", THIRDS, "float64", ids=IDS)
text("column.csv", "u0;label;u1\n1;cat;2\n3;dog;4\n")
expect("column.csv", [[1, 2], [3, 4]], "float64", ids=["cat", "dog"], idColumn="label")
refuse("column.csv", 'line 2, column 1: expected a number, found "cat"')
text("special.csv", "nan,1\nInf,-inf\nNA,1e-320\n")
expect("special.csv", [[np.nan, 1], [np.inf, -np.inf], [np.nan, 1e-320]], "float64")
text("one.txt", "# a comment\n1\n2\n3\n")
expect("one.txt", [[1], [2], [3]], "float64")
text("ragged.csv", "1,2,3\n4,5\n")
refuse("ragged.csv", "line 2 has 2 cells, expected 3")
text("empty-cell.csv", "1,2,3\n4,,5\n")
refuse("empty-cell.csv", "line 2, column 1: expected a number, found nothing")
text("only-header.csv", "a,b,c\n")
refuse("only-header.csv", "expected rows of numbers, found only line 1: a b c")
text("prose.txt", "This is no table.\nIt has words.\n")
refuse("prose.txt", "expected")
text("decimal-commas.csv", "1,5;2,5\n3,5;4,5\n")
refuse("decimal-commas.csv", 'expected a number, found "4,5"')
text("overflow.csv", "1,2\n1e999,2\n")
refuse("overflow.csv", "1e999 is beyond float64")
text("unclosed.csv", 'a,b\n"x,2\n')
refuse("unclosed.csv", "a quote is not closed")
text("latin1.csv", "ä,b\n1,2\n", encoding="latin-1")
refuse("latin1.csv", "no UTF-8 text")
(out / "binary.bin").write_bytes(bytes(range(256)))
refuse("binary.bin", "not a known format")

versions = {"python": platform.python_version(), "numpy": np.__version__, "scipy": scipy.__version__, "h5py": h5py.__version__, "torch": torch.__version__}
with open(out / "expected.json", "w", encoding="utf-8") as f:
    f.write('{"versions": %s, "cases": [\n' % json.dumps(versions))
    f.write(",\n".join(json.dumps(case, ensure_ascii=False) for case in cases))
    f.write("\n]}\n")
total = sum(f.stat().st_size for f in out.iterdir())
print(len(cases), "cases,", total, "bytes")
