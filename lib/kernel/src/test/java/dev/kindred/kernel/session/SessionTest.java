package dev.kindred.kernel.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class SessionTest {
  private static Session session;

  @BeforeAll
  static void start() {
    session = new Session(List.of());
  }

  @AfterAll
  static void end() {
    session.close();
  }

  private static Object eval(String code) throws CellError {
    return session.eval(code, code, "In[1]", 0, code.length());
  }

  private static CellError failure(String code) {
    return catchThrowableOfType(CellError.class, () -> eval(code));
  }

  @Test
  void valuesAreObjectsAndNotTheirText() throws CellError {
    Object made = eval("var made = new Object();\nmade");
    assertThat(eval("made")).isSameAs(made);
  }

  @Test
  void onlyTheLastSnippetCounts() throws CellError {
    assertThat(eval("1 + 1;\nint seven = 7;")).isNull();
    assertThat(eval("int eight = 8;\n\n  eight\n// said")).isEqualTo(8);
  }

  @Test
  void evaluatesAPartOfACellAndCountsLinesFromItsStart() {
    String cell = "first line is not Java\nint a = 1;\nthrow new RuntimeException(\"here\");";
    CellError error =
        catchThrowableOfType(
            CellError.class,
            () -> session.eval(cell, cell, "In[9]", cell.indexOf('\n'), cell.length()));
    assertThat(error.name()).isEqualTo("RuntimeException");
    assertThat(error.traceback()).anyMatch(line -> line.contains("-->   3 "));
    assertThat(error.traceback()).last().asString().isEqualTo("    at In[9], line 3");
  }

  @Test
  void anErrorInAMethodOfAnEarlierCellShowsThatCell() throws CellError {
    String earlier = "int third(int[] values) {\n  return values[2];\n}";
    session.eval(earlier, earlier, "In[4]", 0, earlier.length());
    CellError error = failure("third(new int[2])");
    assertThat(error.name()).isEqualTo("ArrayIndexOutOfBoundsException");
    assertThat(error.traceback()).contains("    at third (In[4], line 2)");
  }

  @Test
  void anExceptionDeclaredInACellGoesByItsOwnName() throws CellError {
    eval("class Overheated extends RuntimeException { Overheated(String m) { super(m); } }");
    CellError error = failure("throw new Overheated(\"90 degrees\");");
    assertThat(error.name()).isEqualTo("Overheated");
    assertThat(error).hasMessage("90 degrees");
  }

  @Test
  void compileErrorsInNestedCodeUnderlineTheirPlace() {
    CellError error = failure("int f() {\n  return 1 +\n    unknown;\n}");
    assertThat(error.traceback()).anyMatch(line -> line.contains("unknown"));
    assertThat(error.name()).isEqualTo("CompileError");
  }
}
