package dev.kindred.notebook;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A table as it is shown: cells are text.
 *
 * @param caption above the table; empty for none
 * @param headers one for every column
 * @param right which columns hold numbers and are aligned on the right
 * @param rows cells; a row of one cell is the heading of those below it
 * @param marked indices of rows that stand out
 * @param colours of cells, by their text
 * @param note below the table; empty for none
 * @param csv the whole table for those who save it; empty for none
 */
record Grid(
    String caption,
    List<String> headers,
    boolean[] right,
    List<List<String>> rows,
    Set<Integer> marked,
    Map<String, String> colours,
    String note,
    String csv) {

  /** Rows in which nothing stands out. */
  Grid(String caption, List<String> headers, boolean[] right, List<List<String>> rows) {
    this(caption, headers, right, rows, Set.of(), Map.of(), "", "");
  }

  /** Names and values. */
  static Grid card(String caption, List<List<String>> rows) {
    return new Grid(caption, List.of("", ""), new boolean[2], rows);
  }

  Rendering rendering() {
    return Rendering.html(Html.table(this), Html.plain(this));
  }
}
