"""Breaks formulas of the measures on purpose, one at a time, in a clone of the project alone, and tells which tests fail.

The clone lies in a folder of its own, so that nothing beside the project is there. Ends with a status other than 0 if a broken
formula passes every test.
"""

import argparse
import os
import re
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from setup import ROOT, maven

MEASURES = "lib/kindred/src/main/java/dev/kindred/measure"
TESTS = "OracleTest,VariantReferencesTest"

# What is broken, where, the text that is there, and what stands in its place.
FORMULAS = (
    ("PWCCA: weights squared", "canonical/Pwcca", "+= Math.abs(column[i]);", "+= column[i] * column[i];"),
    ("GULP: eigenvalues × 3", "canonical/Gulp", "* (basis.s()[i] / largest) / total;", "* (basis.s()[i] / largest) * 3 / total;"),
    ("SVCCA: threshold × 0.95", "canonical/Svcca", "sum < variance * total", "sum < 0.95 * variance * total"),
    ("eigenspace overlap: smaller width", "canonical/EigenspaceOverlap", "= Math.max(((Ortho", "= Math.min(((Ortho"),
    ("rank similarity: 2 + |r − s|", "neighbourhood/RankSimilarity", "(1 + Math.abs(r - s))", "(2 + Math.abs(r - s))"),
    ("uniformity: t = 1", "geometry/UniformityDifference", "double T = 2;", "double T = 1;"),
    ("magnitude × 2", "geometry/MagnitudeDifference", "new Statistic(mean", "new Statistic(2 * mean"),
    ("concentricity × ½", "geometry/ConcentricityDifference", "new Statistic(sum / n)", "new Statistic(sum / n / 2)"),
    ("shape: gain without root", "alignment/Shape", "/ Math.sqrt(eigenvalue);", "/ eigenvalue;"),
    ("mini-batch CKA: means taken for ratios and ratios for means", "kernel/Embedder", "average() == Batches.Average.MEAN",
     "average() != Batches.Average.MEAN"),
    ("linear predictivity, gcv: one degree of freedom more", "alignment/Ridge", "double freedom = n - 1 -", "double freedom = n -"),
    ("soft matching: scored on training folds", "alignment/SoftMatching", "(x.heldOut()[f], y.heldOut()[f])",
     "(x.training()[f], y.training()[f])"),
    ("Procrustes predictivity: rotated the wrong way", "alignment/ProcrustesPredictivity", "predict(b, right, left, a, backward)",
     "predict(b, right, right, a, backward)"),
    ("ranks: rounding breaks ties", "kernel/Ranks", "ROUNDING = 0x1p-40", "ROUNDING = 0"),
    ("weighted R²: units without variance count", "alignment/HeldOutScore", "deviation > 0 ? error : 0", "error"),
)


def run(clone, java, *goals):
    environment = dict(os.environ, JAVA_HOME=str(Path(java).resolve().parents[1]))
    return subprocess.run([maven(), "-q", "-B", "-ntp", "-f", str(clone / "pom.xml"), "-pl", "lib/kindred", *goals],
                          capture_output=True, text=True, stdin=subprocess.DEVNULL, env=environment)


def failed(clone, java):
    """The tests that fail, by the measure's specification where there is one."""
    reports = clone / "lib/kindred/target/surefire-reports"
    for report in reports.glob("TEST-*.xml"):
        report.unlink()
    result = run(clone, java, "surefire:test", f"-Dtest={TESTS}", "-Dmaven.test.failure.ignore=true")
    total, failures = 0, []
    for report in reports.glob("TEST-*.xml"):
        for case in ElementTree.parse(report).getroot().iter("testcase"):
            total += 1
            problem = case.find("failure") if case.find("failure") is not None else case.find("error")
            if problem is not None:
                name = re.search(r"\[([a-z-]+(?:\[[^\]]*\])?) on ", problem.text or "")
                failures.append(name.group(1) if name else case.get("name"))
    if not total:
        raise SystemExit("kindred: no tests ran\n" + result.stdout + result.stderr)
    return total, failures


def main():
    parser = argparse.ArgumentParser(prog="environment/mutation --formulas", description=__doc__)
    parser.add_argument("--java", required=True, help=argparse.SUPPRESS)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="kindred-formulas-") as folder:
        clone = Path(folder) / "clone"
        subprocess.run(["git", "clone", "-q", str(ROOT), str(clone)], check=True)
        built = run(clone, options.java, "test-compile", "dependency:build-classpath", "-Dmdep.outputFile=target/classpath")
        if built.returncode:
            raise SystemExit("kindred: the clone does not build\n" + built.stdout)
        target = clone / "lib/kindred/target"
        javac = [str(Path(options.java).resolve().parent / "javac"), "--release", "17", "-encoding", "UTF-8", "-d",
                 str(target / "classes"), "-cp", f"{target / 'classes'}{os.pathsep}{(target / 'classpath').read_text()}"]
        total, failures = failed(clone, options.java)
        print(f"whole: {total} tests, {len(failures)} failed\n")
        survived = list(failures)
        print("| broken formula | tests that fail | among them |\n|---|---|---|")
        for name, file, there, instead in FORMULAS:
            source = clone / MEASURES / f"{file}.java"
            text = source.read_text()
            if text.count(there) != 1:
                raise SystemExit(f"kindred: {file} no longer has '{there}' once; mend the list in {Path(__file__).name}")
            source.write_text(text.replace(there, instead))
            subprocess.run([*javac, str(source)], check=True)
            _, failures = failed(clone, options.java)
            source.write_text(text)
            subprocess.run([*javac, str(source)], check=True)
            print(f"| {name} | {len(failures)} | {', '.join(f'`{f}`' for f in sorted(set(failures))[:3])} |", flush=True)
            if not failures:
                survived.append(name)
    for name in survived:
        print(f"passes every test: {name}")
    return 1 if survived else 0


if __name__ == "__main__":
    sys.exit(main())
