package dev.kindred.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CsvLinesTest {
  @TempDir Path folder;

  /** As a spreadsheet saves them: a mark before the first name, quotes, and room around values. */
  @Test
  void valuesAreWhatTheFileSays() throws IOException {
    Path file = folder.resolve("a.csv");
    Files.writeString(file, "\uFEFFid, label\r\n\r\n\"one, two\" , 3\r\nfour,5,6\n");

    List<CSVRecord> lines = CsvLines.read(file, "labels");

    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).toList()).containsExactly("id", "label");
    assertThat(lines.get(1).toList()).containsExactly("one, two", "3");
    CsvLines.requireWidth(file, lines.get(1), 2);
    assertThatThrownBy(() -> CsvLines.requireWidth(file, lines.get(2), 2))
        .isInstanceOf(InputException.class)
        .hasMessage(file + ", line 3: expected 2 values, found 3");
  }

  @Test
  void whatIsNoTableIsOneLine() throws IOException {
    Path file = folder.resolve("b.csv");
    assertThatThrownBy(() -> CsvLines.read(file, "labels"))
        .isInstanceOf(InputException.class)
        .hasMessage(file + ": there is no such file");
    Files.writeString(file, "\n");
    assertThatThrownBy(() -> CsvLines.read(file, "labels"))
        .isInstanceOf(InputException.class)
        .hasMessage(file + ": expected labels, found an empty file");
    Files.writeString(file, "a,\"b\nc");
    assertThatThrownBy(() -> CsvLines.read(file, "labels"))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(file + ": cannot be read as text: ")
        .hasMessageNotContaining("\n");
  }
}
