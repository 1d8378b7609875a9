package dev.kindred.cli;

import dev.kindred.base.Progress;
import java.io.PrintWriter;
import java.util.Locale;

/** Progress as a line on the terminal that is overwritten. */
final class TerminalProgress implements Progress {
  private static final long BETWEEN_UPDATES = 200_000_000L;
  private static final String CLEAR_LINE = "\r\u001b[K";

  private final PrintWriter terminal;

  TerminalProgress(PrintWriter terminal) {
    this.terminal = terminal;
  }

  @Override
  public Task begin(String label, long total) {
    return new Line(label, total);
  }

  private final class Line implements Task {
    private final String label;
    private final long total;
    private final long start = System.nanoTime();
    private long lastShown = start;
    private long done;
    private String note = "";
    private boolean shown;

    Line(String label, long total) {
      this.label = label;
      this.total = total;
    }

    @Override
    public void advance(long units) {
      synchronized (this) {
        done += units;
        show();
      }
      Progress.checkCancelled();
    }

    @Override
    public synchronized void note(String text) {
      note = text;
      show();
    }

    private void show() {
      long now = System.nanoTime();
      if (now - lastShown < BETWEEN_UPDATES) {
        return;
      }
      lastShown = now;
      shown = true;
      double elapsed = (now - start) / 1e9;
      String line =
          total > 0 && done > 0
              ? String.format(
                  Locale.ROOT,
                  "%s: %d of %d, %.0f s, about %.0f s left",
                  label,
                  done,
                  total,
                  elapsed,
                  elapsed / done * (total - done))
              : String.format(Locale.ROOT, "%s: %d, %.0f s", label, done, elapsed);
      terminal.print(CLEAR_LINE + line + (note.isEmpty() ? "" : " · " + note));
      terminal.flush();
    }

    @Override
    public synchronized void close() {
      if (shown) {
        terminal.print(CLEAR_LINE);
        terminal.flush();
      }
    }
  }
}
