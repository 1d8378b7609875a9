"""Runs pitest package by package, adds up what was killed, and holds the survivors against the committed list."""

import argparse
import csv
import os
import subprocess
import sys
import time
import xml.etree.ElementTree as ElementTree
import zipfile
from collections import Counter
from pathlib import Path

from setup import ROOT, STATE, lock, maven

MEASURE = "dev.kindred.measure"
PACKAGES = ("alignment", "canonical", "functional", "geometry", "kernel", "measure", "neighbourhood", "statistics", "topology",
            "transport")
# The measures whose reference values reach a package where these are not the package's own, as package/name.
REACHED_BY = {
    "measure": ".*",
    "transport": "alignment/(partial-)?soft-matching|alignment/permutation-.*",
}
# How many references of one specification, where there are many measures.
REFERENCES = {"kernel": 5, "measure": 1}
# Beside them each package's own tests, and tests of others that reach it. The property tests would double the time and kill
# hardly more.
MORE_TESTS = {
    "alignment": ("alignment.*Test", "TrialsTest"),
    "canonical": ("canonical.*Test", "AllPairsTest"),
    "kernel": ("kernel.*Test", "AllPairsTest", "PermutableTest", "TrialsTest"),
    "measure": ("alignment.HeldOutScoresTest", "AllPairsTest", "CheckpointTest", "FeaturesTest", "MeasuresTest", "PermutableTest",
                "RoundingErrorTest", "TrialsTest"),
    "statistics": ("statistics.*Test",),
}
# Removing a report of progress, a look at the interrupt flag or a line of a log changes no value.
NOT_REMOVED = "org.slf4j,java.util.logging,dev.kindred.base.Progress"
# Time for a test, as a multiple of what it took unbroken and beyond that: a busy machine must not pass for an endless loop.
TIMEOUT_FACTOR = 4
TIMEOUT_MS = 4000
LEAST_SHARE = 0.85
SURVIVORS = ROOT / "lib/kindred/src/test/mutation/survivors.csv"
ORACLE = ROOT / "lib/kindred/src/test/resources/dev/kindred/oracle"
FIELDS = ("class", "method", "mutator", "description", "count", "reason")


def unpack():
    """The inputs of reference values as files of their own, and where they are."""
    folder = STATE / "mutation/inputs"
    for archive in ORACLE.glob("*.npz"):
        with zipfile.ZipFile(archive) as entries:
            entries.extractall(folder / archive.name)
    return folder


def run(package, java, threads, changed):
    """Runs pitest on one package and returns its report."""
    classes = f"{MEASURE}.*" if package == "measure" else f"{MEASURE}.{package}.*"
    tests = [f"{MEASURE}.{test}" for test in MORE_TESTS.get(package, (f"{package}.*Test",))]
    arguments = ["-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Djunit.jupiter.extensions.autodetection.enabled=true"]
    if package != "statistics":
        tests.append(f"{MEASURE}.MutatedMeasures")
        arguments.append(f"-Dkindred.oracle={unpack()}")
        arguments.append(f"-Dkindred.measures={REACHED_BY.get(package, package + '/.*')}")
    if package in REFERENCES:
        arguments.append(f"-Dkindred.references={REFERENCES[package]}")
    reports = STATE / "mutation" / package
    history = reports / "history"
    # The tests' own parallel parts would take the cores from each other.
    environment = dict(os.environ, JAVA_HOME=str(Path(java).resolve().parents[1]), OMP_NUM_THREADS="1")
    command = [
        maven(), "-B", "-ntp", "-f", str(ROOT / "pom.xml"), "-pl", "lib/kindred", "test-compile",
        "org.pitest:pitest-maven:mutationCoverage", f"-DtargetClasses={classes}", f"-DtargetTests={','.join(tests)}",
        f"-DavoidCallsTo={NOT_REMOVED}", f"-Dthreads={threads}", f"-DreportsDirectory={reports}", f"-DhistoryOutputFile={history}",
        "-DexcludedGroups=large",
        f"-DtimeoutFactor={TIMEOUT_FACTOR}", f"-DtimeoutConstant={TIMEOUT_MS}", f"-DjvmArgs={','.join(arguments)}",
    ]
    if changed:
        command.append(f"-DhistoryInputFile={history}")
    if package == "measure":
        command.append(f"-DexcludedClasses={MEASURE}.*.*")
    log = STATE / f"logs/mutation-{package}.log"
    log.parent.mkdir(parents=True, exist_ok=True)
    with lock(STATE / "maven.lock"), open(log, "wb") as out:
        status = subprocess.run(command, stdout=out, stderr=subprocess.STDOUT, stdin=subprocess.DEVNULL, env=environment).returncode
    if status != 0:
        raise SystemExit(f"kindred: pitest of {package} ended with status {status}; see {log}")
    return reports / "mutations.xml"


def read(report):
    """How many mutants ended how, and the survivors by class, method, mutator and description."""
    statuses, survivors = Counter(), Counter()
    for mutant in ElementTree.parse(report).getroot().iter("mutation"):
        statuses[mutant.get("status")] += 1
        if mutant.get("status") in ("SURVIVED", "NO_COVERAGE"):
            survivors[(
                mutant.findtext("mutatedClass").removeprefix(MEASURE + "."),
                mutant.findtext("mutatedMethod"),
                mutant.findtext("mutator").rsplit(".", 1)[-1].removesuffix("Mutator"),
                mutant.findtext("description").replace(MEASURE + ".", "").replace("dev/kindred/measure/", ""),
            )] += 1
    return statuses, survivors


def package_of(name):
    return name.split(".")[0] if "." in name else "measure"


def listed():
    """The committed survivors: count and reason by key."""
    if not SURVIVORS.is_file():
        return {}
    with open(SURVIVORS, newline="", encoding="utf-8") as lines:
        return {tuple(row[field] for field in FIELDS[:4]): (int(row["count"]), row["reason"]) for row in csv.DictReader(lines)}


def write(survivors):
    SURVIVORS.parent.mkdir(parents=True, exist_ok=True)
    with open(SURVIVORS, "w", newline="", encoding="utf-8") as out:
        rows = csv.writer(out, lineterminator="\n")
        rows.writerow(FIELDS)
        for key, (count, reason) in sorted(survivors.items()):
            rows.writerow([*key, count, reason])


def judge(package, survivors, known):
    """Survivors beyond the list, and listed ones without a reason."""
    complaints = []
    for key, count in sorted(survivors.items()):
        allowed, reason = known.get(key, (0, ""))
        if count > allowed:
            complaints.append(f"new survivor: {' '.join(key)} ({count}, listed {allowed})")
        elif not reason.strip():
            complaints.append(f"listed without a reason: {' '.join(key)}")
    return complaints


def row(name, statuses):
    mutants = sum(statuses.values())
    survived = statuses["SURVIVED"] + statuses["NO_COVERAGE"]
    share = (mutants - survived) / mutants if mutants else 1
    stopped = statuses["TIMED_OUT"] + statuses["MEMORY_ERROR"] + statuses["RUN_ERROR"]
    return share, f"| {name} | {mutants} | {mutants - survived} | {stopped} | {survived} | {100 * share:.1f} % |"


def main():
    parser = argparse.ArgumentParser(prog="environment/mutation", description="Mutation testing of the measures.")
    parser.add_argument("packages", nargs="*", metavar="PACKAGE", help="of " + ", ".join(PACKAGES) + "; all without")
    parser.add_argument("--threads", type=int, default=2, help="mutants tested at a time")
    parser.add_argument("--changed", action="store_true", help="keep results of the last run where class and tests are the same")
    parser.add_argument("--update", action="store_true", help="rewrite the list of survivors, reasons kept, instead of judging by it")
    parser.add_argument("--last", action="store_true", help="judge the reports of the last run again")
    parser.add_argument("--java", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    unknown = set(options.packages) - set(PACKAGES)
    if unknown:
        parser.error(f"no package is named {', '.join(sorted(unknown))}; there are {', '.join(PACKAGES)}")
    known = listed()
    total, complaints, rows = Counter(), [], []
    for package in options.packages or PACKAGES:
        start = time.time()
        report = STATE / "mutation" / package / "mutations.xml"
        statuses, survivors = read(report if options.last else run(package, options.java, options.threads, options.changed))
        print(f"{package}: {sum(statuses.values())} mutants in {time.time() - start:.0f} s", flush=True)
        share, line = row(f"`{package}`", statuses)
        rows.append(line)
        total += statuses
        if share < LEAST_SHARE:
            complaints.append(f"{package}: {100 * share:.1f} % killed; expected at least {100 * LEAST_SHARE:.0f} %")
        if options.update:
            reasons = {key: reason for key, (_, reason) in known.items()}
            known = {key: value for key, value in known.items() if package_of(key[0]) != package}
            known |= {key: (count, reasons.get(key, "")) for key, count in survivors.items()}
        else:
            complaints += judge(package, survivors, known)
    rows.append(row("all", total)[1])
    print("\n| package | mutants | killed | of these stopped | survived | share |\n|---|---|---|---|---|---|\n" + "\n".join(rows))
    if options.update:
        write(known)
    for complaint in complaints:
        print(complaint)
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())
