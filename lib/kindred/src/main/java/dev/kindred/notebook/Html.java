package dev.kindred.notebook;

import java.util.List;

/**
 * HTML for notebooks: styles stand in the elements, as notebook pages drop style sheets, and
 * colours follow the page's theme.
 */
final class Html {
  private static final String CELL = "padding:2px 10px;vertical-align:top;";

  /** Cells of more characters are broken into lines, so that columns behind them stay in sight. */
  private static final int LONGEST_LINE = 26;

  private static final String RULE = "border-bottom:1px solid rgba(128,128,128,.5);";

  private Html() {}

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /**
   * A table that scrolls within itself when it is wide or long.
   *
   * @param caption above the table; empty for none
   * @param headers one for every column
   * @param right which columns hold numbers and are aligned on the right
   * @param rows cells as plain text
   * @param note below the table; empty for none
   */
  static String table(
      String caption, List<String> headers, boolean[] right, List<List<String>> rows, String note) {
    StringBuilder html = new StringBuilder();
    if (!caption.isEmpty()) {
      html.append("<div><b>").append(escape(caption)).append("</b></div>");
    }
    html.append("<div style=\"overflow:auto;max-height:40em;max-width:100%\">")
        .append("<table style=\"border-collapse:collapse;font-variant-numeric:tabular-nums\">")
        .append("<thead><tr>");
    for (int column = 0; column < headers.size(); column++) {
      html.append("<th style=\"").append(CELL).append(RULE);
      html.append(breaking(headers.get(column))).append(alignment(right[column]));
      html.append("\">").append(escape(headers.get(column))).append("</th>");
    }
    html.append("</tr></thead><tbody>");
    for (List<String> row : rows) {
      html.append("<tr>");
      for (int column = 0; column < row.size(); column++) {
        String cell = row.get(column);
        html.append("<td style=\"").append(CELL).append(breaking(cell));
        html.append(alignment(right[column])).append("\">").append(escape(cell)).append("</td>");
      }
      html.append("</tr>");
    }
    html.append("</tbody></table></div>");
    if (!note.isEmpty()) {
      html.append("<div style=\"opacity:.7\">").append(escape(note)).append("</div>");
    }
    return html.toString();
  }

  private static String breaking(String cell) {
    return cell.length() > LONGEST_LINE
        ? "white-space:pre-wrap;min-width:10em;"
        : "white-space:pre;";
  }

  private static String alignment(boolean right) {
    return right ? "text-align:right" : "text-align:left";
  }

  /** The same table as text in columns. */
  static String plain(
      String caption, List<String> headers, boolean[] right, List<List<String>> rows, String note) {
    int[] widths = new int[headers.size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = headers.get(column).length();
      for (List<String> row : rows) {
        widths[column] = Math.max(widths[column], row.get(column).length());
      }
    }
    StringBuilder text = new StringBuilder(caption.isEmpty() ? "" : caption + "\n");
    line(text, headers, right, widths);
    rows.forEach(row -> line(text, row, right, widths));
    return text.append(note).toString().stripTrailing();
  }

  private static void line(StringBuilder text, List<String> cells, boolean[] right, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < widths.length; column++) {
      String padding = " ".repeat(widths[column] - cells.get(column).length());
      line.append(column == 0 ? "" : "  ");
      line.append(right[column] ? padding : "").append(cells.get(column));
      line.append(right[column] ? "" : padding);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
