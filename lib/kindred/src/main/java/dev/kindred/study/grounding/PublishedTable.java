package dev.kindred.study.grounding;

import dev.kindred.base.InputException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A published table of pairs of representations, a .csv of a million rows and more: whole numbers
 * choose the rows, and only chosen rows are kept. One pass, in memory proportional to what is kept.
 */
final class PublishedTable {
  private static final int BUFFER = 1 << 20;

  private final Path file;
  private final List<String> header;
  private final List<String> first;

  private PublishedTable(Path file, List<String> header, List<String> first) {
    this.file = file;
    this.header = header;
    this.first = first;
  }

  /** Reads the names of the columns. */
  static PublishedTable open(Path file) {
    try (Lines lines = new Lines(file)) {
      if (!lines.next()) {
        throw new InputException(file + ": expected a table, found an empty file");
      }
      List<String> header = lines.fields();
      if (!lines.next()) {
        throw new InputException(file + ": expected rows below the names, found none");
      }
      return new PublishedTable(file, header, lines.fields());
    } catch (IOException e) {
      throw unreadable(file, e);
    }
  }

  private static InputException unreadable(Path file, IOException e) {
    return new InputException(file + ": cannot be read: " + e.getMessage(), e);
  }

  Path file() {
    return file;
  }

  List<String> header() {
    return header;
  }

  /** Columns whose first row is a number. */
  boolean isNumeric(String column) {
    int at = header.indexOf(column);
    try {
      Double.parseDouble(first.get(at));
      return true;
    } catch (NumberFormatException | IndexOutOfBoundsException e) {
      return at >= 0 && at < first.size() && first.get(at).isBlank();
    }
  }

  /** Chooses rows by their whole numbers. */
  @FunctionalInterface
  interface RowChoice {
    boolean test(int[] keys);
  }

  /**
   * The chosen rows.
   *
   * @param keys row × key column
   * @param values value column × row; NaN where a field is empty
   */
  record Rows(List<int[]> keys, double[][] values) {
    int size() {
      return keys.size();
    }

    /** Of one column, the rows of which a test holds. */
    double[] select(int column, RowChoice choice) {
      double[] selected = new double[keys.size()];
      int count = 0;
      for (int i = 0; i < selected.length; i++) {
        if (choice.test(keys.get(i))) {
          selected[count++] = values[column][i];
        }
      }
      return Arrays.copyOf(selected, count);
    }
  }

  /**
   * Reads rows.
   *
   * @param keys columns of whole numbers
   * @param choice which rows, by the numbers of these columns
   * @param values columns of numbers
   */
  Rows read(List<String> keys, RowChoice choice, List<String> values) {
    return read(keys, choice, values, Integer.MAX_VALUE);
  }

  /** The first rows; what comes after them may be anything. */
  Rows first(int count, List<String> values) {
    return read(List.of(), row -> true, values, count);
  }

  private Rows read(List<String> keys, RowChoice choice, List<String> values, int most) {
    int[] keyColumns = columns(keys);
    int[] valueColumns = columns(values);
    int last = Arrays.stream(keyColumns).max().orElse(-1);
    last = Math.max(last, Arrays.stream(valueColumns).max().orElse(-1));
    List<int[]> chosen = new ArrayList<>();
    List<double[]> numbers = new ArrayList<>();
    int[] row = new int[keys.size()];
    try (Lines lines = new Lines(file)) {
      lines.next();
      while (chosen.size() < most && lines.next()) {
        if (lines.count() != header.size()) {
          throw new InputException(
              file
                  + ", line "
                  + lines.line()
                  + ": expected "
                  + header.size()
                  + " fields, found "
                  + lines.count());
        }
        for (int k = 0; k < row.length; k++) {
          row[k] = lines.whole(keyColumns[k], header);
        }
        if (choice.test(row)) {
          chosen.add(row.clone());
          double[] ofRow = new double[valueColumns.length];
          for (int v = 0; v < ofRow.length; v++) {
            ofRow[v] = lines.number(valueColumns[v], header);
          }
          numbers.add(ofRow);
        }
      }
    } catch (IOException e) {
      throw unreadable(file, e);
    }
    double[][] byColumn = new double[values.size()][numbers.size()];
    for (int i = 0; i < numbers.size(); i++) {
      for (int v = 0; v < byColumn.length; v++) {
        byColumn[v][i] = numbers.get(i)[v];
      }
    }
    return new Rows(chosen, byColumn);
  }

  private int[] columns(List<String> names) {
    int[] columns = new int[names.size()];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = header.indexOf(names.get(i));
      if (columns[i] < 0) {
        throw new InputException(
            file
                + ": expected a column "
                + names.get(i)
                + ", found "
                + String.join(", ", header.stream().filter(name -> !name.isBlank()).toList()));
      }
    }
    return columns;
  }

  /**
   * Lines as fields between commas; a field in quotes may hold commas, doubled quotes and breaks.
   */
  private static final class Lines implements AutoCloseable {
    private final Path file;
    private final InputStream in;
    private final byte[] buffer = new byte[BUFFER];
    private int at;
    private int end;
    private byte[] text = new byte[1 << 12];
    private int length;
    private int[] ends = new int[64];
    private int count;
    private long line;

    Lines(Path file) throws IOException {
      this.file = file;
      if (!Files.isRegularFile(file)) {
        throw new InputException(file + ": no such file");
      }
      this.in = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
    }

    private int read() throws IOException {
      if (at == end) {
        end = in.read(buffer);
        at = 0;
        if (end <= 0) {
          end = 0;
          return -1;
        }
      }
      return buffer[at++] & 0xFF;
    }

    /** Reads the next line that is not empty; false at the end. */
    boolean next() throws IOException {
      length = 0;
      count = 0;
      boolean quoted = false;
      boolean closed = false;
      while (true) {
        int c = read();
        if (c == -1 || c == '\n' && !quoted) {
          line++;
          if (length > 0 && text[length - 1] == '\r') {
            length--;
          }
          if (length == 0 && count == 0) {
            if (c == -1) {
              return false;
            }
            continue;
          }
          endField();
          return true;
        }
        if (c == '"') {
          // Right behind one that seemed to end the text, it is the second of two inside.
          if (closed) {
            append('"');
          }
          closed = quoted;
          quoted = !quoted;
          continue;
        }
        closed = false;
        if (c == ',' && !quoted) {
          endField();
        } else {
          append(c);
        }
      }
    }

    private void append(int c) {
      if (length == text.length) {
        text = Arrays.copyOf(text, 2 * length);
      }
      text[length++] = (byte) c;
    }

    private void endField() {
      if (count == ends.length) {
        ends = Arrays.copyOf(ends, 2 * count);
      }
      ends[count++] = length;
    }

    int count() {
      return count;
    }

    long line() {
      return line;
    }

    private int start(int field) {
      return field == 0 ? 0 : ends[field - 1];
    }

    String field(int field) {
      int start = start(field);
      return new String(text, start, ends[field] - start, StandardCharsets.UTF_8);
    }

    List<String> fields() {
      List<String> fields = new ArrayList<>(count);
      for (int f = 0; f < count; f++) {
        fields.add(field(f));
      }
      return fields;
    }

    /** A whole number, as digits or as pandas writes it among missing ones ({@code 3.0}). */
    int whole(int field, List<String> header) {
      int value = 0;
      int start = start(field);
      boolean digits = ends[field] > start && ends[field] - start < 10;
      for (int i = start; i < ends[field] && digits; i++) {
        digits = text[i] >= '0' && text[i] <= '9';
        value = 10 * value + text[i] - '0';
      }
      if (digits) {
        return value;
      }
      double number = number(field, header);
      if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
        throw wrong(field, header, "a whole number");
      }
      return (int) number;
    }

    double number(int field, List<String> header) {
      String text = field(field);
      try {
        return text.isBlank() ? Double.NaN : Double.parseDouble(text);
      } catch (NumberFormatException e) {
        throw wrong(field, header, "a number");
      }
    }

    private InputException wrong(int field, List<String> header, String expected) {
      return new InputException(
          file
              + ", line "
              + line
              + ", column "
              + header.get(field)
              + ": expected "
              + expected
              + ", found "
              + field(field));
    }

    @Override
    public void close() throws IOException {
      in.close();
    }
  }
}
