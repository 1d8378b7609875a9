"""The scripts as a person meets them: other folders, spaces, two at once, killed half-way, bad input."""

import os
import pty
import re
import shutil
import signal
import subprocess
import time
from pathlib import Path

import nbformat
import pytest

import reproduce

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


def counting(tmp_path, seconds):
    """A notebook whose only cell counts to three with the library's progress bar."""
    notebook = nbformat.v4.new_notebook(metadata={"kernelspec": {"name": "java", "display_name": "Java"}})
    notebook.cells = [nbformat.v4.new_code_cell(
        'dev.kindred.notebook.Notebook.begin();\n'
        'try (var task = dev.kindred.base.Progress.standard().begin("counting", 3)) {\n'
        f'  for (int i = 0; i < 3; i++) {{ Thread.sleep({1000 * seconds // 3}); task.advance(1); }}\n}}')]
    nbformat.write(notebook, tmp_path / "counting.ipynb")
    return [str(ROOT / "environment/reproduce"), str(tmp_path / "counting.ipynb"), "--out", str(tmp_path / "out")]


def test_reproduce_shows_on_a_terminal_how_far_the_running_cell_is(tmp_path):
    ours, theirs = pty.openpty()
    running = subprocess.Popen(counting(tmp_path, 6), stderr=theirs)
    os.close(theirs)
    shown = b""
    while True:
        try:
            shown += os.read(ours, 4096)
        except OSError:  # how Linux says that the other side is closed
            break
        if not shown.endswith(b"\n") and running.poll() is not None:
            break
    os.close(ours)
    assert running.wait(timeout=60) == 0
    states = [line for line in shown.decode().split("\r\x1b[K") if line.startswith("counting 1/1  dev.kindred.")]
    assert all("\n" not in line for line in states[:-1]), "one line, rewritten"
    assert all(len(line) < 80 for line in states[:-1])
    assert any("2 s …" in line for line in states), states
    assert any("counting: 1 of 3" in line for line in states), states
    assert states[-1].splitlines()[0].endswith(" s")


def test_reproduce_tells_elsewhere_now_and_then_how_far_the_running_cell_is(capsys, monkeypatch):
    cells = [nbformat.v4.new_markdown_cell("# Title"), nbformat.v4.new_code_cell("import java.util.*;\nint rows = 3;")]
    now = [1000.0]
    monkeypatch.setattr(reproduce.time, "monotonic", lambda: now[0])
    execution = reproduce.Execution(Path("a/long.ipynb"), nbformat.v4.new_notebook(cells=cells))
    execution.tick()
    execution.on_start(cells[1], 1)
    for second in range(1, 101):
        now[0] += 1
        if second == 50:
            execution.on_progress("reading:\n5 of 9 · 20 s")
        execution.tick()
    execution.on_executed(cells[1], 1, {})
    execution.tick()
    assert capsys.readouterr().err.splitlines() == [
        "long 1/1  int rows = 3;  30 s …",
        "long 1/1  int rows = 3;  1 min 00 s …  reading: 5 of 9 · 20 s",
        "long 1/1  int rows = 3;  1 min 30 s …  reading: 5 of 9 · 20 s",
        "long 1/1  int rows = 3;  100.0 s",
    ]


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


def test_reproduce_needs_a_folder_for_its_results(tmp_path):
    file = tmp_path / "report.md"
    file.write_text("mine")
    result = script("reproduce", "00-start-here", "--out", str(file))
    assert result.returncode == 2, result.stderr
    assert result.stderr.splitlines()[-1] == f"kindred: --out {file}: expected a folder, but {file} is a file"
    assert file.read_text() == "mine"


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


def test_readme_names_the_imports_that_a_stock_kernel_lacks():
    # What IJava 1.3.0 imports before the first cell.
    stock = {"java.io", "java.math", "java.net", "java.util"}
    stock |= {f"java.util.{name}" for name in ("concurrent", "prefs", "regex")}
    startup = (ROOT / "lib/kernel/src/main/java/dev/kindred/kernel/Startup.java").read_text()
    ours = set(re.findall(r'"(java\.[\w.]+)\.\*"', startup))
    told = re.search('IJAVA_STARTUP_SCRIPT="(.*)"', (ROOT / "README.md").read_text())[1]
    assert set(re.findall(r"import ([\w.]+)\.\*;", told)) == ours - stock


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


@pytest.mark.parametrize("notebook, variable, value, expected", [
    ("00-start-here", "KINDRED_PROFILE", "nonsense", "expected one of test, demo, real and paper"),
    ("00-start-here", "KINDRED_STIMULI", "-5", "expected a whole number of at least 10"),
    ("00-start-here", "KINDRED_EPOCHS", "0", "expected a whole number of at least 1"),
    ("00-start-here", "KINDRED_SEED", "abc", "expected a whole number"),
    ("00-start-here", "KINDRED_DATA_SET", "nonsense", "expected one of objects, things, "),
    ("01-stimuli-and-zoo", "KINDRED_SHOWN", "0", "expected a whole number of at least 1000"),
    ("01-stimuli-and-zoo", "KINDRED_DATA_SETS", "objects,nonsense", "expected some of objects, things, "),
    ("02-dataset-consistency", "KINDRED_PERMUTATIONS", "0", "expected a whole number of at least 19"),
    ("02-dataset-consistency", "KINDRED_DATA_SETS", "scenes,nonsense", "expected some of scenes, flowers, "),
    ("03-training-dynamics", "KINDRED_DRAWS", "0", "expected a whole number of at least 19"),
    ("04-metric-grounding", "KINDRED_MEASURES", "nonsense", "expected one of text, fast, all"),
    ("04-metric-grounding", "KINDRED_BOOTSTRAP", "5", "expected a whole number of at least 20"),
    ("05-ood-alignment", "KINDRED_LIVE", "perhaps", "expected true or false"),
])
def test_reproduce_names_a_parameter_that_is_not_possible(notebook, variable, value, expected, tmp_path):
    result = script("reproduce", notebook, "--out", str(tmp_path / "out"), env={**os.environ, variable: value})
    assert result.returncode == 2, result.stderr
    lines = [line for line in result.stderr.splitlines() if not re.match(rf"{notebook} \d+/", line)]
    assert len(lines) == 1, result.stderr
    assert lines[0].startswith(f"kindred: {notebook}: {variable}={value}: {expected}")
    assert not (tmp_path / "out").exists(), "nothing was made"
