"""The scripts as a person meets them: other folders, spaces, two at once, killed half-way, bad input."""

import os
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import nbformat
import pytest

ROOT = Path(__file__).resolve().parents[2]


def script(name, *arguments, root=ROOT, **options):
    options.setdefault("timeout", 300)
    return subprocess.run([str(root / "environment" / name), *arguments], capture_output=True, text=True,
                          stdin=subprocess.DEVNULL, **options)


def without(*tools, tmp_path):
    """A PATH on which the given tools are missing."""
    folder = tmp_path / "bin"
    folder.mkdir()
    for name in ("bash", "cat", "dirname", "find", "grep", "id", "java", "mvn", "python3", "python", "getconf", "uname"):
        found = shutil.which(name)
        if found and name not in tools:
            (folder / name).symlink_to(os.path.realpath(found) if name == "java" else found)
    return {"PATH": str(folder), "HOME": str(tmp_path)}


@pytest.mark.parametrize("options", [
    ["--ip=*"], ["--NotebookApp.ip=0.0.0.0"], ["--KernelManager.ip=0.0.0.0"], ["--IdentityProvider.token="],
    ["--ServerApp.allow_remote_access=True"],
], ids=" ".join)
def test_lab_keeps_to_localhost_and_its_token(options):
    assert_refused(script("lab", "--no-browser", "--ServerApp.port=0", *options, timeout=120))


def test_lab_keeps_to_localhost_whatever_a_configuration_file_says(tmp_path):
    config = tmp_path / "config.py"
    config.write_text('c = get_config()\nc.NotebookApp.ip = "0.0.0.0"\n')
    assert_refused(script("lab", "--no-browser", "--ServerApp.port=0", f"--config={config}", timeout=120))


def assert_refused(result):
    assert result.returncode == 2, result.stderr
    assert "localhost" in result.stderr.splitlines()[-1]
    assert "is running at" not in result.stderr


@pytest.mark.parametrize("tool, word", [("java", "JDK"), ("python3", "Python")])
def test_a_missing_tool_is_named_in_one_line(tool, word, tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(ROOT / "environment", copy / "environment")
    missing = ("python3", "python") if tool == "python3" else (tool,)
    result = script("kindred", "measures", root=copy, env=without(*missing, tmp_path=tmp_path))
    assert result.returncode == 2
    assert word in result.stderr and "install" in result.stderr
    assert len(result.stderr.splitlines()) == 1


def test_reproduce_shows_the_failing_cell(tmp_path):
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "java", "display_name": "Java"}})
    notebook.cells = [nbformat.v4.new_code_cell("int rows = 3;"),
                      nbformat.v4.new_code_cell("int columns = rows;\nint ratio = columns / (rows - 3);"),
                      nbformat.v4.new_code_cell('System.out.println("never");')]
    nbformat.write(notebook, tmp_path / "broken.ipynb")
    result = script("reproduce", str(tmp_path / "broken.ipynb"), "--out", str(tmp_path / "out"))
    assert result.returncode == 1
    assert "ArithmeticException" in result.stderr and "broken.ipynb" in result.stderr
    done = nbformat.read(tmp_path / "out/broken.ipynb", as_version=4)
    assert done.cells[2].execution_count is None
    assert "ArithmeticException" in (tmp_path / "out/broken.html").read_text()


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM])
def test_reproduce_stops_with_one_line(signum, tmp_path):
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "java", "display_name": "Java"}})
    notebook.cells = [nbformat.v4.new_code_cell(
        f'java.nio.file.Files.createFile(java.nio.file.Path.of("{tmp_path.as_posix()}/began"));\nThread.sleep(60000);')]
    nbformat.write(notebook, tmp_path / "long.ipynb")
    command = [str(ROOT / "environment/reproduce"), str(tmp_path / "long.ipynb"), "--out", str(tmp_path / "out")]
    running = subprocess.Popen(command, stderr=subprocess.PIPE, text=True)
    deadline = time.time() + 60
    while not (tmp_path / "began").exists() and time.time() < deadline:
        time.sleep(0.1)
    running.send_signal(signum)
    assert running.communicate(timeout=30)[1].splitlines()[-2:] == ["", "kindred: stopped"]
    assert running.returncode == 128 + signum


def test_reproduce_names_the_notebooks_that_exist(tmp_path):
    result = script("reproduce", "99-nothing", "--out", str(tmp_path))
    assert result.returncode != 0
    assert "00-start-here" in result.stderr


def test_bad_input_is_one_line_and_status_2(tmp_path):
    (tmp_path / "not.npy").write_bytes(b"\x93NUMPY\x01\x00")
    result = script("kindred", "compare", str(tmp_path / "not.npy"), str(tmp_path / "not.npy"), "--measure", "cka",
                    cwd=tmp_path)
    assert result.returncode == 2
    assert result.stdout == ""
    assert len(result.stderr.splitlines()) == 1
    assert "not.npy" in result.stderr


def test_every_file_that_readme_names_is_there():
    text = (ROOT / "README.md").read_text()
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if not link.startswith("http")]
    assert len(links) > 10
    assert [link for link in links if not (ROOT / link).exists()] == []


def test_the_class_path_is_what_the_library_runs_with():
    """What a stock kernel is given: every jar is there, and none that only tests or nobody needs."""
    result = script("kindred", "classpath")
    assert result.returncode == 0, result.stderr
    jars = [Path(jar) for jar in result.stdout.strip().split(os.pathsep)]
    assert all(jar.is_file() for jar in jars)
    names = " ".join(jar.name for jar in jars)
    assert jars[0].name.startswith("kindred-") and "pytorch-native-cpu" in names and "slf4j-simple" in names
    for unused in ("junit", "jqwik", "assertj", "archunit", "opentest4j", "jupyter", "basicdataset"):
        assert unused not in names


def test_a_copy_with_spaces_set_up_twice_at_once_after_a_kill(tmp_path):
    """The library's set-up in a fresh copy: killed half-way, then wanted by two at once, from another folder."""
    copy = tmp_path / "a copy with spaces"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".kindred", "target", "notebooks"))
    command = [str(copy / "environment/kindred"), "measures"]
    killed = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True)
    time.sleep(4)
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    both = [subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd="/") for _ in range(2)]
    outputs = [process.communicate(timeout=600) for process in both]
    assert [process.returncode for process in both] == [0, 0], outputs
    assert outputs[0][0] == outputs[1][0]
    assert "cka" in outputs[0][0]
    assert sum("built in" in error for _, error in outputs) == 1
    again = subprocess.run(command, capture_output=True, text=True, timeout=60)
    assert again.stderr == "" and again.stdout == outputs[0][0]
