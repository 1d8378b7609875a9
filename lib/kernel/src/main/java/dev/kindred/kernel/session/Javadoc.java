package dev.kindred.kernel.session;

/** Javadoc comments as plain text. */
final class Javadoc {
  private Javadoc() {}

  /** Returns the comment below a line break, or nothing if there is none. */
  static String toText(String comment) {
    if (comment == null || comment.isBlank()) {
      return "";
    }
    String text =
        comment
            .replaceAll("\\{@(?:code|literal|link|linkplain)\\s+([^}]*)\\}", "$1")
            .replaceAll("\\s*<p>\\s*", "\n\n")
            .replaceAll("<li>\\s*", "- ")
            .replaceAll("</?[a-zA-Z][^>]*>", "")
            .replace("&lt;", "<")
            .replace("&gt;", ">")
            .replace("&amp;", "&")
            .replaceAll("(?m)^ ", "");
    return "\n" + text.strip();
  }
}
