"""What environment/test adds up: nothing that was skipped or broken may vanish."""

import importlib.util
from pathlib import Path

# By its file, as the standard library has a module of the same name.
SPEC = importlib.util.spec_from_file_location("runner", Path(__file__).resolve().parents[1] / "tools/test.py")
runner = importlib.util.module_from_spec(SPEC)
SPEC.loader.exec_module(runner)


def test_every_skipped_test_is_counted_and_named_with_its_reason(tmp_path, capsys):
    report = tmp_path / "TEST-A.xml"
    report.write_text("""<testsuite name="A" tests="6" skipped="2">
        <testcase classname="A" name="good"/>
        <testcase classname="A" name="wrong"><failure message="1 is not 2">trace</failure></testcase>
        <testcase classname="A" name="broken"><error message="no such file">trace</error></testcase>
        <testcase classname="A" name="images(String)[1]"><skipped message="../shared/data is not here"/></testcase>
        <testcase classname="A" name="images(String)[2]"><skipped><![CDATA[../shared/data is not here
            at B]]></skipped></testcase>
        <testcase classname="A" name="without a reason"><skipped/></testcase>
    </testsuite>""")
    count = runner.Count()
    assert count.add(report) == ["A.wrong", "A.broken"]
    assert (count.passed, count.failed, count.skipped) == (1, 2, 3)
    assert capsys.readouterr().out.splitlines() == [
        "  skipped: A.images(String)[1]: ../shared/data is not here",
        "  skipped: A.images(String)[2]: ../shared/data is not here",
        "  skipped: A.without a reason: no reason given",
    ]
