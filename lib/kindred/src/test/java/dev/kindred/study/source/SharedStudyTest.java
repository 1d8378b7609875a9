package dev.kindred.study.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.ChildJvm;
import dev.kindred.base.InputException;
import dev.kindred.base.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Several processes make one stored study. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SharedStudyTest {
  private static final double SECONDS_OF_AN_HOUR = 3600;

  @TempDir Path temporary;
  private Path folder;
  private Path place;

  @BeforeEach
  void makePlaces() throws IOException {
    folder = temporary.resolve("shared");
    place = Files.createDirectory(temporary.resolve("place"));
  }

  @Test
  void twoProcessesShareTheFilesAndOneFinishes() throws Exception {
    hold("a.csv", "b.csv");
    Process one = start();
    Process other = start();
    await(one, "a.csv");
    await(other, "b.csv");
    requireUnfinished();
    release("a.csv", "b.csv");
    assertThat(one.waitFor()).isZero();
    assertThat(other.waitFor()).isZero();

    assertThat(log()).hasSize(5).last().asString().startsWith("all.csv ");
    assertThat(log().stream().map(line -> line.split(" ")[0]))
        .as("each made once")
        .containsExactlyInAnyOrderElementsOf(SharedStudy.FILES);
    assertThat(log().stream().map(line -> line.split(" ")[1]).distinct())
        .as("by both")
        .containsExactlyInAnyOrder(String.valueOf(one.pid()), String.valueOf(other.pid()));
    requireFinished();
  }

  @Test
  void theFileOfAProcessThatIsKilledIsAnothers() throws Exception {
    hold("a.csv");
    Process killed = start();
    await(killed, "a.csv");
    List<String> told = new ArrayList<>();
    new StudyWriter(folder)
        .write(
            new SharedStudy(),
            SharedStudy.settings(place),
            new StudyWriter.Told() {
              @Override
              public void finished(Path file, int finished, int all, double seconds, double left) {
                told.add(file.getFileName() + " " + finished + " of " + all);
              }

              @Override
              public void waits(List<String> files) {
                told.add("waits for " + files);
                requireUnfinished();
                assertThat(names()).as("what the other writes").anyMatch(isOf(killed));
                kill(killed);
                release("a.csv");
              }

              private java.util.function.Predicate<String> isOf(Process process) {
                return name -> name.startsWith(".kindred-" + process.pid() + "-");
              }
            });

    assertThat(told)
        .containsExactly(
            "b.csv 1 of 5",
            "c.csv 2 of 5",
            "d.csv 3 of 5",
            "waits for [a.csv]",
            "a.csv 4 of 5",
            "all.csv 5 of 5");
    assertThat(log().stream().map(line -> line.split(" ")[0]))
        .containsExactly("a.csv", "b.csv", "c.csv", "d.csv", "a.csv", "all.csv");
    requireFinished();
  }

  /** Whoever looks meanwhile finds no study. */
  private void requireUnfinished() {
    assertThatThrownBy(() -> StoredStudy.open(folder, "shared", 1))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("this stored study is not finished");
  }

  private void requireFinished() throws IOException {
    StoredStudy stored = StoredStudy.open(folder, "shared", 1);
    assertThat(stored.files()).as("in their order").isEqualTo(SharedStudy.FILES);
    assertThat(stored.file("c.csv")).hasContent("c.csv");
    assertThat(Files.readString(stored.file("all.csv")).split(" "))
        .containsExactlyInAnyOrder("a.csv", "b.csv", "c.csv", "d.csv");
    List<String> whole = new ArrayList<>(SharedStudy.FILES);
    whole.add("provenance.json");
    assertThat(names()).containsExactlyInAnyOrderElementsOf(whole);
    var provenance =
        Json.parse(Files.readString(folder.resolve("provenance.json"))).getAsJsonObject();
    double seconds =
        provenance.getAsJsonObject("files").entrySet().stream()
            .mapToDouble(file -> file.getValue().getAsJsonObject().get("seconds").getAsDouble())
            .sum();
    assertThat(provenance.get("hours").getAsDouble() * SECONDS_OF_AN_HOUR)
        .as("of all processes")
        .isGreaterThan(seconds);
  }

  private Process start() throws IOException {
    return ChildJvm.of(SharedStudy.class, folder, place)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start();
  }

  private void hold(String... names) throws IOException {
    for (String name : names) {
      Files.createFile(SharedStudy.hold(place, name));
    }
  }

  private void release(String... names) {
    try {
      for (String name : names) {
        Files.delete(SharedStudy.hold(place, name));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void kill(Process process) {
    try {
      process.destroyForcibly().waitFor();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Waits until one of the processes has begun a file. */
  private void await(Process process, String name) throws Exception {
    while (log().stream().noneMatch(line -> line.startsWith(name + " "))) {
      assertThat(process.isAlive()).isTrue();
      TimeUnit.MILLISECONDS.sleep(2);
    }
  }

  private List<String> log() throws IOException {
    Path log = SharedStudy.log(place);
    return Files.exists(log) ? Files.readAllLines(log) : List.of();
  }

  private List<String> names() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
