"""The committed outputs of every notebook belong to its committed cells.

environment/reproduce --in-place notes in each code cell the SHA-256 of the source that it executed. A cell that was
edited afterwards, or that was run by hand, no longer agrees with its note.
"""

import hashlib
import json
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))


def code_cells(path):
    notebook = json.loads(path.read_text(encoding="utf-8"))
    return [cell for cell in notebook["cells"] if cell["cell_type"] == "code" and "".join(cell["source"]).strip()]


def test_there_is_a_start_notebook():
    assert "00-start-here" in [path.stem for path in NOTEBOOKS]


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_outputs_belong_to_the_cells(path):
    for number, cell in enumerate(code_cells(path), start=1):
        source = "".join(cell["source"])
        executed = cell["metadata"].get("kindred", {}).get("source_sha256")
        assert executed == hashlib.sha256(source.encode()).hexdigest(), (
            f"{path.name}, code cell {number} was changed after its outputs were made; "
            f"run environment/reproduce {path.stem} --in-place\n{source}"
        )


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda path: path.stem)
def test_all_cells_ran_in_order_without_errors_and_show_something(path):
    cells = code_cells(path)
    assert [cell["execution_count"] for cell in cells] == list(range(1, len(cells) + 1))
    outputs = [output for cell in cells for output in cell["outputs"]]
    assert [output for output in outputs if output["output_type"] == "error"] == []
    types = {mime for output in outputs for mime in output.get("data", {})}
    assert {"image/png", "text/html"} <= types
