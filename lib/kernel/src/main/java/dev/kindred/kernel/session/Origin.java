package dev.kindred.kernel.session;

/**
 * Where a snippet stands in its cell.
 *
 * @param cell how the cell is called in messages, such as {@code In[3]}
 * @param code the whole cell, with Java in the place of magics
 * @param shown the same lines as a person wrote them
 * @param offset position of the snippet's first character in the cell
 */
record Origin(String cell, String code, String shown, int offset) {
  /** Line of the cell, from 1, of the character at {@code position} of the snippet. */
  int lineAt(long position) {
    int end = Math.min(code.length(), offset + (int) position);
    return 1 + (int) code.substring(0, end).chars().filter(c -> c == '\n').count();
  }

  /** Line of the cell of the snippet's line {@code snippetLine}, both from 1. */
  int cellLine(int snippetLine) {
    return lineAt(0) + snippetLine - 1;
  }
}
