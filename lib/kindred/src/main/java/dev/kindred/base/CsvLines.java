package dev.kindred.base;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Lines of comma-separated values that others wrote. */
public final class CsvLines {
  private static final CSVFormat FORMAT =
      CSVFormat.DEFAULT.builder().setTrim(true).setIgnoreEmptyLines(true).get();

  private CsvLines() {}

  /**
   * All lines of a file, without empty ones and without the mark of UTF-8 that spreadsheets put
   * before the first; values are trimmed.
   *
   * @param expected what should be there, for messages
   * @throws InputException if it cannot be read, or holds nothing
   */
  public static List<CSVRecord> read(Path file, String expected) {
    String text = Utf8.read(file);
    List<CSVRecord> lines;
    try (CSVParser parser =
        CSVParser.parse(text.startsWith("\uFEFF") ? text.substring(1) : text, FORMAT)) {
      lines = parser.getRecords();
    } catch (IOException | UncheckedIOException e) {
      throw new InputException(file + ": cannot be read as text: " + e.getMessage(), e);
    }
    if (lines.isEmpty()) {
      throw new InputException(file + ": expected " + expected + ", found an empty file");
    }
    return lines;
  }

  /** Where a line stands. */
  public static String at(Path file, CSVRecord line) {
    return file + ", line " + line.getRecordNumber();
  }

  /**
   * @throws InputException unless a line has so many values
   */
  public static void requireWidth(Path file, CSVRecord line, int values) {
    if (line.size() != values) {
      throw new InputException(
          at(file, line) + ": expected " + values + " values, found " + line.size());
    }
  }
}
