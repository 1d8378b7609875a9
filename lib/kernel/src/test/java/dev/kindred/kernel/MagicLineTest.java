package dev.kindred.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MagicLineTest {
  private static List<String> calls(String code) {
    return MagicLine.find(code, 0).stream().map(MagicLine::call).toList();
  }

  private static List<String> alone(String code) {
    return MagicLine.find(code, 0).stream().filter(MagicLine::alone).map(MagicLine::call).toList();
  }

  @Test
  void standsAtTheStartOfAStatement() {
    assertThat(alone("%jars a b\nint x = 1;\n  %time x \n\t%load y"))
        .containsExactly("jars a b", "time x", "load y");
    assertThat(alone("void f() { }\n  %maven a:b:1")).containsExactly("maven a:b:1");
  }

  @Test
  void standsBehindAnEqualsSign() {
    assertThat(calls("List<String> added = %jars a.jar\nadded.size()"))
        .containsExactly("jars a.jar");
    assertThat(alone("List<String> added = %jars a.jar")).isEmpty();
  }

  @Test
  void standsInABlock() {
    assertThat(calls("if (true) {\n  %jars a.jar\n}")).containsExactly("jars a.jar");
    assertThat(alone("if (true) {\n%jars a.jar\n}")).isEmpty();
  }

  @Test
  void aRemainderIsNoMagic() {
    assertThat(calls("int r = 7 %b;\nint s = total\n    %b;\nr %= b; int t = r % b;")).isEmpty();
  }

  @Test
  void stringsAndCommentsHoldNone() {
    assertThat(calls("String s = \"share =%d\";\nchar c = '\\''; // = %d\n/* a =\n%time */"))
        .isEmpty();
    assertThat(calls("String t = \"\"\"\n%time \\\"\"\" 1\n  %x\n\"\"\";\n%time t"))
        .containsExactly("time t");
    assertThat(calls("String open = \"not closed\n%time 1")).containsExactly("time 1");
  }

  @Test
  void javaInItsPlaceKeepsTheLines() {
    String java =
        MagicLine.toJava("%skipped\nint a = 1;\nvar b = %jars \"a b\\c\"\nb", 8, m -> true);
    assertThat(java)
        .isEqualTo(
            "%skipped\nint a = 1;\n"
                + "var b = dev.kindred.kernel.JavaKernel.magic(\"jars \\\"a b\\\\c\\\"\");\nb");
  }
}
