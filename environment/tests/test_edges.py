"""The command line where the machine gives less than usual: no space, no memory, no permission, no locale."""

import os
import resource
import shutil
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
#: Trains one small network and keeps it.
TRAINING = ["zoo", "hardness", "--only", "digits", "--images", "200", "--epochs", "1"]


def kindred(*arguments, before=(), cwd=None, limit=None, **environment):
    """Runs a command; what the Java launcher itself notes about its options is taken out of the messages."""
    result = subprocess.run([*before, str(ROOT / "environment/kindred"), *arguments], capture_output=True, text=True,
                            stdin=subprocess.DEVNULL, timeout=300, cwd=cwd, preexec_fn=limit,
                            env={**os.environ, **environment})
    result.lines = [line for line in result.stderr.splitlines() if not line.startswith("NOTE: Picked up ")]
    return result


def write_features(folder, *names):
    folder.mkdir(parents=True, exist_ok=True)
    for shift, name in enumerate(names):
        rows = "\n".join(f"{(row * 7 + shift) % 11},{(row * row + shift) % 13}" for row in range(30))
        (folder / name).write_text("a,b\n" + rows + "\n", encoding="utf-8")


@pytest.mark.parametrize("locale", ["LC_ALL", "LANG"])
def test_names_beyond_ascii_work_without_a_locale(locale, tmp_path):
    data = tmp_path / "größen 日本"
    write_features(data, "ä.csv", "ö.csv")
    plain = {"LC_ALL": "", "LC_CTYPE": "", "LANG": "", locale: "C", "KINDRED_CACHE": str(data / "cache")}
    found = kindred("compare", "größen 日本/ä.csv", "größen 日本/ö.csv", "--measure", "cka", cwd=tmp_path, **plain)
    assert (found.returncode, found.lines) == (0, [])
    found = kindred("matrix", "--measure", "cka", "--out", "ergebniß.csv", "größen 日本", cwd=tmp_path, **plain)
    assert (found.returncode, found.lines) == (0, [])
    assert "ä" in (tmp_path / "ergebniß.csv").read_text(encoding="utf-8")
    assert kindred("store", "size", **plain).returncode == 0


def test_too_little_memory_is_one_line_that_names_the_setting(tmp_path):
    found = kindred("zoo", "train", "--profile", "test", KINDRED_CACHE=str(tmp_path), JDK_JAVA_OPTIONS="-Xmx40m")
    assert found.returncode == 1
    assert len(found.lines) == 1, found.stderr
    assert "JDK_JAVA_OPTIONS=-Xmx8g, which is -Xmx40m now" in found.lines[0]


def test_training_that_cannot_write_is_one_line_and_goes_on_later(tmp_path):
    """A limit on the size of files fails as a full disk does, at any byte; environment/TRIED.md has the disk."""

    def limit():
        resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, resource.RLIM_INFINITY))

    expected = kindred(*TRAINING, KINDRED_CACHE=str(tmp_path / "whole"))
    assert expected.returncode == 0, expected.stderr
    failed = kindred(*TRAINING, limit=limit, KINDRED_CACHE=str(tmp_path / "cache"))
    assert failed.returncode == 1
    assert len(failed.lines) == 1 and str(tmp_path) in failed.lines[0], failed.stderr
    assert list(tmp_path.rglob("*.part")) == []
    later = kindred(*TRAINING, KINDRED_CACHE=str(tmp_path / "cache"))
    assert (later.returncode, later.stdout) == (0, expected.stdout)


def test_a_cache_serves_a_user_who_may_write_nowhere(tmp_path):
    cache, home = tmp_path / "cache", tmp_path / "home"
    home.mkdir()
    written = kindred(*TRAINING, KINDRED_CACHE=str(cache))
    for path in [home, cache, *cache.rglob("*")]:
        path.chmod(0o555 if path.is_dir() else 0o444)
    rights = "-dac_override,-dac_read_search,-fowner"  # with which root may write all the same
    before = [] if os.getuid() else ["setpriv", "--bounding-set", rights, "--inh-caps", rights]
    found = kindred(*TRAINING, before=before, KINDRED_CACHE=str(cache), JDK_JAVA_OPTIONS=f"-Duser.home={home}")
    assert (found.returncode, found.stdout, found.lines) == (0, written.stdout, [])


def test_a_checkout_that_cannot_be_written_is_one_line(tmp_path):
    copy = tmp_path / "copy"
    shutil.copytree(ROOT, copy, ignore=shutil.ignore_patterns(".git", ".kindred", "target", "notebooks"))
    (copy / ".kindred").write_text("")
    result = subprocess.run([str(copy / "environment/kindred"), "measures"], capture_output=True, text=True, timeout=60)
    assert result.returncode == 2
    assert result.stderr.splitlines()[-1].startswith("kindred: cannot set up: ") and "Traceback" not in result.stderr
