package dev.kindred.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kindred.base.Provenance;
import dev.kindred.base.Store;
import dev.kindred.base.StoreKey;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The store commands in processes of their own, beside this one, which uses the same store. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class StoreCommandTest {
  @TempDir Path folder;

  private int run(String... arguments) throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-Xmx200m", "-XX:TieredStopAtLevel=1"));
    command.addAll(List.of("-cp", System.getProperty("java.class.path"), Main.class.getName()));
    command.addAll(List.of(arguments));
    ProcessBuilder builder = new ProcessBuilder(command);
    builder.environment().put("KINDRED_CACHE", folder.toString());
    builder.redirectOutput(folder.resolve("out.txt").toFile());
    builder.redirectError(folder.resolve("err.txt").toFile());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      return process.exitValue();
    } finally {
      process.destroyForcibly();
    }
  }

  private List<String> output() throws IOException {
    return Files.readAllLines(folder.resolve("out.txt"), StandardCharsets.UTF_8);
  }

  private String errors() throws IOException {
    return Files.readString(folder.resolve("err.txt"), StandardCharsets.UTF_8);
  }

  /** A result of {@code bytes} bytes and its index, last used so long ago. */
  private Path result(String kind, int bytes, Duration age) throws IOException {
    Path made =
        Store.open(folder.resolve("store"))
            .folder(
                new StoreKey(kind, 1, Provenance.of("a test", Map.of("bytes", bytes))),
                working -> Files.write(working.resolve("values"), new byte[bytes]));
    try (Stream<Path> files = Files.list(made)) {
      for (Path file : (Iterable<Path>) files::iterator) {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().minus(age)));
      }
    }
    return made;
  }

  @Test
  void listsSizesAndPrunesButNotWhatALivingProcessUses() throws Exception {
    Path old = result("model", 5000, Duration.ofDays(40));
    Path middle = result("responses", 3000, Duration.ofDays(2));
    Path used = result("responses", 7000, Duration.ZERO);

    assertThat(run("store", "list")).as(errors()).isZero();
    assertThat(output()).hasSize(4).first().isEqualTo("state\tkind\tbytes\tused\tfolder");
    assertThat(output().get(1)).startsWith("complete\tresponses\t").endsWith(used.toString());
    assertThat(output().get(3)).startsWith("complete\tmodel\t").endsWith(old.toString());

    assertThat(run("store", "size")).as(errors()).isZero();
    assertThat(output()).first().isEqualTo("kind\tentries\tbytes");
    assertThat(output().get(1)).matches("model\t1\t5\\d{3}");
    assertThat(output().get(2)).matches("responses\t2\t10\\d{3}");
    assertThat(output().get(3)).matches("total\t3\t1\\d{4}");

    assertThat(run("store", "prune", "--older-than", "30d", "--dry-run")).as(errors()).isZero();
    assertThat(output()).hasSize(2);
    assertThat(old).exists();
    assertThat(run("store", "prune", "--older-than", "30d")).as(errors()).isZero();
    assertThat(output().get(1)).startsWith("removed\tmodel\t").endsWith(old.toString());
    assertThat(old).doesNotExist();

    assertThat(run("store", "prune", "--keep", "8kB")).as(errors()).isZero();
    assertThat(output()).hasSize(2);
    assertThat(middle).doesNotExist();

    assertThat(run("store", "prune", "--keep", "0")).isEqualTo(Main.FAILURE);
    assertThat(output().get(1)).startsWith("in use\tresponses\t").endsWith(used.toString());
    assertThat(errors()).contains("1 of them in use by another process").hasLineCount(1);
    assertThat(used).exists();
  }

  @Test
  void badInputIsOneLineAndStatus2() throws Exception {
    assertThat(run("store")).isEqualTo(Main.BAD_INPUT);
    assertThat(run("store", "prune")).isEqualTo(Main.BAD_INPUT);
    assertThat(errors()).contains("--older-than AGE, --keep SIZE or both").hasLineCount(1);
    assertThat(run("store", "prune", "--older-than", "soon")).isEqualTo(Main.BAD_INPUT);
    assertThat(errors()).contains("such as 30d, found soon").hasLineCount(1);
    assertThat(run("store", "prune", "--keep", "-1")).isEqualTo(Main.BAD_INPUT);
  }
}
