package dev.kindred.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class AtomicFileTest {
  @TempDir private Path folder;

  @Test
  void aFileIsWholeAndNothingIsLeftBeside() throws IOException {
    Path file = folder.resolve("new/deep/m.csv");

    AtomicFile.write(file, "a,b\n");
    AtomicFile.write(file, "é\n");

    assertThat(file).hasContent("é\n");
    assertThat(names(file.getParent())).containsExactly("m.csv");
  }

  @Test
  void aFailureLeavesWhatWasThereAndNothingBeside() throws IOException {
    Path file = Files.writeString(folder.resolve("m.csv"), "before");

    assertThatThrownBy(
            () ->
                AtomicFile.write(
                    file,
                    (AtomicFile.Content)
                        beside -> {
                          Files.writeString(beside, "half");
                          throw new IOException("the disk is full");
                        }))
        .isInstanceOf(IOException.class);

    assertThat(file).hasContent("before");
    assertThat(names(folder)).containsExactly("m.csv");
  }

  @Test
  void newFilesHaveThePermissionsOfNewFilesAndReplacedOnesKeepTheirs() throws IOException {
    Path ordinary = Files.createFile(folder.resolve("ordinary"));
    Path file = folder.resolve("m.csv");
    AtomicFile.write(file, "1");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(Files.getPosixFilePermissions(ordinary));

    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw-r-----"));
    AtomicFile.write(file, "2");
    assertThat(Files.getPosixFilePermissions(file))
        .isEqualTo(PosixFilePermissions.fromString("rw-r-----"));
  }

  @Test
  void aLinkStaysAndItsFileIsReplaced() throws IOException {
    Path target = Files.writeString(folder.resolve("target"), "before");
    Path link = Files.createSymbolicLink(folder.resolve("link"), Path.of("target"));
    Path dangling = Files.createSymbolicLink(folder.resolve("dangling"), Path.of("later/made"));

    AtomicFile.write(link, "after");
    AtomicFile.write(dangling, "made");

    assertThat(link).isSymbolicLink().hasContent("after");
    assertThat(target).hasContent("after");
    assertThat(dangling).isSymbolicLink();
    assertThat(folder.resolve("later/made")).hasContent("made");
  }

  @Test
  void aCircleOfLinksIsNamed() throws IOException {
    Files.createSymbolicLink(folder.resolve("a"), Path.of("b"));
    Files.createSymbolicLink(folder.resolve("b"), Path.of("a"));

    assertThatThrownBy(() -> AtomicFile.write(folder.resolve("a"), "x"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("circle");
  }

  @Test
  void aPipeIsWrittenThrough() throws Exception {
    Path pipe = folder.resolve("pipe");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    CompletableFuture<String> reader =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return Files.readString(pipe);
              } catch (IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });

    AtomicFile.write(pipe, "through");

    assertThat(reader.get(30, TimeUnit.SECONDS)).isEqualTo("through");
    assertThat(Files.readAttributes(pipe, "isOther").get("isOther")).isEqualTo(true);
    assertThat(names(folder)).containsExactly("pipe");
  }

  /** As /dev/stdout of a command in a pipeline: its last link names no file. */
  @Test
  @EnabledOnOs(OS.LINUX)
  void aPipeWithoutANameIsWrittenThrough() throws Exception {
    Process reader = new ProcessBuilder("sh", "-c", "read line; echo \"$line\"").start();
    try (OutputStream held = reader.getOutputStream()) {
      Path pipe = unnamedPipeTo(reader);
      Path link = Files.createSymbolicLink(folder.resolve("link"), pipe);

      AtomicFile.requireWritable(link);
      AtomicFile.write(link, "through\n");

      assertThat(reader.inputReader().readLine()).isEqualTo("through");
      assertThat(names(folder)).containsExactly("link");
    }
  }

  private static Path unnamedPipeTo(Process reader) {
    return Path.of("/proc/" + reader.pid() + "/fd/0");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void whatAStreamRefusesIsToldWithItsName() {
    assertThatThrownBy(() -> AtomicFile.write(Path.of("/dev/full"), "1"))
        .isInstanceOf(IOException.class)
        .hasMessageStartingWith("/dev/full: ");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void aFolderThatTakesNoFilesIsNamed() {
    assertThatThrownBy(() -> AtomicFile.write(Path.of("/proc/m.csv"), "1"))
        .isInstanceOf(InputException.class)
        .hasMessage("/proc/m.csv cannot be written: no file can be made in /proc");
  }

  @Test
  void whatCannotBeWrittenIsRefusedBeforehandAndWhenWritten() throws IOException {
    Path empty = Files.createDirectory(folder.resolve("empty"));
    Path file = Files.writeString(folder.resolve("file"), "here");

    assertRefused(Path.of(""), "empty one");
    assertRefused(empty, "is a folder");
    assertRefused(file.resolve("m.csv"), "is a file, not a folder");
    assertRefused(folder.resolve("n".repeat(300)), "too long");
    assertThat(empty).isEmptyDirectory();
    assertThat(file).hasContent("here");
  }

  private static void assertRefused(Path file, String reason) {
    assertThatThrownBy(() -> AtomicFile.requireWritable(file))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(reason);
    assertThatThrownBy(() -> AtomicFile.write(file, "x"))
        .isInstanceOf(InputException.class)
        .hasMessageContaining(reason);
  }

  @Test
  void aNameAsLongAsNamesCanBeIsWritten() throws IOException {
    Path file = folder.resolve("n".repeat(255));

    AtomicFile.write(file, "x");

    assertThat(file).hasContent("x");
  }

  @Test
  void leftoversOfDeadProcessesAreRemovedAndThoseOfLivingOnesStay() throws IOException {
    long alive = ProcessHandle.current().pid();
    long dead = Long.MAX_VALUE;
    Files.createFile(folder.resolve(".kindred-" + alive + "-1f.part"));
    Files.createFile(folder.resolve(".kindred-" + dead + "-1f.part"));
    Files.createFile(folder.resolve("mine.part"));

    AtomicFile.removeUnfinished(folder);

    assertThat(names(folder))
        .containsExactlyInAnyOrder(".kindred-" + alive + "-1f.part", "mine.part");

    AtomicFile.removeAllUnfinished(folder);

    assertThat(names(folder)).containsExactly("mine.part");
  }

  private static Stream<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> file.getFileName().toString()).toList().stream();
    }
  }
}
