"""Runs every test and adds up the results: Maven's modules, then the Python suites."""

import argparse
import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from setup import ROOT, STATE, Stopped, java_feature, lock, maven, pass_signals_on, say

KERNEL = ROOT / "lib/kernel/src/test/python"
SCRIPTS = ROOT / "environment/tests"


class Count:
    """Tests that passed, failed and were skipped."""

    def __init__(self):
        self.passed = self.failed = self.skipped = 0

    def add(self, report):
        """Adds one JUnit XML report and returns the failed tests' names."""
        failures = []
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            if case.find("failure") is not None or case.find("error") is not None:
                self.failed += 1
                failures.append(f"{case.get('classname')}.{case.get('name')}")
            elif case.find("skipped") is not None:
                self.skipped += 1
                skipped = case.find("skipped")
                reason = (skipped.get("message") or skipped.text or "no reason given").strip().splitlines()[0]
                print(f"  skipped: {case.get('classname')}.{case.get('name')}: {reason}")
            else:
                self.passed += 1
        return failures


def run_maven(count, java, log):
    """Builds and tests every module; a failure that no test accounts for counts as one."""
    for module in (ROOT / "lib").iterdir():
        for report in (module / "target/surefire-reports").glob("TEST-*.xml"):
            report.unlink()
    environment = dict(os.environ, JAVA_HOME=str(Path(java).resolve().parents[1]))
    with lock(STATE / "maven.lock"), open(log, "wb") as out:
        status = subprocess.run(
            [maven(), "-q", "-B", "-ntp", "-f", str(ROOT / "pom.xml"), "verify", "-Dmaven.test.failure.ignore=true"],
            stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=environment,
        ).returncode
    failures = []
    for report in sorted(ROOT.glob("lib/*/target/surefire-reports/TEST-*.xml")):
        failures += count.add(report)
    if status != 0:
        count.failed += 1
        failures.append(f"mvn verify ended with status {status}; the end of {log}:\n" + tail(log))
    return failures


def run_pytest(count, name, folder, java):
    report = STATE / f"logs/{name.replace(' ', '-')}.xml"
    report.unlink(missing_ok=True)
    log = report.with_suffix(".log")
    with open(log, "wb") as out:
        status = subprocess.run(
            [sys.executable, "-B", "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", str(folder)],
            stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=dict(os.environ, KINDRED_JAVA=str(java)),
        ).returncode
    failures = count.add(report) if report.is_file() else []
    if status not in (0, 1, 5) or (status == 1 and not failures):
        count.failed += 1
        failures.append(f"pytest {name} ended with status {status}")
    if failures:
        failures.append(f"the end of {log}:\n" + tail(log))
    return failures


def tail(log, lines=60):
    return "\n".join("    " + line for line in log.read_text(errors="replace").splitlines()[-lines:])


def main():
    parser = argparse.ArgumentParser(prog="environment/test", description=__doc__)
    parser.add_argument("--java", required=True, help=argparse.SUPPRESS)
    parser.add_argument("--kernel-java", action="append", default=[], metavar="JAVA",
                        help="run the kernel's suite on this JDK's bin/java, too; may be given again")
    options = parser.parse_args()
    pass_signals_on()
    try:
        with lock(STATE / "test.lock", "environment/test"):
            return run_all(options.java, options.kernel_java)
    except Stopped as stopped:
        say("stopped; nothing that it had started is left")
        return stopped.status


def run_all(java, more_for_the_kernel):
    (STATE / "logs").mkdir(parents=True, exist_ok=True)
    build = STATE / "build" / (STATE / "current").read_text()
    os.environ["KINDRED_KERNEL_CLASSPATH"] = (build / "kernel.classpath").read_text()
    count = Count()
    suites = [("mvn verify", lambda: run_maven(count, java, STATE / "logs/verify.log"))]
    versions = {java_feature(other): other for other in [*reversed(more_for_the_kernel), java]}
    for feature, other in sorted(versions.items()):
        name = f"kernel on Java {feature}"
        suites.append((name, lambda name=name, other=other: run_pytest(count, name, KERNEL, other)))
    suites.append(("scripts", lambda: run_pytest(count, "scripts", SCRIPTS, java)))
    for name, suite in suites:
        start = time.time()
        print(f"{name} …", flush=True)
        failures = suite()
        print(f"{name}: {'FAILED' if failures else 'good'} after {time.time() - start:.0f} s", flush=True)
        for failure in failures:
            print(f"  {failure}", flush=True)
    print(f"{count.passed} passed, {count.failed} failed, {count.skipped} skipped", flush=True)
    return 1 if count.failed or not count.passed else 0


if __name__ == "__main__":
    sys.exit(main())
