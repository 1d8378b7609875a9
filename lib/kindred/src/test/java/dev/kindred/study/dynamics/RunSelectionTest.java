package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class RunSelectionTest {
  private static List<String> names(List<DynamicsRun> runs) {
    return runs.stream().map(run -> run.declaration().name()).toList();
  }

  /** Of the study that is stored: neither other images nor other noise nor other optimisers. */
  @Test
  void theStoredRunsSpeakOfWhatTheyDifferIn() {
    RunSelection selected =
        RunSelection.of(
            DynamicsDeclarations.stored("cifar-10").stream()
                .map(declared -> RunFileTest.run(declared, List.of()))
                .toList());
    String noisy = "cifar-10-resnet-10-k16-adam-noise-20-seed-";
    String clean = "cifar-10-resnet-10-k16-adam-noise-0-seed-";
    assertThat(names(selected.noisy())).containsExactly(noisy + 1, noisy + 2, noisy + 3);
    assertThat(names(selected.clean())).containsExactly(clean + 1, clean + 2, clean + 3);
    assertThat(selected.byWidth().keySet()).containsExactly(8, 16, 32);
    assertThat(names(selected.byWidth().get(8)))
        .containsExactly("cifar-10-resnet-10-k8-adam-noise-20-seed-1");
    assertThat(selected.byWidth().get(16)).isEqualTo(selected.noisy());
    assertThat(names(selected.byWidth().get(32)))
        .containsExactly("cifar-10-resnet-10-k32-adam-noise-20-seed-1");
    assertThat(names(selected.otherRules()))
        .containsExactly(
            "cifar-10-resnet-10-k16-sgd-noise-20-seed-1",
            "cifar-10-resnet-10-k16-momentum-noise-20-seed-1");
    assertThat(names(selected.decayed()))
        .containsExactly("cifar-10-resnet-10-k16-adam-decay-0.0005-noise-0-seed-1");
    assertThat(names(selected.transformers()))
        .containsExactly(
            "cifar-10-vit-k48-adam-noise-20-seed-1",
            "cifar-10-vit-k48-adam-noise-0-seed-1",
            "cifar-10-vit-k48-adam-noise-20-seed-2");
    assertThat(names(selected.others()))
        .containsExactly(
            "scenes-resnet-10-k16-adam-noise-20-seed-1",
            "scenes-resnet-10-k16-adam-noise-0-seed-1",
            "cifar-10-resnet-10-k16-adam-noise-10-seed-1");
  }

  @Test
  void thePapersRunsAreSelectedToo() {
    RunSelection selected =
        RunSelection.of(
            DynamicsDeclarations.paper().stream()
                .map(declared -> RunFileTest.run(declared, List.of()))
                .toList());
    assertThat(names(selected.noisy()))
        .containsExactly("cifar-10-resnet-18-k64-adam-noise-20-seed-1");
    assertThat(selected.byWidth().keySet()).containsExactly(32, 42, 52, 64);
    assertThat(selected.otherRules()).hasSize(3);
    assertThat(selected.decayed()).hasSize(1);
    assertThat(selected.transformers()).hasSize(2);
  }

  @Test
  void withoutRunsThereIsNothing() {
    assertThat(RunSelection.of(List.of()).noisy()).isEmpty();
    DynamicsRun clean = RunFileTest.run(PlantedStudy.CLEAN, List.of());
    assertThat(RunSelection.of(List.of(clean)).noisy()).isEmpty();
    assertThat(RunSelection.of(List.of(clean)).clean()).containsExactly(clean);
    assertThat(RunSelection.of(List.of(clean)).byWidth()).isEmpty();
  }
}
