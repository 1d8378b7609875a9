package dev.kindred.base.array;

import dev.kindred.base.InputException;
import dev.kindred.base.Progress;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.DoubleBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A table of numbers in a text file: separated by tabs, semicolons, commas or spaces, with or
 * without a header, with or without a column of names.
 *
 * <ul>
 *   <li>A first row with something that is no number is the header (also one that counts its
 *       columns from 0, as pandas writes it). Lines that begin with {@code #} before the data are
 *       skipped.
 *   <li>The first column holds names if its header is empty or says so ({@code id}, {@code
 *       stimulus}, {@code file_name}, …), if the header has no cell for it (as R writes it), or if
 *       its first cell is no number; else every column holds numbers.
 *   <li>{@code nan}, {@code NA} and {@code inf} are numbers; an empty cell is an error.
 * </ul>
 */
final class TextFile extends ArrayFile {
  private static final Set<String> NAMES =
      Set.of(
          "id",
          "ids",
          "stimulus",
          "stimuli",
          "stimulus id",
          "stimulus ids",
          "image",
          "image id",
          "file",
          "file name",
          "filename",
          "name",
          "path");

  private static final int MAX_LINE = 1 << 28;

  /**
   * More units than any layer has; each cell of a row takes some hundred bytes while it is read.
   */
  private static final int MAX_COLUMNS = 1 << 22;

  private final FileBytes bytes;
  private final Optional<String> idColumn;
  private final List<double[]> rows = new ArrayList<>();
  private final List<String> ids = new ArrayList<>();
  private char separator;
  private int names = -1;
  private String namesHeader = "";

  TextFile(Path file, FileBytes bytes, Optional<String> idColumn) {
    super(file, "text");
    this.bytes = bytes;
    this.idColumn = idColumn;
    try (LineReader lines = new LineReader()) {
      parse(lines);
    } catch (CharacterCodingException e) {
      throw new InputException(file + ": not a known format, and no UTF-8 text", e);
    } catch (IOException e) {
      throw new InputException(file + ": cannot be read: " + Faults.text(e), e);
    }
    if (rows.isEmpty()) {
      throw new InputException(file + ": expected a table of numbers, found no row of numbers");
    }
  }

  /** True if the first bytes are text: no control characters but tabs and line ends. */
  static boolean matches(ByteBuffer head) {
    for (int i = 0; i < head.remaining(); i++) {
      int b = head.get(i);
      if (b >= 0 && b < ' ' && b != '\t' && b != '\n' && b != '\r' || b == 0x7F) {
        return false;
      }
    }
    return true;
  }

  private void parse(LineReader lines) throws IOException {
    String line = lines.next();
    while (line != null && (line.isBlank() || line.startsWith("#"))) {
      line = lines.next();
    }
    if (line == null) {
      return;
    }
    separator = separator(line);
    List<String> first = cells(line, lines.number);
    int firstLine = lines.number;
    line = lines.nextRow();
    List<String> second = line == null ? null : cells(line, lines.number);
    boolean header = isHeader(first);
    if (header) {
      if (second == null) {
        throw new InputException(
            file()
                + ": expected rows of numbers, found only line "
                + firstLine
                + ": "
                + cut(first));
      }
      findNames(first, second);
    } else {
      findNames(null, first);
      add(first, firstLine);
    }
    for (; line != null; line = lines.nextRow()) {
      if ((rows.size() & 0xFFF) == 0) {
        Progress.checkCancelled();
      }
      add(cells(line, lines.number), lines.number);
    }
  }

  private static char separator(String line) {
    for (char c : new char[] {'\t', ';', ','}) {
      if (outsideQuotes(line, c)) {
        return c;
      }
    }
    return ' ';
  }

  private static boolean outsideQuotes(String line, char c) {
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      quoted ^= line.charAt(i) == '"';
      if (!quoted && line.charAt(i) == c) {
        return true;
      }
    }
    return false;
  }

  private boolean isHeader(List<String> row) {
    int from = row.size() > 1 ? 1 : 0;
    for (String cell : row.subList(from, row.size())) {
      if (!isNumber(cell)) {
        return true;
      }
    }
    boolean counts =
        row.size() > 2
            && IntStream.range(1, row.size()).allMatch(i -> row.get(i).equals(Integer.toString(i)))
            && row.get(0).equals("0");
    boolean countsBehindNames =
        row.size() > 1
            && !isNumber(row.get(0))
            && (row.get(0).isEmpty() || isNamesHeader(row.get(0)));
    return counts || countsBehindNames;
  }

  private static boolean isNamesHeader(String cell) {
    return NAMES.contains(cell.toLowerCase(Locale.ROOT).replaceAll("[_-]", " "));
  }

  /** Decides which column holds names, from the header (or null) and the first row of data. */
  private void findNames(List<String> header, List<String> row) {
    if (idColumn.isPresent()) {
      String wanted = idColumn.get();
      names = header == null ? -1 : header.indexOf(wanted);
      if (names < 0 && wanted.matches("\\d{1,6}")) {
        names = Integer.parseInt(wanted);
      }
      if (names < 0 || names >= row.size()) {
        throw new InputException(
            file()
                + ": no column named "
                + wanted
                + " for the stimulus ids"
                + (header == null ? "; the file has no header" : ", found " + cut(header)));
      }
      namesHeader = wanted;
      return;
    }
    boolean shorter = header != null && header.size() == row.size() - 1;
    boolean named = header != null && (header.get(0).isEmpty() || isNamesHeader(header.get(0)));
    if (row.size() > 1 && (shorter || named || !isNumber(row.get(0)))) {
      names = 0;
    }
  }

  private void add(List<String> cells, int line) {
    int width = rows.isEmpty() ? cells.size() : rows.get(0).length + (names < 0 ? 0 : 1);
    if (cells.size() != width) {
      throw new InputException(
          file() + ": line " + line + " has " + cells.size() + " cells, expected " + width);
    }
    double[] row = new double[names < 0 ? width : width - 1];
    int next = 0;
    for (int i = 0; i < width; i++) {
      if (i == names) {
        ids.add(cells.get(i));
      } else {
        row[next++] = number(cells.get(i), line, i);
      }
    }
    rows.add(row);
  }

  private static boolean isNumber(String cell) {
    return special(cell) != null || !Double.isNaN(decimal(cell));
  }

  private double number(String cell, int line, int column) {
    Double special = special(cell);
    if (special != null) {
      return special;
    }
    double value = decimal(cell);
    if (Double.isNaN(value)) {
      throw new InputException(
          file()
              + ": line "
              + line
              + ", column "
              + column
              + ": expected a number, found "
              + (cell.isEmpty() ? "nothing" : "\"" + cut(List.of(cell)) + "\""));
    }
    if (Double.isInfinite(value)) {
      throw new InputException(
          file()
              + ": line "
              + line
              + ", column "
              + column
              + ": "
              + cut(List.of(cell))
              + " is beyond float64");
    }
    return value;
  }

  /**
   * The value of a decimal number, or NaN where the cell is none. Java's own notations
   * (hexadecimal, endings d and f) are kept out by their letters.
   */
  private static double decimal(String cell) {
    for (int i = 0; i < cell.length(); i++) {
      char c = cell.charAt(i);
      if (c > '9' && c != 'e' && c != 'E' || c < '+' || c == ',' || c == '/') {
        return Double.NaN;
      }
    }
    try {
      return Double.parseDouble(cell);
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static Double special(String cell) {
    if (cell.length() < 2 || cell.length() > 9) {
      return null;
    }
    return switch (cell.toLowerCase(Locale.ROOT)) {
      case "nan", "na", "-nan", "+nan" -> Double.NaN;
      case "inf", "+inf", "infinity", "+infinity" -> Double.POSITIVE_INFINITY;
      case "-inf", "-infinity" -> Double.NEGATIVE_INFINITY;
      default -> null;
    };
  }

  private List<String> cells(String line, int number) {
    if (line.length() > 2 * MAX_COLUMNS - 2
        && line.chars().filter(c -> c == separator).count() >= MAX_COLUMNS) {
      throw new InputException(
          file() + ": line " + number + " has more than 2^22 columns; expected one for each unit");
    }
    List<String> cells = new ArrayList<>(rows.isEmpty() ? 16 : rows.get(0).length + 1);
    int position = 0;
    int end = line.length();
    if (separator == ' ') {
      line = line.strip();
      end = line.length();
    }
    while (position <= end) {
      if (position < end && line.charAt(position) == '"') {
        StringBuilder cell = new StringBuilder();
        position = quoted(line, position + 1, cell, number);
        cells.add(cell.toString());
        if (position < end && !isSeparator(line.charAt(position))) {
          throw new InputException(
              file() + ": line " + number + ": expected a separator behind a closing quote");
        }
      } else {
        int start = position;
        while (position < end && !isSeparator(line.charAt(position))) {
          position++;
        }
        cells.add(line.substring(start, position).strip());
      }
      if (position >= end) {
        break;
      }
      position++;
      while (separator == ' ' && position < end && isSeparator(line.charAt(position))) {
        position++;
      }
    }
    return cells;
  }

  private boolean isSeparator(char c) {
    return c == separator || separator == ' ' && c == '\t';
  }

  /** Reads up to the closing quote; two quotes stand for one. Returns the position behind it. */
  private int quoted(String line, int from, StringBuilder cell, int number) {
    for (int i = from; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c != '"') {
        cell.append(c);
      } else if (i + 1 < line.length() && line.charAt(i + 1) == '"') {
        cell.append(c);
        i++;
      } else {
        return i + 1;
      }
    }
    throw new InputException(file() + ": line " + number + ": a quote is not closed");
  }

  private static String cut(List<String> cells) {
    String text = PythonLiteral.printable(String.join(" ", cells));
    return text.length() > 60 ? text.substring(0, 60) + "…" : text;
  }

  /** Lines with their numbers from 1 on. */
  private final class LineReader implements AutoCloseable {
    private final BufferedReader reader;
    private int number;

    LineReader() {
      InputStream in = bytes.stream();
      reader =
          new BufferedReader(
              new InputStreamReader(
                  in,
                  StandardCharsets.UTF_8
                      .newDecoder()
                      .onMalformedInput(CodingErrorAction.REPORT)
                      .onUnmappableCharacter(CodingErrorAction.REPORT)),
              1 << 16);
    }

    String next() throws IOException {
      String line = reader.readLine();
      if (line != null && number == 0 && line.startsWith("\uFEFF")) {
        line = line.substring(1);
      }
      number++;
      if (line != null && line.length() > MAX_LINE) {
        throw new InputException(file() + ": line " + number + " is longer than 2^28 characters");
      }
      return line;
    }

    /** The next line that is not blank. */
    String nextRow() throws IOException {
      String line = next();
      while (line != null && line.isBlank()) {
        line = next();
      }
      return line;
    }

    @Override
    public void close() throws IOException {
      reader.close();
    }
  }

  @Override
  public List<Entry> entries() {
    List<Entry> entries = new ArrayList<>();
    entries.add(Entry.numeric("", ElementType.FLOAT64, shape()));
    if (names >= 0) {
      entries.add(Entry.other("stimulus_ids", ids.size() + " texts"));
    }
    return entries;
  }

  private long[] shape() {
    return new long[] {rows.size(), rows.get(0).length};
  }

  @Override
  NumericArray open(Entry entry) {
    return new NumericArray() {
      @Override
      public String name() {
        return file().toString();
      }

      @Override
      public ElementType type() {
        return ElementType.FLOAT64;
      }

      @Override
      public long[] shape() {
        return TextFile.this.shape();
      }

      @Override
      public void read(long from, DoubleBuffer target) {
        int width = rows.get(0).length;
        long next = from;
        while (target.hasRemaining()) {
          int column = (int) (next % width);
          int count = Math.min(width - column, target.remaining());
          target.put(rows.get((int) (next / width)), column, count);
          next += count;
        }
      }
    };
  }

  @Override
  public Optional<List<String>> texts(String name) {
    boolean wanted = name.equals("stimulus_ids") || name.equals(namesHeader);
    return names >= 0 && wanted ? Optional.of(List.copyOf(ids)) : Optional.empty();
  }
}
