"""Starts the kernel and talks to it, as Jupyter does."""

import os
import queue
import shutil
import subprocess
import sys
import time
from pathlib import Path

from jupyter_client.kernelspec import KernelSpec
from jupyter_client.manager import KernelManager

MODULE = Path(__file__).resolve().parents[3]
#: A machine shared with other work may be this much slower than the requirement says.
PATIENCE = float(os.environ.get("KINDRED_TEST_PATIENCE", "6"))


def java():
    return os.environ.get("KINDRED_JAVA") or shutil.which("java")


def java_version():
    out = subprocess.run([java(), "-version"], capture_output=True, text=True).stderr
    return int(out.split('"')[1].split(".")[0])


def classpath():
    """KINDRED_KERNEL_CLASSPATH, or what the build left in target/."""
    given = os.environ.get("KINDRED_KERNEL_CLASSPATH")
    if given:
        return given
    target = MODULE / "target"
    libraries = target / "classpath.txt"
    if not libraries.exists():
        sys.exit(f"{libraries} is missing: run mvn package -pl lib/kernel, or set KINDRED_KERNEL_CLASSPATH")
    return os.pathsep.join([str(target / "classes"), libraries.read_text().strip()])


def argv(connection_file="{connection_file}", extra=()):
    version = java_version()
    crashes = MODULE / "target/hs_err_pid%p.log"
    flags = ["-Djava.awt.headless=true", f"-XX:ErrorFile={crashes}", "--add-opens=jdk.jshell/jdk.jshell=ALL-UNNAMED"]
    if version >= 22:
        flags += ["--enable-native-access=ALL-UNNAMED", "--sun-misc-unsafe-memory-access=allow"]
    cp = os.pathsep.join([classpath(), *extra])
    return [java(), *flags, "-cp", cp, "dev.kindred.kernel.Main", connection_file]


class Manager(KernelManager):
    """A manager of the kernel under test; no kernelspec needs to be installed."""

    extra_classpath = ()

    @property
    def kernel_spec(self):
        return KernelSpec(
            argv=argv(extra=self.extra_classpath),
            display_name="Java",
            language="java",
            interrupt_mode="message",
        )


class Result:
    """All that came of one cell."""

    def __init__(self):
        self.messages = []
        self.reply = None

    def of(self, kind):
        return [m["content"] for m in self.messages if m["msg_type"] == kind]

    @property
    def stdout(self):
        return "".join(c["text"] for c in self.of("stream") if c["name"] == "stdout")

    @property
    def stderr(self):
        return "".join(c["text"] for c in self.of("stream") if c["name"] == "stderr")

    @property
    def value(self):
        results = self.of("execute_result")
        return results[0]["data"]["text/plain"] if results else None

    @property
    def error(self):
        errors = self.of("error")
        return errors[0] if errors else None

    @property
    def traceback(self):
        return plain("\n".join(self.error["traceback"])) if self.error else ""


def plain(text):
    import re

    return re.sub(r"\x1b\[[0-9;]*m", "", text)


class Kernel:
    """A running kernel with a client."""

    def __init__(self, extra_classpath=(), **environment):
        self.manager = Manager()
        self.manager.extra_classpath = extra_classpath
        started = time.monotonic()
        self.manager.start_kernel(env={**os.environ, **environment})
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)
        self.ready_seconds = time.monotonic() - started

    @property
    def pid(self):
        return self.manager.provisioner.process.pid

    def send(self, code, **options):
        return self.client.execute(code, **options)

    def collect(self, msg_id, timeout=60, answers=()):
        """Waits for the end of a request; ``answers`` are given to input requests in turn."""
        result, answers = Result(), list(answers)
        deadline = time.monotonic() + timeout
        idle = False
        while not idle:
            if answers:
                try:
                    self.client.get_stdin_msg(timeout=0.05)
                    self.client.input(answers.pop(0))
                except queue.Empty:
                    pass
            try:
                message = self.client.get_iopub_msg(timeout=0.05 if answers else 1)
            except queue.Empty:
                message = None
            if time.monotonic() > deadline:
                raise TimeoutError(f"no end after {timeout} s; so far {result.messages}")
            if message is None or message["parent_header"].get("msg_id") != msg_id:
                continue
            result.messages.append(message)
            idle = message["msg_type"] == "status" and message["content"]["execution_state"] == "idle"
        while result.reply is None or result.reply["parent_header"].get("msg_id") != msg_id:
            result.reply = self.client.get_shell_msg(timeout=max(1, deadline - time.monotonic()))
        result.messages = [m for m in result.messages if m["msg_type"] != "status"]
        return result

    def run(self, code, timeout=60, answers=(), **options):
        options.setdefault("allow_stdin", bool(answers))
        return self.collect(self.send(code, **options), timeout, answers)

    def ask(self, method, *arguments, **options):
        """A request other than execution; returns the content of its reply."""
        msg_id = getattr(self.client, method)(*arguments, **options)
        deadline = time.monotonic() + 60
        while time.monotonic() < deadline:
            reply = self.client.get_shell_msg(timeout=60)
            if reply["parent_header"].get("msg_id") == msg_id:
                return reply["content"]
        raise TimeoutError(method)

    def stop(self):
        self.client.stop_channels()
        started = time.monotonic()
        self.manager.shutdown_kernel()
        return time.monotonic() - started

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self.manager.has_kernel:
            self.client.stop_channels()
            self.manager.shutdown_kernel(now=True)
