package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.Checksums;
import dev.kindred.stimuli.files.ScriptedServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The data commands in processes of their own, which is how they are killed and resumed. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class DataCommandTest {
  private static final byte[] CONTENT = new byte[4_000_000];
  private static final String TAG = "\"v1\"";

  static {
    new SplittableRandom(5).nextBytes(CONTENT);
  }

  @TempDir Path folder;
  private ScriptedServer server;

  @BeforeEach
  void describeADataSetOnALocalServer() throws IOException {
    server = new ScriptedServer(CONTENT, TAG);
    Files.createDirectories(folder.resolve("manifests"));
    Files.writeString(
        folder.resolve("manifests/toy.json"),
        """
        {"name": "toy", "description": "d", "license": "MIT", "citeAs": "c", "url": "u",
         "version": "1.0.0", "distribution": [{"@type": "cr:FileObject", "@id": "file.bin",
         "contentUrl": "%s", "encodingFormat": "x", "contentSize": "%d B", "sha256": "%s"}]}
        """
            .formatted(server.address(), CONTENT.length, Checksums.sha256(CONTENT)));
  }

  @AfterEach
  void stop() throws IOException {
    server.close();
  }

  private Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx200m", "-XX:TieredStopAtLevel=1", "-Djava.awt.headless=true"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().keySet().removeIf(name -> name.startsWith("KINDRED_"));
    builder.environment().put("KINDRED_MANIFESTS", folder.resolve("manifests").toString());
    builder.environment().put("KINDRED_CACHE", folder.resolve("cache").toString());
    builder.redirectOutput(folder.resolve("out.txt").toFile());
    builder.redirectError(folder.resolve("err.txt").toFile());
    return builder.start();
  }

  private int run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private String output() throws IOException {
    return Files.readString(folder.resolve("out.txt"), StandardCharsets.UTF_8);
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("err.txt"), StandardCharsets.UTF_8);
  }

  @Test
  void aFetchThatWasKilledGoesOnWhereItStopped() throws Exception {
    server.then(ScriptedServer.stallAfter(CONTENT, TAG, 1_500_000));
    Path part = folder.resolve("cache/data/toy/file.bin.part");
    Process killed = start("data", "fetch", "toy");
    try {
      while (!Files.exists(part) || Files.size(part) < 1_500_000) {
        assertThat(killed.isAlive()).as(errors()).isTrue();
        Thread.sleep(10);
      }
    } finally {
      killed.destroyForcibly();
    }
    killed.waitFor();
    Path file = folder.resolve("cache/data/toy/file.bin");
    assertThat(file).doesNotExist();

    assertThat(run("data", "verify", "toy")).isEqualTo(2);
    assertThat(output()).isEqualTo("toy\tfile.bin\tmissing\t\n");

    assertThat(run("data", "fetch", "toy")).as(errors()).isZero();
    assertThat(output()).isEqualTo(file + "\n");
    assertThat(file).hasBinaryContent(CONTENT);
    assertThat(server.requests()).hasSize(2);
    assertThat(server.requests().get(1).from()).isEqualTo(1_500_000);

    assertThat(run("data", "verify", "toy")).isZero();
    assertThat(output()).isEqualTo("toy\tfile.bin\tverified\t" + file + "\n");
    Files.write(file, new byte[CONTENT.length]);
    assertThat(run("data", "verify", "toy")).isEqualTo(2);
    assertThat(output())
        .startsWith("toy\tfile.bin\twrong\t" + file + ": expected sha256 ")
        .hasLineCount(1);
  }

  @Test
  void listsTheDataSetsOfTheFoldersAndItsOwn() throws Exception {
    assertThat(run("data", "list")).as(errors()).isZero();
    assertThat(output())
        .startsWith("name\tsplits\tbytes\tkind\tlicence\n")
        .contains("\ncifar-10\ttrain,test\t170052171\tnatural (multi-domain)\tunknown\n")
        .contains("\ntoy\t-\t4000000\tpublished result\tMIT\n");
  }

  @Test
  void badInputIsOneLineAndStatus2() throws Exception {
    assertThat(run("data", "fetch", "toy", "nonsense")).isEqualTo(2);
    assertThat(errors()).startsWith("kindred: no data set is called nonsense;").hasLineCount(1);
    assertThat(server.requests()).isEmpty();
    assertThat(run("data")).isEqualTo(2);
    assertThat(errors()).hasLineCount(1);
  }
}
