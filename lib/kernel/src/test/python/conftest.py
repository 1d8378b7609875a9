"""One kernel serves every test that leaves it alive; measured times are printed at the end."""

import pytest

from harness import Kernel

MEASURED = {}


@pytest.fixture(scope="session")
def kernel():
    with Kernel() as running:
        yield running


@pytest.fixture
def measure():
    """Records a time under a name, beside what is required of it."""

    def record(name, seconds, required):
        MEASURED.setdefault((name, required), []).append(seconds)

    return record


def pytest_terminal_summary(terminalreporter):
    if not MEASURED:
        return
    terminalreporter.write_line("measured (seconds):")
    for (name, required), values in sorted(MEASURED.items()):
        terminalreporter.write_line(
            f"  {name}: median {sorted(values)[len(values) // 2]:.2f}, worst {max(values):.2f}"
            f" of {len(values)}; required {required:g}"
        )
