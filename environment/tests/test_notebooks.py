"""Every notebook: its form, and that it runs from a fresh kernel in the test profile."""

import json
import math
import os
import re
import struct
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_form(path):
    notebook = json.loads(path.read_text())
    assert notebook["metadata"]["kernelspec"]["name"] == "java"
    code = [c for c in notebook["cells"] if c["cell_type"] == "code"]
    assert sum("parameters" in c["metadata"].get("tags", []) for c in code) == 1
    first = next(c for c in notebook["cells"] if c["cell_type"] == "markdown")
    assert "".join(first["source"]).startswith("# ")
    assert [c["execution_count"] for c in code] == list(range(1, len(code) + 1))
    lines = [line.strip() for c in code for line in "".join(c["source"]).splitlines()]
    assert sum(line.startswith("import ") for line in lines) <= 5
    assert sum(bool(line) and not line.startswith("//") for line in lines) <= 150


def test_every_figure_and_table_can_be_saved():
    for path in NOTEBOOKS:
        for cell in json.loads(path.read_text())["cells"]:
            outputs = cell.get("outputs", [])
            for before, output in zip([{}] + outputs, outputs):
                if "image/png" in output.get("data", {}):
                    above = "".join(before.get("data", {}).get("text/html", ""))
                    assert ".png" in above and 'href="data:image/png;base64,' in above, path.stem
                    assert max(map(len, above.split('"'))) < 1_400_000


@pytest.fixture(scope="session")
def cache(tmp_path_factory):
    """One for all notebooks, as a user has it: what one has trained the next one finds."""
    return tmp_path_factory.mktemp("cache")


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_runs_in_the_test_profile(path, tmp_path, cache):
    result = subprocess.run(
        [str(ROOT / "environment/reproduce"), str(path), "--profile", "test", "--out", str(tmp_path)],
        capture_output=True, text=True, timeout=900, env={**os.environ, "KINDRED_CACHE": str(cache)},
    )
    assert result.returncode == 0, result.stderr[-4000:]
    html = (tmp_path / f"{path.stem}.html").read_text()
    assert "data:image/png;base64" in html
    assert 'src="http' not in html.replace("mathjax", "")


def kindred(cache, *arguments):
    return subprocess.run(
        [str(ROOT / "environment/kindred"), *map(str, arguments)],
        capture_output=True, text=True, timeout=600, env={**os.environ, "KINDRED_CACHE": str(cache)},
    )


def reproduce(notebook, out, cache, **variables):
    return subprocess.run(
        [str(ROOT / "environment/reproduce"), notebook, "--profile", "test", "--out", str(out)],
        capture_output=True, text=True, timeout=600, env={**os.environ, "KINDRED_CACHE": str(cache), **variables},
    )


def write_npy(path, rows):
    """float32, images × units."""
    header = f"{{'descr': '<f4', 'fortran_order': False, 'shape': ({len(rows)}, {len(rows[0])}), }}"
    header += " " * (63 - (10 + len(header)) % 64) + "\n"
    numbers = b"".join(struct.pack(f"<{len(row)}f", *row) for row in rows)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"\x93NUMPY\x01\x00" + struct.pack("<H", len(header)) + header.encode() + numbers)


def test_a_stored_study_is_made_of_the_zoo_verified_and_opened(tmp_path, cache):
    folder = tmp_path / "stored"

    def study(*options):
        return kindred(cache, "study", "consistency", "--stored", folder, *options)

    made = study("--profile", "test", "--data-sets", "objects,digits,cells", "--bootstrap", "20")
    assert made.returncode == 0, made.stderr
    provenance = json.loads((folder / "provenance.json").read_text())
    assert provenance["settings"] == {
        "profile": "test", "data-sets": "objects,digits,cells", "bootstrap": "20", "seed": "42"}
    assert {"provenance.json", *provenance["files"]} == {file.name for file in folder.iterdir()}
    verified = study("--verify")
    assert verified.returncode == 0, verified.stdout + verified.stderr
    assert "differs" not in verified.stdout and "probe accuracy" in verified.stdout
    result = reproduce(
        "02-dataset-consistency", tmp_path, cache, KINDRED_SOURCE="stored", KINDRED_STORED=str(folder))
    assert result.returncode == 0, result.stderr[-4000:]
    assert (tmp_path / "02-dataset-consistency.html").read_text().count("data:image/png;base64") > 10


def test_a_stored_study_of_training_dynamics_and_a_run_from_elsewhere_are_drawn(tmp_path, cache):
    folder = tmp_path / "stored"
    made = kindred(cache, "study", "dynamics", "--stored", folder, "--profile", "test")
    assert made.returncode == 0, made.stderr
    assert "2 runs one by one take about" in made.stdout
    assert (folder / "claims.csv").read_text().count("\n") > 10
    for layer in ("conv1", "linear"):
        for epoch in (0, 1, 2, 4):
            rows = [[math.sin(image * unit + epoch) for unit in range(1, 6)] for image in range(20)]
            write_npy(tmp_path / "run" / layer / f"epoch-{epoch}.npy", rows)

    alone = reproduce("03-training-dynamics", tmp_path / "alone", cache)
    assert alone.returncode == 0, alone.stderr[-4000:]
    both = reproduce(
        "03-training-dynamics", tmp_path / "both", cache,
        KINDRED_STORED=str(folder), KINDRED_RUN=str(tmp_path / "run"))
    assert both.returncode == 0, both.stderr[-4000:]
    without = reproduce(
        "03-training-dynamics", tmp_path / "stored-alone", cache, KINDRED_STORED=str(folder), KINDRED_LIVE="false")
    assert without.returncode == 0, without.stderr[-4000:]
    outputs = []
    for name in ("alone", "both", "stored-alone"):
        notebook = json.loads((tmp_path / name / "03-training-dynamics.ipynb").read_text())
        outputs.append(json.dumps([cell.get("outputs") for cell in notebook["cells"]]))
    comes_along = (ROOT / "notebooks/results/dynamics").exists()
    assert ["There is no stored study" in text for text in outputs] == [not comes_along, False, False]
    assert ["trained here: verdict" in text for text in outputs] == [True, True, False]
    assert "made on" in outputs[1] and "stored: verdict" in outputs[1]
    assert "No run was named" in outputs[0] and "of your run with itself" in outputs[1]
    in_full = re.compile(r"Epochs \d and \d: ([0-9.]+); by the library: ([0-9.]+)")
    for text in outputs:
        pairs = [tuple(map(float, pair)) for pair in in_full.findall(text)]
        assert len(pairs) == 6 + 3 and all(0 < here < 1 and abs(here - library) < 2e-6 for here, library in pairs), pairs


def test_a_stored_grounding_study_is_opened(tmp_path, cache):
    folder = tmp_path / "stored"
    made = kindred(cache, "study", "grounding", "--stored", folder, "--profile", "test", "--bootstrap", "20")
    assert made.returncode == 0, made.stderr
    assert (folder / "decisions.csv").read_text().startswith("to be told,best,")
    result = reproduce("04-metric-grounding", tmp_path / "both", cache, KINDRED_STORED=str(folder))
    assert result.returncode == 0, result.stderr[-4000:]
    html = (tmp_path / "both/04-metric-grounding.html").read_text()
    assert "stored: verdict" in html and "live: verdict" in html
    assert html.count("mutual-knn") > 5, "all measures are stored, those of the text alone are compared here"


def test_a_stored_convergence_study_is_opened_beside_networks_from_elsewhere(tmp_path, cache):
    folder = tmp_path / "stored"
    made = kindred(cache, "study", "convergence", "--stored", folder, "--profile", "test")
    assert made.returncode == 0, made.stderr
    for network in range(2):
        for layer in range(1, 4):
            rows = [[math.sin((image + 1) * (unit + network)) + layer for unit in range(1, 6)] for image in range(30)]
            write_npy(tmp_path / f"net-{network}" / f"layer{layer}.npy", rows)
    mine = os.pathsep.join(str(tmp_path / f"net-{network}") for network in range(2))

    both = reproduce("05-ood-alignment", tmp_path / "both", cache, KINDRED_STORED=str(folder), KINDRED_NETWORKS=mine)
    assert both.returncode == 0, both.stderr[-4000:]
    without = reproduce(
        "05-ood-alignment", tmp_path / "without", cache, KINDRED_STORED=str(folder), KINDRED_LIVE="false")
    assert without.returncode == 0, without.stderr[-4000:]
    outputs = []
    for name in ("both", "without"):
        notebook = json.loads((tmp_path / name / "05-ood-alignment.ipynb").read_text())
        outputs.append(json.dumps([cell.get("outputs") for cell in notebook["cells"]]))
    beside, alone = outputs
    assert "stored, generated: verdict" in beside and "live, generated: verdict" in beside
    assert "made on" in beside and "There is no stored study" not in beside
    assert "net-0" in beside and "by the library" in beside
    assert "stored, generated: verdict" in alone and "live, generated" not in alone
    assert "No networks were trained here" in alone and "Two folders are needed" in alone
