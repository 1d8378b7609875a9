"""What editors and consoles ask: completion, documentation, completeness, history, information."""

import subprocess
import zipfile
from pathlib import Path

import harness
import pytest
from harness import Kernel


def complete(kernel, code, cursor=None):
    reply = kernel.ask("complete", code, len(code) if cursor is None else cursor)
    assert reply["status"] == "ok"
    return reply


def inspect(kernel, code, cursor=None):
    reply = kernel.ask("inspect", code, len(code) if cursor is None else cursor)
    assert reply["status"] == "ok"
    return reply["data"]["text/plain"] if reply["found"] else None


def test_completes_members(kernel):
    kernel.run('String word = "abc";')
    reply = complete(kernel, "word.toUp")
    assert "toUpperCase(" in reply["matches"]
    assert (reply["cursor_start"], reply["cursor_end"]) == (5, 9)


def test_completes_types(kernel):
    assert "StringBuilder" in complete(kernel, "StringBu")["matches"]


def test_completes_packages_from_the_first_moment_on():
    """JShell reads them in the background when it starts."""
    with Kernel() as fresh:
        reply = complete(fresh, "import java.ut")
        assert (reply["matches"], reply["cursor_start"]) == (["util."], len("import java."))
        assert "spencerpark." in complete(fresh, "import io.github.")["matches"]


def test_completes_what_the_cell_itself_declares(kernel):
    code = "var table = new HashMap<String, Integer>();\nint other = 3;\ntable.putIf"
    reply = complete(kernel, code)
    assert reply["matches"] == ["putIfAbsent("]
    assert reply["cursor_start"] == code.index("putIf")


def test_positions_count_characters_not_utf16_units(kernel):
    reply = complete(kernel, '"😀😀".len')
    assert reply["matches"] == ["length()"]
    assert (reply["cursor_start"], reply["cursor_end"]) == (5, 8)


def test_completes_in_the_middle(kernel):
    assert "toLowerCase(" in complete(kernel, "word.toLow + 1", 10)["matches"]


def test_no_completion_is_an_empty_answer(kernel):
    assert complete(kernel, "nobody.knows")["matches"] == []


def test_describes_signatures(kernel):
    assert "int Math.max(int a, int b)" in inspect(kernel, "Math.max(1, 2)", 7)
    assert "String.substring(int beginIndex)" in inspect(kernel, "word.substring")
    assert inspect(kernel, "unknownName") is None


@pytest.fixture(scope="module")
def documented_jar(tmp_path_factory):
    """A library with its sources jar beside it."""
    folder = tmp_path_factory.mktemp("library")
    source = folder / "Shelf.java"
    source.write_text(
        "package books;\n/** Holds {@code books} in order. */\npublic class Shelf {\n"
        "  /**\n   * Counts the books.\n   *\n   * @param colour which to count\n   */\n"
        "  public int count(String colour) { return 3; }\n}\n"
    )
    javac = Path(harness.java()).resolve().parent / "javac"
    subprocess.run([javac, "--release", "17", "-g", "-d", folder, source], check=True)
    with zipfile.ZipFile(folder / "shelf-1.0.jar", "w") as jar:
        jar.write(folder / "books" / "Shelf.class", "books/Shelf.class")
    with zipfile.ZipFile(folder / "shelf-1.0-sources.jar", "w") as jar:
        jar.write(source, "books/Shelf.java")
    return str(folder / "shelf-1.0.jar")


def test_describes_libraries_with_the_javadoc_of_their_sources(documented_jar):
    with Kernel(extra_classpath=[documented_jar]) as kernel:
        kernel.run("import books.Shelf; var shelf = new Shelf();")
        method = inspect(kernel, 'shelf.count("red")', 8)
        assert "int Shelf.count(String colour)" in method
        assert "Counts the books." in method
        assert "Holds books in order." in inspect(kernel, "Shelf", 3)
        assert "count(" in complete(kernel, "shelf.co")["matches"]


@pytest.mark.parametrize(
    "code, status",
    [
        ("int x = 1;", "complete"),
        ("1 + 1", "complete"),
        ("if (true) System.gc();", "complete"),
        ("", "complete"),
        ("%maven a:b:1", "complete"),
        ("  %maven a:b:1", "complete"),
        ("var jars = %jars a.jar", "complete"),
        ("if (true) {\n  %jars a.jar", "incomplete"),
        ("int x = ", "incomplete"),
        ("for (int i = 0; i < 3; i++) {", "incomplete"),
        ("String t = \"\"\"\nabc", "incomplete"),
        ("/* comment", "incomplete"),
        ("int x = )", "invalid"),
    ],
)
def test_completeness(kernel, code, status):
    assert kernel.ask("is_complete", code)["status"] == status


def test_indents_the_next_line(kernel):
    assert kernel.ask("is_complete", "class A {\n  void f() {")["indent"] == "    "


def test_history(kernel):
    kernel.run("int remembered = 11;")
    count = kernel.run("int alsoRemembered = 12;").reply["content"]["execution_count"]
    tail = kernel.ask("history", hist_access_type="tail", n=2, raw=True, output=False)["history"]
    assert tail == [[0, count - 1, "int remembered = 11;"], [0, count, "int alsoRemembered = 12;"]]
    found = kernel.ask(
        "history", hist_access_type="search", pattern="*alsoRem*", n=5, raw=True, output=False
    )["history"]
    assert found[-1] == [0, count, "int alsoRemembered = 12;"]
    span = kernel.ask(
        "history", hist_access_type="range", session=0, start=count, stop=count + 1, raw=True, output=False
    )["history"]
    assert span == [[0, count, "int alsoRemembered = 12;"]]


def test_kernel_info(kernel):
    info = kernel.ask("kernel_info")
    assert info["protocol_version"].startswith("5.")
    assert info["language_info"]["name"] == "java"
    assert info["language_info"]["version"].startswith(str(harness.java_version()))
    assert info["implementation"] == "kindred-kernel"


def test_comm_info(kernel):
    assert kernel.ask("comm_info")["comms"] == {}
