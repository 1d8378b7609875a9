package dev.kindred;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.Architectures.layeredArchitecture;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The rooms of the house and the one direction in which data flows between them. */
@AnalyzeClasses(packages = "dev.kindred", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

  /**
   * The works that are studied, and people's behaviour: a package each, and one for its figures and
   * sentences.
   */
  private static final List<String> WORKS =
      List.of("consistency", "dynamics", "grounding", "convergence", "behaviour");

  private static final String[] STUDY = {
    "dev.kindred.study", "dev.kindred.study.models", "dev.kindred.study.source"
  };

  private static String[] packages(String part) {
    return WORKS.stream().map(work -> "dev.kindred.study." + work + part).toArray(String[]::new);
  }

  @ArchTest
  static final ArchRule ROOMS =
      layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .withOptionalLayers(false)
          .layer("base")
          .definedBy("dev.kindred.base..")
          .layer("representation")
          .definedBy("dev.kindred.representation..")
          .layer("measure")
          .definedBy("dev.kindred.measure..")
          .layer("stimuli")
          .definedBy("dev.kindred.stimuli..")
          .layer("network")
          .definedBy("dev.kindred.network..")
          .layer("recording")
          .definedBy("dev.kindred.recording..")
          .layer("study")
          .definedBy(STUDY)
          .layer("work")
          .definedBy(packages(""))
          .layer("report")
          .definedBy(packages(".report"))
          .layer("figure")
          .definedBy("dev.kindred.figure..")
          .layer("notebook")
          .definedBy("dev.kindred.notebook")
          .layer("cli")
          .definedBy("dev.kindred.cli")
          .whereLayer("base")
          .mayNotAccessAnyLayer()
          .whereLayer("representation")
          .mayOnlyAccessLayers("base")
          .whereLayer("measure")
          .mayOnlyAccessLayers("base", "representation")
          .whereLayer("stimuli")
          .mayOnlyAccessLayers("base")
          .whereLayer("network")
          .mayOnlyAccessLayers("base", "stimuli", "representation")
          .whereLayer("recording")
          .mayOnlyAccessLayers("base", "network", "measure", "representation", "stimuli")
          .whereLayer("study")
          .mayOnlyAccessLayers(
              "base", "representation", "measure", "stimuli", "network", "recording")
          .whereLayer("work")
          .mayOnlyAccessLayers(
              "base", "representation", "measure", "stimuli", "network", "recording", "study")
          .whereLayer("report")
          .mayOnlyBeAccessedByLayers("notebook", "cli")
          .whereLayer("figure")
          .mayOnlyAccessLayers("base")
          .whereLayer("figure")
          .mayOnlyBeAccessedByLayers("report", "notebook", "cli")
          .whereLayer("notebook")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          // A class in no room is outside of every arrow; so a new package has to be named here.
          .ensureAllClassesAreContainedInArchitecture();

  @ArchTest
  static final ArchRule NO_CYCLES =
      SlicesRuleDefinition.slices().matching("dev.kindred.(*)..").should().beFreeOfCycles();

  @ArchTest
  static final ArchRule THE_TILE_ENGINE_KNOWS_NO_MEASURE =
      noClasses()
          .that()
          .resideInAPackage("dev.kindred.measure.kernel.tiles")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("dev.kindred.measure.kernel");

  @ArchTest
  static final ArchRule STUDIES_DO_NOT_KNOW_EACH_OTHER =
      SlicesRuleDefinition.slices()
          .assignedFrom(
              new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                  return WORKS.stream()
                      .filter(
                          work -> (type.getPackageName() + ".").contains(".study." + work + "."))
                      .findFirst()
                      .map(SliceIdentifier::of)
                      .orElseGet(SliceIdentifier::ignore);
                }

                @Override
                public String getDescription() {
                  return "studies";
                }
              })
          .should()
          .notDependOnEachOther();

  /** Who reads a name must not have to ask which of two is meant. */
  @ArchTest
  static void everyNameNamesOneClass(JavaClasses library) {
    Map<String, List<JavaClass>> named =
        library.stream()
            .filter(JavaClass::isTopLevelClass)
            .filter(type -> !type.getSimpleName().equals("package-info"))
            .collect(Collectors.groupingBy(JavaClass::getSimpleName));
    named.values().removeIf(types -> types.size() == 1);
    assertThat(named).isEmpty();
  }

  /**
   * Data sets on which models are compared should not agree because one painter draws them: those
   * that paint for themselves may share colours, noise and the means of drawing at random, nothing
   * else.
   */
  @ArchTest
  static void paintersShareNoCode(JavaClasses library) {
    String generator = "dev.kindred.stimuli.generator";
    Set<String> common =
        Set.of("Recipe", "Picture", "Paint", "Draw", "Rgb", "Words", "ValueNoise", "Layer");
    Map<String, Set<String>> others =
        library.stream()
            .filter(type -> type.getPackageName().equals(generator))
            .filter(type -> PAINTERS.contains(outermost(type)))
            .collect(
                Collectors.groupingBy(
                    ArchitectureTest::outermost,
                    Collectors.flatMapping(
                        type ->
                            type.getDirectDependenciesFromSelf().stream()
                                .map(Dependency::getTargetClass)
                                .filter(target -> target.getPackageName().equals(generator))
                                .map(ArchitectureTest::outermost)
                                .filter(name -> !name.equals(outermost(type)))
                                .filter(name -> !common.contains(name)),
                        Collectors.toSet())));
    assertThat(others).hasSize(PAINTERS.size());
    assertThat(others.values()).allSatisfy(names -> assertThat(names).isEmpty());
  }

  private static final Set<String> PAINTERS =
      Set.of(
          "Solids",
          "Rooms",
          "Faces",
          "Plants",
          "Galaxies",
          "Tissues",
          "Landforms",
          "Automata",
          "Waves",
          "Glyphs");

  private static String outermost(JavaClass type) {
    return type.getName()
        .substring(type.getPackageName().length() + 1)
        .replaceAll("\\$.*|\\[.*|;", "");
  }
}
