package dev.kindred.notebook;

import dev.kindred.figure.Figure;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/**
 * Links that save what is shown. They carry the file, so that they work in JupyterLab and in an
 * exported page, offline; texts larger than a bound have none.
 */
final class SaveLinks {
  /** Bytes of the largest SVG or CSV that a notebook carries beside the picture. */
  static final int LARGEST = 200_000;

  /** Bytes of the largest PNG of full density; others are saved at their logical size. */
  private static final int LARGEST_DENSE = 150_000;

  private final StringBuilder links = new StringBuilder();
  private final String name;

  private SaveLinks(String title) {
    String words = title.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
    String whole = words.replaceAll("^-|-$", "");
    name = whole.isEmpty() ? "kindred" : whole.substring(0, Math.min(60, whole.length()));
  }

  /** The line above a figure: its caption and its links. */
  static String above(Figure figure) {
    SaveLinks links = new SaveLinks(figure.caption().isEmpty() ? figure.text() : figure.caption());
    byte[] png = figure.png();
    links.link("PNG", "image/png", png.length <= LARGEST_DENSE ? png : figure.png(1));
    links.link("SVG", "image/svg+xml", figure.svg().getBytes(StandardCharsets.UTF_8));
    figure
        .csv()
        .ifPresent(csv -> links.link("CSV", "text/csv", csv.getBytes(StandardCharsets.UTF_8)));
    return Html.captionLine(figure.caption(), links.links.toString());
  }

  /** The link of a table; empty for an empty table. */
  static String ofTable(String title, String csv) {
    SaveLinks links = new SaveLinks(title);
    if (!csv.isEmpty()) {
      links.link("CSV", "text/csv", csv.getBytes(StandardCharsets.UTF_8));
    }
    return links.links.toString();
  }

  private void link(String kind, String type, byte[] file) {
    if (file.length > LARGEST && !kind.equals("PNG")) {
      return;
    }
    links.append(links.isEmpty() ? "save: " : " · ");
    links.append("<a download=\"").append(name).append('.');
    links.append(kind.toLowerCase(java.util.Locale.ROOT)).append("\" href=\"data:").append(type);
    links.append(";base64,").append(Base64.getEncoder().encodeToString(file)).append("\">");
    links.append(kind).append("</a>");
  }
}
