package dev.kindred.study.dynamics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.kindred.base.InputException;
import dev.kindred.base.Profile;
import dev.kindred.base.Seeds;
import dev.kindred.base.Store;
import dev.kindred.network.training.Throughput;
import dev.kindred.study.Claim;
import dev.kindred.study.ClaimTables;
import dev.kindred.study.source.StorableStudy;
import dev.kindred.study.source.StoredStudy;
import dev.kindred.study.source.StudyWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tech.tablesaw.api.Table;

class DynamicsStudyTest {
  private static final SortedMap<String, String> TEST =
      DynamicsStudy.settings(Profile.TEST, List.of());

  @TempDir Path folder;

  @Test
  void aStudyIsMadeRunByRunReadAndVerified() throws IOException {
    DynamicsStudy study = new DynamicsStudy(Store.open(folder.resolve("store")));
    StoredStudy stored =
        new StudyWriter(folder.resolve("stored"))
            .write(study, TEST, (file, finished, all, seconds, left) -> {});
    List<RunDeclaration> runs = DynamicsStudy.declarations(stored);
    assertThat(runs).isEqualTo(DynamicsDeclarations.live(Profile.TEST, null)).hasSize(2);
    assertThat(stored.files()).hasSize(4).endsWith("claims.csv");
    for (RunDeclaration run : runs) {
      assertThat(DynamicsStudy.run(stored, run).declaration()).isEqualTo(run);
    }
    List<StorableStudy.Check> checks = study.verify(stored, TEST, 1);
    // declarations, claims, two errors an epoch, six layers an epoch
    assertThat(checks).hasSize(2 + 7 * 2 + 7 * 6).allMatch(StorableStudy.Check::agrees);
    StoredDynamics opened = StoredDynamics.open(folder.resolve("stored").toString()).orElseThrow();
    assertThat(opened.made()).contains("hours by environment/kindred study dynamics");
    assertThat(opened.runs().stream().map(DynamicsRun::declaration)).isEqualTo(runs);
    List<Claim> claims = DynamicsClaims.decide(opened.runs(), 19, new Seeds(1));
    assertThat(opened.claims().stringColumn("claim").asList())
        .isEqualTo(claims.stream().map(Claim::statement).toList());
    Table beside =
        ClaimTables.beside(Map.of("stored", opened.claims(), "live", Claim.table(claims)));
    assertThat(beside.rowCount()).isEqualTo(claims.size());
    SortedMap<String, String> other = new TreeMap<>(TEST);
    other.put("profile", "paper");
    assertThat(study.command(TEST)).isEqualTo("environment/kindred study dynamics --profile test");
    assertThat(runs).isNotEqualTo(DynamicsStudy.runs(other));
  }

  /** None comes with the sources; a folder that is named must hold one. */
  @Test
  void aStudyThatIsNotThereIsNotOpened() {
    assertThatThrownBy(() -> StoredDynamics.open(folder.toString()))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("expected a stored study");
    if (!Files.exists(StoredStudy.standardFolder("dynamics"))) {
      assertThat(StoredDynamics.open("")).isEmpty();
    }
  }

  /** A run whose numbers do not come out again is found, even if its checksum fits. */
  @Test
  void anotherRunUnderTheSameNameIsFound() throws IOException {
    DynamicsStudy study = new DynamicsStudy(Store.open(folder.resolve("store")));
    StoredStudy stored =
        new StudyWriter(folder.resolve("stored"))
            .write(new Seeds2(study), TEST, (file, finished, all, seconds, left) -> {});
    assertThat(study.verify(stored, TEST, 1)).anyMatch(check -> !check.agrees());
  }

  /** The study with runs of another seed in the files. */
  private record Seeds2(DynamicsStudy study) implements StorableStudy {
    @Override
    public String name() {
      return study.name();
    }

    @Override
    public int revision() {
      return study.revision();
    }

    @Override
    public String command(SortedMap<String, String> settings) {
      return study.command(settings);
    }

    @Override
    public Making open(SortedMap<String, String> settings) {
      Making making = study.open(settings);
      return new Making() {
        @Override
        public java.util.Map<String, Long> sizes() {
          return making.sizes();
        }

        @Override
        public List<String> files() {
          return making.files();
        }

        @Override
        public boolean isDerived(String name) {
          return making.isDerived(name);
        }

        @Override
        public void write(String name, Path target, StoredStudy before) throws IOException {
          // the file of a run gets the other run's numbers
          List<String> files = making.files();
          int i = files.indexOf(name);
          making.write(i == 0 || i == 3 ? name : files.get(3 - i), target, before);
        }
      };
    }

    @Override
    public List<Check> verify(StoredStudy stored, SortedMap<String, String> settings, long seed) {
      throw new UnsupportedOperationException();
    }
  }

  @Test
  void declarationsHaveNamesOfTheirOwnAndEndOnTheirGrid() {
    List<RunDeclaration> stored = DynamicsDeclarations.stored("cifar-10");
    assertThat(stored).hasSize(17);
    assertThat(new HashSet<>(stored.stream().map(RunDeclaration::name).toList())).hasSize(17);
    assertThat(stored.stream().filter(run -> run.name().contains("k16-adam-noise-20"))).hasSize(4);
    for (RunDeclaration run : stored) {
      assertThat(DynamicsDeclarations.STORED.probes().contains(run.epochs())).isTrue();
      assertThat(DynamicsDeclarations.STORED.maps().contains(run.epochs())).isTrue();
    }
    for (Profile profile : List.of(Profile.TEST, Profile.DEMO, Profile.REAL)) {
      for (RunDeclaration run : DynamicsDeclarations.live(profile, "cifar-10")) {
        assertThat(DynamicsDeclarations.plan(profile).probes().contains(run.epochs()))
            .as(run.name())
            .isTrue();
      }
    }
    List<RunDeclaration> paper = DynamicsDeclarations.paper();
    assertThat(new HashSet<>(paper.stream().map(RunDeclaration::name).toList())).hasSize(16);
    assertThat(paper).allMatch(run -> run.epochs() == 4000 && run.batch() == 128);
  }

  @Test
  void costsAreThoseOfEveryImageThatIsShown() {
    RunDeclaration run = DynamicsDeclarations.paper().get(0);
    RunPlan plan = RunPlan.logarithmic(1, 4, 512, 500, 50, 50, 0);
    RunCost cost = RunCost.of(run, plan, new Throughput(1, 1000, 1e12), 0);
    assertThat(cost.hours()).isEqualTo(4000 * 50_000 / 1000.0 / 3600, within(0.01));
    RunCost shown = RunCost.of(run, plan, new Throughput(1, 1e12, 1000), 1000);
    // 15 probed epochs: 0, 1, 2, 4 … 2048 … ; twice and four times as many recorded and evaluated
    long probed = countOf(plan.probes(), 4000) * (51_000L + 1_252_500);
    long maps = countOf(plan.maps(), 4000) * 2L * 2048;
    long evaluated = countOf(plan.evaluations(), 4000) * 101_000L;
    assertThat(shown.hours()).isEqualTo((probed + maps + evaluated) / 1000.0 / 3600, within(0.01));
    // whole responses: 1000 units of 2048 images in float32, at every recorded epoch
    assertThat(shown.bytes() - cost.bytes())
        .isEqualTo(countOf(plan.responses(), 4000) * 2048L * 1000 * 4);
    // 16 pixels: the stem and the stages of 16², 16², 8², 4² and 2² places, and ten classes
    assertThat(RunCost.units(DynamicsDeclarations.stored("cifar-10").get(0)))
        .isEqualTo(16 * 256 + 16 * 256 + 32 * 64 + 64 * 16 + 128 * 4 + 10);
    assertThat(RunCost.lines(List.of(cost, shown)))
        .hasSize(4)
        .last()
        .asString()
        .matches("2 runs one by one take about \\d+\\.\\d hours here .* up to \\d+\\.\\d GB, .*");
  }

  private static long countOf(dev.kindred.recording.EpochGrid grid, int last) {
    return java.util.stream.IntStream.rangeClosed(0, last).filter(grid::contains).count();
  }
}
