package dev.kindred.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PathsTest {
  @TempDir Path folder;

  @Test
  void aPlainNameStandsForItself() {
    assertThat(Paths.expand("/no/such.jar")).containsExactly("/no/such.jar");
  }

  @Test
  void wildcardsAreExpandedInOrder() throws IOException {
    Files.createDirectories(folder.resolve("deep/er"));
    for (String name : new String[] {"b.jar", "a.jar", "a.txt", "deep/er/c.jar"}) {
      Files.createFile(folder.resolve(name));
    }
    assertThat(Paths.expand(folder + "/*.jar"))
        .containsExactly(folder + "/a.jar", folder + "/b.jar");
    assertThat(Paths.expand(folder + "/**/c.jar")).containsExactly(folder + "/deep/er/c.jar");
    assertThat(Paths.expand(folder + "/*.zip")).isEmpty();
  }
}
