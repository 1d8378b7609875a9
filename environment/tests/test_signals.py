"""What is asked to end by a signal ends soon, in order, and leaves nothing behind.

KINDRED_SIGNALS=50 sends that many in place of 3 (python -m pytest environment/tests/test_signals.py -k training).
"""

import contextlib
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import jupyter_client
import lab_browser
import pytest
from setup import processes

ROOT = Path(__file__).resolve().parents[2]
SIGNALS = int(os.environ.get("KINDRED_SIGNALS", "3"))
#: A batch takes a hundredth of a second in a network of this zoo, and seconds in a wide ResNet-18.
COMMANDS = {"short batches": ["zoo", "train", "--profile", "test"], "long batches": ["zoo", "speed", "--only", "k = 64", "--seconds", "600"]}
CELLS = {
    "short batches": "dev.kindred.network.zoo.Zoo.train(dev.kindred.network.zoo.ZooDeclarations.of(\"test\"));",
    "long batches": "dev.kindred.network.training.Throughput.measure("
                    "dev.kindred.network.architecture.PreActivationResNet.resNet18(64),"
                    "dev.kindred.stimuli.DataSets.generated(\"objects\", 32, 128, 1), 128, 600);",
}


def crashes(folder):
    """Reports of crashed JVMs: where they belong, and where the JVM puts them if nobody says."""
    return {path for place in (ROOT / ".kindred/logs", folder) for path in place.glob("hs_err*")}


@pytest.fixture
def moments(request):
    """Seconds to wait before each signal, the same in every run."""
    stream = random.Random(request.node.name)
    return [stream.uniform(0, 12) for _ in range(SIGNALS)]


def require_ends(statuses, crashed):
    """By the signal itself, or with the status that stands for it."""
    assert (set(statuses) - {143, -signal.SIGTERM}, crashed) == (set(), set()), statuses


@pytest.mark.parametrize("batches", COMMANDS)
def test_a_training_command_ends_at_sigterm(batches, moments, tmp_path):
    before, statuses = crashes(tmp_path), []
    for seconds in moments:
        with open(tmp_path / "messages", "w") as messages:
            running = subprocess.Popen([str(ROOT / "environment/kindred"), *COMMANDS[batches]], stderr=messages,
                                       stdout=messages, cwd=tmp_path,
                                       env={**os.environ, "KINDRED_CACHE": str(tmp_path / "cache")})
        time.sleep(seconds)
        running.terminate()
        statuses.append(running.wait(60))
    require_ends(statuses, crashes(tmp_path) - before)


@pytest.mark.parametrize("batches", CELLS)
def test_a_kernel_ends_at_sigterm_while_a_cell_is_training(batches, moments, tmp_path):
    before, statuses = crashes(tmp_path), []
    for seconds in moments:
        manager, client = jupyter_client.manager.start_new_kernel(
            kernel_name="java", cwd=str(tmp_path), env={**os.environ, "KINDRED_CACHE": str(tmp_path / "cache")},
            startup_timeout=120)
        try:
            process = manager.provisioner.process
            client.execute('System.out.println("begun");' + CELLS[batches])
            while client.get_iopub_msg(timeout=120)["msg_type"] != "stream":
                pass
            time.sleep(seconds)
            process.terminate()
            statuses.append(process.wait(60))
        finally:
            client.stop_channels()
            manager.shutdown_kernel(now=True)
    require_ends(statuses, crashes(tmp_path) - before)


def commands_with(text):
    """Processes whose command line has the text in it."""
    found = {}
    for pid, _ in processes():
        with contextlib.suppress(OSError):
            command = Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
            if text in command:
                found[pid] = command
    return found


def wait_for(condition, seconds):
    deadline = time.monotonic() + seconds
    while not condition() and time.monotonic() < deadline:
        time.sleep(0.1)
    return condition()


def test_a_signal_reaches_all_that_was_started(tmp_path):
    """Also what has a session of its own, and what does not want to end."""
    program = tmp_path / "starts.py"
    program.write_text(f"""
import subprocess, sys
sys.path.insert(0, {str(ROOT / "environment/tools")!r})
from setup import Stopped, pass_signals_on
pass_signals_on(2)
try:
    subprocess.Popen(["sh", "-c", "sleep 601; : {tmp_path}"], start_new_session=True)
    subprocess.run(["sh", "-c", "trap '' TERM; while :; do sleep 1; done; : {tmp_path}"])
except Stopped as stopped:
    sys.exit(stopped.status)
""")
    running = subprocess.Popen([sys.executable, str(program)])
    assert wait_for(lambda: len(commands_with(f": {tmp_path}")) == 2, 30)
    running.terminate()
    assert running.wait(20) == 143
    assert commands_with(str(tmp_path)) == {}


def test_a_signal_during_the_set_up_reaches_maven(tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".kindred", "target", "notebooks"))
    running = subprocess.Popen([str(copy / "environment/kindred"), "measures"], stderr=subprocess.PIPE, text=True)
    assert wait_for(lambda: any("maven" in command for command in commands_with(str(copy)).values()), 60)
    running.terminate()
    assert running.communicate(timeout=30)[1].splitlines()[-1] == "kindred: stopped; run it again to go on"
    assert running.returncode == 143
    assert commands_with(str(copy)) == {}


def test_a_second_run_of_the_tests_waits_and_says_so():
    import fcntl

    with open(ROOT / ".kindred/test.lock", "w") as lock:
        with contextlib.suppress(OSError):  # held already where environment/test runs this
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        second = subprocess.Popen([str(ROOT / "environment/test")], stderr=subprocess.PIPE, text=True)
        for line in second.stderr:
            if "another environment/test is running" in line:
                break
        second.terminate()
        assert second.wait(30) == 143


@pytest.mark.skipif(lab_browser.browser_path() is None, reason="no Chromium on this machine")
@pytest.mark.parametrize("signum", [signal.SIGTERM, signal.SIGINT])
def test_the_picture_tool_leaves_no_server_behind(signum, tmp_path):
    picture = tmp_path / "picture.png"
    tool = [sys.executable, str(ROOT / "environment/tools/lab_browser.py"), "01-stimuli-and-zoo", str(picture)]
    before = set(commands_with("tools/lab.py"))
    running = subprocess.Popen(tool, env={**os.environ, "KINDRED_CACHE": str(tmp_path / "cache")})
    assert wait_for(lambda: set(commands_with("tools/lab.py")) - before, 60)
    time.sleep(10)
    running.send_signal(signum)
    assert running.wait(60) == 128 + signum
    assert set(commands_with("tools/lab.py")) - before == set()
