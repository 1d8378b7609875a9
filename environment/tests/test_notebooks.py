"""Every notebook: its form, and that it runs from a fresh kernel in the test profile."""

import json
import os
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
