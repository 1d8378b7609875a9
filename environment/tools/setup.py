"""Sets up what the scripts need: the built library, the private Python environment, the kernelspec.

Every step leaves a stamp when it is complete, so that a run that was killed is repeated from that step. One run at a
time: a second one waits for the lock, then finds the work done.
"""

import argparse
import contextlib
import hashlib
import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
ENVIRONMENT = ROOT / "environment"
STATE = ROOT / ".kindred"
VENV = STATE / "venv"
LOGS = STATE / "logs"
KEPT_BUILDS_SECONDS = 7 * 24 * 3600
SIGNALS = [getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name)]
JSHELL_ACCESS = "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED"  # as in environment/kernel


class SetupError(Exception):
    """One line that says what is missing and what to do."""


class Stopped(Exception):
    """Somebody asked for the end, with a signal."""

    def __init__(self, signum):
        super().__init__(signum)
        self.status = 128 + signum


def pass_signals_on(seconds=10):
    """From now on SIGINT, SIGTERM and SIGHUP end all that this process has started, then it, in Stopped."""

    def stop(signum, frame):
        for name in SIGNALS:
            signal.signal(name, signal.SIG_IGN)
        say("stopping")
        end_descendants(seconds)
        raise Stopped(signum)

    for name in SIGNALS:
        signal.signal(name, stop)


def end_descendants(seconds):
    """Asks all below this process to end, in whatever session they are, and ends what has not after some seconds."""
    asked, deadline = set(), time.monotonic() + seconds
    while True:
        left = descendants(asked)
        if not left:
            return
        for pid in left if time.monotonic() > deadline else left - asked:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL if time.monotonic() > deadline else signal.SIGTERM)
        asked |= left
        if time.monotonic() > deadline + 5:
            return
        time.sleep(0.1)


def descendants(known):
    """Processes that live below this one, or below those of the known that live."""
    parents = dict(processes())
    found = known & parents.keys()
    while True:
        above = found | {os.getpid()}
        more = {pid for pid, parent in parents.items() if parent in above} - found
        if not more:
            return found
        found |= more


def processes():
    """Number and parent's number of every process that lives."""
    if Path("/proc/self/stat").exists():
        for file in Path("/proc").glob("[0-9]*/stat"):
            with contextlib.suppress(OSError):
                state, parent = file.read_text().rpartition(")")[2].split()[:2]
                if state not in "ZX":
                    yield int(file.parent.name), int(parent)
    elif shutil.which("ps"):
        with subprocess.Popen(["ps", "-A", "-o", "pid=,ppid=,stat="], stdout=subprocess.PIPE, text=True) as ps:
            for line in ps.stdout:
                pid, parent, state = line.split()
                if state[0] != "Z" and int(pid) != ps.pid:
                    yield int(pid), int(parent)


@contextlib.contextmanager
def lock(path, what="set-up"):
    """Holds an exclusive lock that the operating system releases when the process ends, however it ends."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with open(path, "w") as file:
        if os.name == "nt":
            import msvcrt

            while True:
                try:
                    msvcrt.locking(file.fileno(), msvcrt.LK_LOCK, 1)
                    break
                except OSError:
                    continue
        else:
            import fcntl

            try:
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                say(f"another {what} is running; waiting for it")
                fcntl.flock(file, fcntl.LOCK_EX)
        yield


def say(text):
    print(f"kindred: {text}", file=sys.stderr, flush=True)


def run(name, command, **options):
    """Runs a command with its output in a log; on failure shows the log's end."""
    LOGS.mkdir(parents=True, exist_ok=True)
    log = LOGS / f"{name}.log"
    with open(log, "wb") as out:
        status = subprocess.run(
            [str(part) for part in command], stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, **options
        ).returncode
    if status != 0:
        tail = log.read_text(errors="replace").splitlines()[-25:]
        raise SetupError(f"{name} failed (status {status}); the end of {log}:\n  " + "\n  ".join(tail))
    return log


def java_feature(java):
    text = subprocess.run([java, "-version"], capture_output=True, text=True, stdin=subprocess.DEVNULL).stderr
    match = re.search(r'version "(\d+)(?:\.(\d+))?', text)
    if not match:
        raise SetupError(f"{java} does not tell its version; install a JDK 17 or later, or set JAVA_HOME")
    feature = int(match.group(2) if match.group(1) == "1" and match.group(2) else match.group(1))
    if feature < 17:
        raise SetupError(f"{java} is Java {feature}; install a JDK 17 or later, or set JAVA_HOME to one")
    modules = subprocess.run([java, "--list-modules"], capture_output=True, text=True).stdout
    if "jdk.jshell" not in modules or "jdk.compiler" not in modules:
        raise SetupError(f"{java} is a Java runtime without compiler; install a full JDK 17 or later")
    return feature


def digest_of(paths, *texts):
    digest = hashlib.sha256()
    for text in texts:
        digest.update(text.encode() + b"\0")
    for path in sorted(paths):
        digest.update(str(path.relative_to(ROOT)).encode() + b"\0")
        digest.update(path.read_bytes() + b"\0")
    return digest.hexdigest()[:16]


def sources():
    files = [ROOT / "pom.xml", ROOT / "lib/kindred/pom.xml", ROOT / "lib/kernel/pom.xml"]
    for module in ("kindred", "kernel"):
        files += [path for path in (ROOT / "lib" / module / "src/main").rglob("*") if path.is_file()]
    return files


def maven():
    found = shutil.which("mvn")
    if not found:
        raise SetupError("no Maven found; install it (Debian: apt-get install maven; macOS: brew install maven)")
    return found


def build(java, feature):
    """Builds the library and the kernel into a folder of their own, so that running kernels keep their jars."""
    name = digest_of(sources(), str(feature), str(java))
    target = STATE / "build" / name
    if not (target / "complete").is_file() or not has_libraries(target):
        say("building the library (the first time downloads about 300 MB)")
        start = time.time()
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True)
        environment = dict(os.environ, JAVA_HOME=str(Path(java).resolve().parents[1]))
        with lock(STATE / "maven.lock"):
            run(
                "build",
                [
                    maven(), "-q", "-B", "-ntp", "-f", ROOT / "pom.xml", "-pl", "lib/kindred,lib/kernel",
                    "package", "dependency:build-classpath",
                    "-Dmaven.test.skip=true", "-DincludeScope=runtime",
                    "-Dmdep.outputFile=target/runtime.classpath",
                ],
                env=environment,
            )
            jars = {}
            for module, jar in (("kindred", "kindred"), ("kernel", "kindred-kernel")):
                folder = ROOT / "lib" / module / "target"
                for path in folder.glob(f"{jar}-[0-9]*.jar"):
                    shutil.copy2(path, target / path.name)
                    if not path.stem.endswith("-sources"):
                        jars[module] = target / path.name
                jars[module + "-path"] = (folder / "runtime.classpath").read_text().strip()
        library = join([jars["kindred"]], jars["kindred-path"])
        (target / "library.classpath").write_text(library)
        (target / "kernel.classpath").write_text(join([jars["kernel"]], library, jars["kernel-path"]))
        (target / "java-feature").write_text(str(feature))
        archive_classes(java, target)
        (target / "complete").write_text("")
        say(f"built in {time.time() - start:.0f} s")
    current = STATE / "current"
    if not current.is_file() or current.read_text() != name:
        write(current, name)
        remove_old_builds(keep=name)


def has_libraries(target):
    """Whether every jar of a build is still there: Maven's repository may have been cleaned since."""
    return all(Path(jar).is_file() for jar in (target / "kernel.classpath").read_text().split(os.pathsep))


def join(jars, *paths):
    """A class path in order, every entry once."""
    entries = [str(jar) for jar in jars]
    for path in paths:
        entries += path.split(os.pathsep)
    return os.pathsep.join(dict.fromkeys(entry for entry in entries if entry))


def archive_classes(java, target):
    """Archives the classes that a start loads (class data sharing), which about halves the command line's start."""
    options = ["-Djava.awt.headless=true", "-Dai.djl.offline=true"]
    with contextlib.suppress(SetupError, subprocess.TimeoutExpired):  # a start without archive is only slower
        # In two steps: an archive made at the exit of a run leaves out classes as old as picocli's.
        path = (target / "library.classpath").read_text()
        names = target / "cli.classes"
        run("archive-cli-names", [java, "-Xshare:off", f"-XX:DumpLoadedClassList={names}", *options, "-cp", path,
                                  "dev.kindred.cli.Rehearsal"], timeout=120)
        run("archive-cli", [java, "-Xshare:dump", f"-XX:SharedClassListFile={names}",
                            f"-XX:SharedArchiveFile={target / 'cli.jsa'}", "-cp", path], timeout=120)
    with contextlib.suppress(SetupError, subprocess.TimeoutExpired):
        path = (target / "kernel.classpath").read_text()
        run("archive-kernel", [java, f"-XX:ArchiveClassesAtExit={target / 'kernel.jsa'}", *options, JSHELL_ACCESS, "-cp", path,
                               "dev.kindred.kernel.Main", "--rehearse"], timeout=120)


def remove_old_builds(keep):
    for folder in (STATE / "build").iterdir():
        if folder.name != keep and time.time() - folder.stat().st_mtime > KEPT_BUILDS_SECONDS:
            shutil.rmtree(folder, ignore_errors=True)


def python_in(venv):
    folder = venv / ("Scripts" if os.name == "nt" else "bin")
    return folder / ("python.exe" if os.name == "nt" else "python")


def install(requirements):
    """Makes the private Python environment and installs one requirements file into it."""
    files = [ENVIRONMENT / requirements, ENVIRONMENT / "constraints.txt"]
    stamp = VENV / f".{requirements}"
    wanted = digest_of(files, sys.version)
    if stamp.is_file() and stamp.read_text() == wanted:
        return
    say(f"installing {'JupyterLab' if requirements == 'requirements.txt' else 'test tools'} into a private environment")
    start = time.time()
    version = VENV / ".python"
    if not version.is_file() or version.read_text() != sys.version:
        shutil.rmtree(VENV, ignore_errors=True)
        run("venv", [sys.executable, "-m", "venv", VENV])
        write(version, sys.version)
    environment = {k: v for k, v in os.environ.items() if k not in ("PYTHONPATH", "PYTHONHOME", "PIP_TARGET", "PIP_USER")}
    run("pip", [python_in(VENV), "-m", "pip", "install", "-r", files[0], "-c", files[1]], env=environment)
    write(stamp, wanted)
    say(f"installed in {time.time() - start:.0f} s")


def kernelspec():
    """Writes the kernelspec 'java' and JupyterLab's settings into the private environment only."""
    template = json.loads((ENVIRONMENT / "kernel.json").read_text())
    template["argv"] = [part.replace("{environment}", str(ENVIRONMENT)) for part in template["argv"]]
    folder = VENV / "share/jupyter/kernels/java"
    folder.mkdir(parents=True, exist_ok=True)
    write(folder / "kernel.json", json.dumps(template, indent=2))
    settings = VENV / "share/jupyter/lab/settings"
    settings.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(ENVIRONMENT / "lab-settings.json", settings / "overrides.json")


def write(path, text):
    beside = path.with_name(path.name + f".{os.getpid()}")
    beside.write_text(text)
    os.replace(beside, path)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--java", required=True)
    parser.add_argument("--need", choices=("library", "lab", "test"), required=True)
    options = parser.parse_args()
    pass_signals_on()
    try:
        feature = java_feature(options.java)
        started = time.time()
        with lock(STATE / "setup.lock"):
            build(options.java, feature)
            if options.need != "library":
                install("requirements.txt")
                kernelspec()
            if options.need == "test":
                install("requirements-test.txt")
            stamp = STATE / f"ready-{options.need}"
            write(stamp, options.java)
            os.utime(stamp, (started, started))  # a source that changed during the set-up is newer than the stamp
    except SetupError as error:
        say(error)
        return 2
    except OSError as error:
        say(f"cannot set up: {error}")
        return 2
    except Stopped as stopped:
        say("stopped; run it again to go on")
        return stopped.status
    return 0


if __name__ == "__main__":
    sys.exit(main())
