package dev.kindred;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaMethodCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

class SharedFilesTest {

  /**
   * A test that is skipped is counted; what is skipped while tests are still being listed (sources
   * of parameters, factories, static fields) takes all of them away without a trace.
   */
  @Test
  void onlyATestItselfIsSkippedWhereAFileIsMissing() {
    JavaClasses tests =
        new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.ONLY_INCLUDE_TESTS)
            .importPackages("dev.kindred");
    List<JavaMethodCall> calls =
        tests.stream()
            .flatMap(type -> type.getMethodCallsFromSelf().stream())
            .filter(call -> call.getTargetOwner().isEquivalentTo(SharedFiles.class))
            .filter(call -> call.getTarget().getName().equals("require"))
            .toList();

    assertThat(calls).hasSizeGreaterThan(5);
    assertThat(calls).allMatch(call -> runsOncePerTest(call.getOrigin()));
  }

  private static boolean runsOncePerTest(JavaCodeUnit origin) {
    return origin.isAnnotatedWith(Test.class)
        || origin.isAnnotatedWith(ParameterizedTest.class)
        || origin.isAnnotatedWith(BeforeEach.class);
  }
}
