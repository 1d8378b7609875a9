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
  private static final String MARK = "background:rgba(230,159,0,.22);font-weight:bold;";

  private Html() {}

  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("\"", "&quot;");
  }

  /** What stands above a figure or a table: a caption, and links as HTML; both may be empty. */
  static String captionLine(String caption, String links) {
    if (caption.isEmpty() && links.isEmpty()) {
      return "";
    }
    return "<div style=\"max-width:60em;margin-top:6px\">"
        + (caption.isEmpty() ? "" : "<b>" + escape(caption) + "</b> ")
        + (links.isEmpty() ? "" : "<span style=\"opacity:.7;font-size:85%\">" + links + "</span>")
        + "</div>";
  }

  /** A table that scrolls within itself when it is wide or long. */
  static String table(Grid grid) {
    String links = SaveLinks.ofTable(grid.caption(), grid.csv());
    StringBuilder html = new StringBuilder(captionLine(grid.caption(), links));
    html.append("<div style=\"overflow:auto;max-height:45em;max-width:100%\">")
        .append("<table style=\"border-collapse:collapse;font-variant-numeric:tabular-nums\">");
    if (!grid.headers().stream().allMatch(String::isEmpty)) {
      html.append("<thead><tr>");
      for (int column = 0; column < grid.headers().size(); column++) {
        String header = grid.headers().get(column);
        cell(html, "th", header, CELL + RULE + alignment(grid.right()[column]), 1);
      }
      html.append("</tr></thead>");
    }
    html.append("<tbody>");
    for (int row = 0; row < grid.rows().size(); row++) {
      row(html, grid, row);
    }
    html.append("</tbody></table></div>");
    if (!grid.note().isEmpty()) {
      html.append("<div style=\"opacity:.7\">").append(escape(grid.note())).append("</div>");
    }
    return html.toString();
  }

  private static void row(StringBuilder html, Grid grid, int index) {
    List<String> cells = grid.rows().get(index);
    boolean marked = grid.marked().contains(index);
    html.append("<tr>");
    if (cells.size() < grid.headers().size()) {
      String style = CELL + RULE + "text-align:left;font-weight:bold;padding-top:10px;";
      cell(html, "td", cells.get(0), style + colour(grid, cells.get(0)), grid.headers().size());
    } else {
      for (int column = 0; column < cells.size(); column++) {
        String cell = cells.get(column);
        String style = CELL + (marked ? MARK : "") + colour(grid, cell);
        cell(html, "td", cell, style + alignment(grid.right()[column]), 1);
      }
    }
    html.append("</tr>");
  }

  private static void cell(StringBuilder html, String tag, String text, String style, int span) {
    html.append('<').append(tag).append(" style=\"").append(breaking(text)).append(style);
    html.append(span > 1 ? "\" colspan=\"" + span : "").append("\">");
    html.append(escape(text)).append("</").append(tag).append('>');
  }

  private static String colour(Grid grid, String cell) {
    String colour = grid.colours().get(cell);
    return colour == null ? "" : "font-weight:bold;color:" + colour + ";";
  }

  private static String breaking(String cell) {
    return cell.length() > LONGEST_LINE
        ? "white-space:pre-wrap;min-width:13em;"
        : "white-space:pre;";
  }

  private static String alignment(boolean right) {
    return right ? "text-align:right" : "text-align:left";
  }

  /** The same table as text in columns. */
  static String plain(Grid grid) {
    int[] widths = new int[grid.headers().size()];
    for (int column = 0; column < widths.length; column++) {
      widths[column] = grid.headers().get(column).length();
      for (List<String> row : grid.rows()) {
        if (row.size() == widths.length) {
          widths[column] = Math.max(widths[column], row.get(column).length());
        }
      }
    }
    StringBuilder text = new StringBuilder(grid.caption().isEmpty() ? "" : grid.caption() + "\n");
    line(text, grid.headers(), grid.right(), widths);
    grid.rows().forEach(row -> line(text, row, grid.right(), widths));
    return text.append(grid.note()).toString().stripTrailing();
  }

  private static void line(StringBuilder text, List<String> cells, boolean[] right, int[] widths) {
    StringBuilder line = new StringBuilder();
    for (int column = 0; column < cells.size(); column++) {
      String padding = " ".repeat(Math.max(0, widths[column] - cells.get(column).length()));
      line.append(column == 0 ? "" : "  ");
      line.append(right[column] ? padding : "").append(cells.get(column));
      line.append(right[column] ? "" : padding);
    }
    text.append(line.toString().stripTrailing()).append('\n');
  }
}
