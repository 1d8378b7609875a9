package dev.kindred.measure;

import java.lang.reflect.Method;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.extension.DynamicTestInvocationContext;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/**
 * Passes over what tests do while pitest only looks which there are. Its JUnit plugin finds tests
 * by running them, all of them in every process for mutants, which took most of the time; the
 * process that measures coverage still runs them, and every mutant does. Registered for {@code
 * environment/mutation} alone, by a system property.
 */
public final class NotInDiscovery implements InvocationInterceptor {
  private static final Set<String> DISCOVERY =
      Set.of(
          "org.pitest.mutationtest.execute.MutationTestMinion",
          "org.pitest.junit5.JUnit5TestUnitFinder");

  @Override
  public void interceptTestMethod(
      Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
      throws Throwable {
    proceedUnlessDiscovered(test);
  }

  @Override
  public void interceptTestTemplateMethod(
      Invocation<Void> test, ReflectiveInvocationContext<Method> method, ExtensionContext context)
      throws Throwable {
    proceedUnlessDiscovered(test);
  }

  @Override
  public void interceptDynamicTest(
      Invocation<Void> test, DynamicTestInvocationContext dynamic, ExtensionContext context)
      throws Throwable {
    proceedUnlessDiscovered(test);
  }

  private static void proceedUnlessDiscovered(Invocation<Void> test) throws Throwable {
    Set<String> callers =
        StackWalker.getInstance()
            .walk(frames -> frames.map(f -> f.getClassName()).collect(Collectors.toSet()));
    if (callers.containsAll(DISCOVERY)) {
      test.skip();
    } else {
      test.proceed();
    }
  }
}
