package dev.kindred;

import static com.tngtech.archunit.library.Architectures.layeredArchitecture;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;

/** The rooms of the house and the one direction in which data flows between them. */
@AnalyzeClasses(packages = "dev.kindred", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {

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
          .definedBy("dev.kindred.study..")
          .layer("figure")
          .definedBy("dev.kindred.figure..")
          .layer("notebook")
          .definedBy("dev.kindred.notebook..")
          .layer("cli")
          .definedBy("dev.kindred.cli..")
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
          .whereLayer("figure")
          .mayOnlyAccessLayers("base")
          .whereLayer("cli")
          .mayNotBeAccessedByAnyLayer()
          // a class in no room is outside of every arrow
          .ensureAllClassesAreContainedInArchitecture();

  @ArchTest
  static final ArchRule NO_CYCLES =
      SlicesRuleDefinition.slices().matching("dev.kindred.(*)..").should().beFreeOfCycles();
}
