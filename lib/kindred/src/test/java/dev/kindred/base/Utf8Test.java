package dev.kindred.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class Utf8Test {
  @TempDir Path folder;

  @Test
  void readsWhatIsThere() throws IOException {
    Path file = folder.resolve("text");
    for (String text : new String[] {"", "a\r\nb", "naïve 猫 🐈"}) {
      Files.writeString(file, text);
      assertThat(Utf8.read(file)).isEqualTo(text);
    }
  }

  @Test
  void otherBytesAreToldWithTheirLine() throws IOException {
    Path file = folder.resolve("text");
    Files.write(file, "one\ntwo\nnaïve".getBytes(StandardCharsets.ISO_8859_1));
    assertBad(file, file + ", line 3: expected text in UTF-8, found something else");
    byte[] cat = "猫".getBytes(StandardCharsets.UTF_8);
    Files.write(file, new byte[] {'a', cat[0], cat[1]});
    assertBad(file, file + ", line 1: expected text in UTF-8, found something else");
  }

  @Test
  void whatCannotBeReadIsNamed() {
    assertBad(folder.resolve("no"), folder.resolve("no") + ": there is no such file");
    assertThatThrownBy(() -> Utf8.read(folder))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(folder + ": cannot be read: ");
  }

  private static void assertBad(Path file, String message) {
    assertThatThrownBy(() -> Utf8.read(file))
        .isInstanceOf(InputException.class)
        .hasMessage(message);
  }
}
