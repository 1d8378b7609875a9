"""What cells show: results, output, displays, errors, input, magics."""

import base64
import os
import struct

import harness
from harness import plain


def test_shows_the_value_of_the_last_expression(kernel):
    assert kernel.run("int a = 20;\nint b = 22;\na + b").value == "42"


def test_shows_nothing_for_declarations_statements_and_assignments(kernel):
    for code in ["int quiet = 3;", "int quiet2 = 3", "quiet = 4;", "System.gc();", "// nothing", ""]:
        result = kernel.run(code)
        assert result.reply["content"]["status"] == "ok"
        assert result.value is None, code


def test_shows_arrays_by_their_elements(kernel):
    assert kernel.run("new double[][] {{1, 2}, {3.5}}").value == "[[1.0, 2.0], [3.5]]"


def test_shows_images(kernel):
    result = kernel.run("new java.awt.image.BufferedImage(7, 5, java.awt.image.BufferedImage.TYPE_INT_RGB)")
    png = base64.b64decode(result.of("execute_result")[0]["data"]["image/png"])
    assert struct.unpack(">II", png[16:24]) == (7, 5)


def test_state_stays_between_cells(kernel):
    kernel.run("record Pair(int x, int y) { int sum() { return x + y; } }")
    kernel.run("var pairs = Stream.of(new Pair(1, 2), new Pair(3, 4)).toList();")
    assert kernel.run("pairs.stream().mapToInt(Pair::sum).sum()").value == "10"


def test_declarations_of_a_cell_may_refer_to_later_ones(kernel):
    code = "int even(int n) { return n == 0 ? 1 : odd(n - 1); }\nint odd(int n) { return n == 0 ? 0 : even(n - 1); }\neven(10)"
    assert kernel.run(code).value == "1"


def test_counts_executions(kernel):
    first = kernel.run("1").reply["content"]["execution_count"]
    silent = kernel.run("2", silent=True)
    assert silent.messages == []
    unstored = kernel.run("3", store_history=False)
    assert unstored.value == "3"
    assert kernel.run("4").reply["content"]["execution_count"] == first + 1


def test_characters_beyond_ascii(kernel):
    text = "grüße 日本 😀"
    result = kernel.run(f'System.out.print("{text}"); "{text}"')
    assert (result.stdout, result.value) == (text, text)


def test_streams_while_the_cell_runs(kernel):
    msg_id = kernel.send('System.out.println("early"); Thread.sleep(1500); System.out.println("late");')
    texts = []
    while not texts:
        message = kernel.client.get_iopub_msg(timeout=30)
        if message["msg_type"] == "stream":
            texts.append(message["content"]["text"])
    assert texts == ["early\n"]
    assert kernel.collect(msg_id).stdout == "late\n"


def test_keeps_the_order_of_output_and_displays(kernel):
    result = kernel.run(
        'System.out.print("1"); System.err.print("2"); display("3"); System.out.print("4"); display("5");'
    )
    kinds = [m["msg_type"] for m in result.messages[1:]]
    assert kinds == ["stream", "stream", "display_data", "stream", "display_data"]


def test_large_outputs(kernel):
    assert len(kernel.run('"x".repeat(5_000_000)').value) == 5_000_000
    printed = kernel.run('for (int i = 0; i < 250_000; i++) System.out.println("line " + i + " of many lines");')
    assert printed.stdout.count("\n") == 250_000
    assert len(printed.stdout) > 5_000_000
    assert printed.stdout.endswith("line 249999 of many lines\n")


def test_displays_are_updated_in_place(kernel):
    result = kernel.run(
        'String id = display("0 %"); for (int i = 1; i <= 3; i++) updateDisplay(id, i + " of 3");'
    )
    shown = result.of("display_data")
    updates = result.of("update_display_data")
    assert [u["data"]["text/plain"] for u in updates] == ["1 of 3", "2 of 3", "3 of 3"]
    assert {u["transient"]["display_id"] for u in updates} == {shown[0]["transient"]["display_id"]}


def test_a_display_is_not_shown_again_as_a_result(kernel):
    result = kernel.run('display("once")')
    assert len(result.of("display_data")) == 1
    assert result.value is None


def test_display_in_chosen_forms(kernel):
    shown = kernel.run('display("<b>bold</b>", "text/html");').of("display_data")[0]
    assert shown["data"]["text/html"] == "<b>bold</b>"


def test_looks_like_ijava_to_libraries(kernel):
    result = kernel.run(
        """
        Object found = Class.forName("io.github.spencerpark.ijava.IJava").getMethod("getKernelInstance").invoke(null);
        var running = (io.github.spencerpark.jupyter.kernel.BaseKernel) found;
        class Celsius { double degrees = 21; }
        running.getRenderer().createRegistration(Celsius.class)
            .preferring(io.github.spencerpark.jupyter.kernel.display.mime.MIMEType.TEXT_HTML)
            .register((c, context) -> context.renderIfRequested(
                io.github.spencerpark.jupyter.kernel.display.mime.MIMEType.TEXT_HTML, () -> "<i>" + c.degrees + "</i>"));
        var data = new io.github.spencerpark.jupyter.kernel.display.DisplayData("first");
        data.setDisplayId("of-a-library");
        running.display(data);
        var next = new io.github.spencerpark.jupyter.kernel.display.DisplayData("second");
        next.setDisplayId("of-a-library");
        running.getIO().display.updateDisplay(next);
        new Celsius()
        """
    )
    assert result.error is None, result.traceback
    assert result.of("execute_result")[0]["data"]["text/html"] == "<i>21.0</i>"
    assert result.of("display_data")[0]["data"]["text/plain"] == "first"
    assert result.of("update_display_data")[0]["data"]["text/plain"] == "second"


def test_an_exception_marks_the_line_of_the_cell(kernel):
    result = kernel.run("int zero = 0;\n\nint half = 1;\nint bad = half / zero;\nint never = 1;")
    assert result.error["ename"] == "ArithmeticException"
    assert result.error["evalue"] == "/ by zero"
    assert "-->   4 int bad = half / zero;" in result.traceback
    assert ", line 4" in result.traceback


def test_an_exception_shows_its_causes_and_no_frames_of_the_kernel(kernel):
    kernel.run(
        "void inner() {\n  Integer.parseInt(\"seven\");\n}\n"
        "void outer() {\n  try {\n    inner();\n  } catch (NumberFormatException e) {\n"
        '    throw new IllegalStateException("outer failed", new RuntimeException("between", e));\n  }\n}'
    )
    result = kernel.run("outer();")
    lines = result.traceback.splitlines()
    assert lines[0] == "IllegalStateException: outer failed"
    causes = [line for line in lines if line.startswith("Caused by: ")]
    assert causes == [
        "Caused by: java.lang.RuntimeException: between",
        'Caused by: java.lang.NumberFormatException: For input string: "seven"',
    ]
    assert any("inner (In[" in line and "line 2)" in line for line in lines)
    assert any("Integer.parseInt" in line for line in lines)
    for hidden in ["dev.kindred.kernel", "jdk.internal", "do_it$", "$JShell$", "java.lang.Thread"]:
        assert hidden not in result.traceback
    assert result.reply["content"]["traceback"] == result.error["traceback"]


def test_a_deep_recursion_gives_a_short_traceback(kernel):
    result = kernel.run("int forever(int n) { return forever(n + 1); }\nforever(0)")
    assert result.error["ename"] == "StackOverflowError"
    assert len(result.error["traceback"]) < 40
    assert kernel.run("1 + 1").value == "2"


def test_a_compile_error_points_at_the_place(kernel):
    result = kernel.run('int fine = 1;\nint wrong = "text";\nint unreached = 2;')
    assert result.error["ename"] == "CompileError"
    lines = result.traceback.splitlines()
    marked = next(i for i, line in enumerate(lines) if line.startswith("-->"))
    assert lines[marked].endswith('2 int wrong = "text";')
    assert lines[marked + 1].index("^") == lines[marked].index('"text"')
    assert lines[marked + 1].count("^") == len('"text"')
    assert "incompatible types" in result.traceback
    assert kernel.run("fine").value == "1"


def test_a_syntax_error_and_unfinished_code_are_errors(kernel):
    assert "illegal start of expression" in kernel.run("int s = 1 + ;").traceback
    assert "reached end of file" in kernel.run("void unfinished() {\n  int a = 1;").traceback


def test_a_declaration_that_needs_what_is_nowhere_is_an_error(kernel):
    result = kernel.run("int needy() { return nowhere(); }")
    assert result.error["ename"] == "CompileError"
    assert "nowhere" in result.error["evalue"]


def test_requests_behind_a_failed_one_are_aborted(kernel):
    ids = [
        kernel.send("int before = 1;"),
        kernel.send('Thread.sleep(700); throw new RuntimeException("stop here");'),
        kernel.send("int after = 2;"),
        kernel.send("int last = 3;", stop_on_error=False),
    ]
    replies = [kernel.collect(i).reply["content"]["status"] for i in ids]
    assert replies == ["ok", "error", "aborted", "aborted"]
    assert kernel.run("before").value == "1"
    assert kernel.run("after").error is not None


def test_reads_input_from_a_person(kernel):
    result = kernel.run(
        "var lines = new Scanner(System.in); lines.nextLine() + \"|\" + lines.nextLine()",
        answers=["grüße", "second"],
    )
    assert result.value == "grüße|second"


def test_reading_input_where_nobody_is_asked_is_an_error(kernel):
    result = kernel.run("System.in.read()", allow_stdin=False)
    assert "this front end takes no input" in result.traceback


def test_threads_print_below_their_cell_after_it_has_ended(kernel):
    msg_id = kernel.send('new Thread(() -> { try { Thread.sleep(700); } catch (InterruptedException e) { } System.out.println("later"); }).start();')
    kernel.collect(msg_id)
    while True:
        message = kernel.client.get_iopub_msg(timeout=30)
        if message["msg_type"] == "stream":
            break
    assert message["content"]["text"] == "later\n"
    assert message["parent_header"]["msg_id"] == msg_id


def test_magic_time(kernel):
    result = kernel.run("%%time\nThread.sleep(120);\n6 * 7")
    assert result.value == "42"
    assert result.stdout.startswith("Wall time: ")
    assert kernel.run("%time 6 * 7").value == "42"


def test_magic_lines_keep_the_numbers_of_others(kernel):
    result = kernel.run("%time 1\nint m = 0;\n1 / m")
    assert "-->   3 1 / m" in result.traceback


def test_magic_jars_and_classpath(kernel, tmp_path):
    import subprocess, zipfile

    source = tmp_path / "Greeter.java"
    source.write_text('package added; public class Greeter { public static String greet() { return "from a jar"; } }')
    javac = os.path.join(os.path.dirname(os.path.realpath(harness.java())), "javac")
    subprocess.run([javac, "--release", "17", "-d", tmp_path / "classes", source], check=True)
    jar = tmp_path / "greeter 1.jar"
    with zipfile.ZipFile(jar, "w") as archive:
        archive.write(tmp_path / "classes" / "added" / "Greeter.class", "added/Greeter.class")
    assert kernel.run("added.Greeter.greet()").error is not None
    result = kernel.run(f'%jars "{tmp_path}/greet*.jar"\nadded.Greeter.greet()')
    assert result.value == "from a jar", result.traceback
    missing = kernel.run(f"%classpath {tmp_path}/nothing.jar")
    assert "no such file" in missing.traceback
    (tmp_path / "broken.jar").write_bytes(b"")
    assert "not a jar: " in kernel.run(f"%jars {tmp_path}/broken.jar").traceback
    assert kernel.run("added.Greeter.greet()").value == "from a jar"


def test_a_magic_may_be_assigned_indented_and_in_a_block(kernel, tmp_path):
    """As IJava's users write it."""
    jar = tmp_path / "a.jar"
    jar.write_bytes(b"PK\5\6" + bytes(18))
    result = kernel.run(f"List<String> added = %jars {tmp_path}/*.jar\nadded")
    assert result.value == f"[{jar}]", result.traceback
    assert kernel.run("int before = 1;\n  %time before + 1").value == "2"
    shown = kernel.run(f"  %jars {jar}")
    assert shown.error is None and shown.value is None
    nested = kernel.run(
        "try {\n  %jars /nowhere.jar\n} catch (RuntimeException e) {\n  System.out.print(e.getMessage());\n}"
    )
    assert nested.stdout == "%jars: no such file: /nowhere.jar", nested.traceback
    failed = kernel.run("int first = 1;\nList<String> none = %jars /nowhere.jar\nint third = 1;")
    assert failed.error["ename"] == "MagicError"
    assert "-->   2 List<String> none = %jars /nowhere.jar" in failed.traceback
    assert "JavaKernel" not in failed.traceback
    typed = kernel.run("int typed = 1;\nString text = %nosuchmagic; int broken = one;")
    assert "no magic %nosuchmagic" in typed.traceback


def test_a_remainder_in_code_is_no_magic(kernel):
    assert kernel.run("int b = 4;\nint left = 7\n    %b;\nleft").value == "3"
    assert kernel.run('int maven = 5;\nString s = "share =%d".formatted(7 %maven);\ns').value == "share =2"


def test_magic_load(kernel, tmp_path):
    script = tmp_path / "start.jshell"
    script.write_text("int loaded = 5;\nloaded * 2\n")
    assert kernel.run(f"%load {script}").value == "10"
    assert kernel.run("loaded").value == "5"


def test_magic_maven_speaks_clearly(kernel):
    assert "expected group:artifact:version, found nonsense" in kernel.run("%maven nonsense").traceback


def fake_maven(folder, script):
    """A folder for the PATH with a Maven in it that does as told."""
    folder.mkdir()
    maven = folder / "mvn"
    maven.write_text("#!/bin/sh\n" + script)
    maven.chmod(0o755)
    return f"{folder}{os.pathsep}{os.environ['PATH']}"


def test_magic_maven_shows_the_first_line_of_maven_itself(tmp_path):
    """Debian's Maven begins that line with codes for colours."""
    path = fake_maven(tmp_path / "bin", """
printf '\\033[0m\\033[0m[\\033[1;31mERROR\\033[m] Could not find artifact no.such:thing:jar:1 in central -> [Help 1]\\n'
echo '[ERROR] '
echo '[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.'
echo '[ERROR] For more information about the errors and possible solutions, please read the following articles:'
exit 1
""")
    with harness.Kernel(PATH=path) as kernel:
        result = kernel.run("%maven no.such:thing:1")
    assert result.error["evalue"] == (
        "%maven: Maven cannot resolve this:\nCould not find artifact no.such:thing:jar:1 in central"
    )


def test_magic_load_from_pom_takes_a_body(tmp_path):
    pom = tmp_path / "pom.xml"
    path = fake_maven(tmp_path / "bin", f"""
for argument in "$@"; do
  case "$argument" in
    -Dmdep.outputFile=*) printf '%s' '{tmp_path}/a.jar:{tmp_path}/b.jar' > "${{argument#*=}}" ;;
    */pom.xml) cp "$argument" '{pom}' ;;
  esac
done
""")
    with harness.Kernel(PATH=path) as kernel:
        result = kernel.run(
            "%%loadFromPOM\n<dependency>\n  <groupId>g</groupId><artifactId>a</artifactId><version>1</version>\n</dependency>\n"
        )
        assert result.error is None and result.value is None, result.traceback
        wrong = kernel.run("%%loadFromPOM\n<dependency>")
    assert "<dependencies><dependency>" in pom.read_text() and "<artifactId>a</artifactId>" in pom.read_text()
    assert "not a part of a POM" in wrong.traceback


def test_unknown_magics_say_which_there_are(kernel):
    text = kernel.run("%nosuchmagic 1").traceback
    assert "no magic %nosuchmagic" in text and "%maven" in text
    assert "no magic %%bash" in kernel.run("%%bash\nls").traceback


def test_a_percent_sign_at_the_start_of_a_text_block_is_text(kernel):
    assert kernel.run('String block = """\n%time 1\n""";\nblock.strip()').value == "%time 1"


def test_tracebacks_reach_the_console_of_nbclient():
    import nbclient
    import nbformat
    import pytest
    from harness import Manager

    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_code_cell("int n = 0;\nint q = 10 / n;")]
    )
    client = nbclient.NotebookClient(notebook, kernel_name="java", kernel_manager_class=Manager, timeout=120)
    with pytest.raises(nbclient.exceptions.CellExecutionError) as caught:
        client.execute()
    text = plain(str(caught.value))
    assert "-->   2 int q = 10 / n;" in text
    assert "ArithmeticException: / by zero" in text
    assert "dev.kindred.kernel" not in text


def test_prints_are_not_lost_after_a_cell_has_closed_the_streams(kernel):
    kernel.run('System.out.print("before"); System.out.close(); System.err.close();')
    result = kernel.run('System.out.print("out"); System.err.print("err"); System.out.checkError()')
    assert (result.stdout, result.stderr, result.value) == ("out", "err", "false")


def test_a_text_that_no_class_can_hold_is_refused(kernel):
    kernel.run("int before = 6;")
    result = kernel.run('String much = "' + "x" * 1_000_000 + '";')
    assert result.error["ename"] == "CompileError"
    assert "more than 65535 bytes" in result.error["evalue"]
    assert kernel.run('String most = "' + "x" * 65_000 + '"; most.length()').value == "65000"
    assert kernel.run("before * 7").value == "42"
    assert kernel.run('throw new IllegalStateException("later")').error["evalue"] == "later"
    assert kernel.run("String much = \"little\"; much").value == "little"


def test_code_that_is_too_deep_for_the_compiler_is_an_error(kernel):
    deep = "(" * 20_000 + "1" + ")" * 20_000
    kernel.run("int above = 6;")
    result = kernel.run("int deep = " + deep + ";")
    assert result.error["ename"] == "StackOverflowError"
    assert "nested too deeply" in result.error["evalue"]
    assert result.reply["content"]["status"] == "error"
    assert kernel.run("above * 7").value == "42"
    for question in ["complete", "inspect"]:
        assert kernel.ask(question, deep, len(deep))["status"] in ("ok", "error")
    assert kernel.ask("is_complete", deep)["status"] in ("complete", "incomplete", "invalid", "unknown")
    assert kernel.run("above * 7").value == "42"
