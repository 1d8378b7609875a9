package dev.kindred.notebook;

import dev.kindred.base.Progress;
import java.time.Duration;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/**
 * Progress as bars that update in place, with the time that has passed and the time that is left at
 * the pace so far. Tasks that end within a moment show no bar.
 */
final class ProgressBars implements Progress {
  /** Tasks that last no longer than this show nothing. */
  private static final Duration MOMENT = Duration.ofMillis(400);

  private static final Duration BETWEEN_UPDATES = Duration.ofMillis(200);
  private static final Duration TICK = Duration.ofSeconds(1);

  private final FrontEnd frontEnd;
  private final LongSupplier nanoseconds;
  private final ScheduledExecutorService ticker;

  ProgressBars(FrontEnd frontEnd) {
    this(frontEnd, System::nanoTime, newTicker());
  }

  /** With a clock of its own, for tests; {@code ticker} may be null. */
  ProgressBars(FrontEnd frontEnd, LongSupplier nanoseconds, ScheduledExecutorService ticker) {
    this.frontEnd = frontEnd;
    this.nanoseconds = nanoseconds;
    this.ticker = ticker;
  }

  private static ScheduledExecutorService newTicker() {
    return Executors.newSingleThreadScheduledExecutor(
        task -> {
          Thread thread = new Thread(task, "kindred-progress");
          thread.setDaemon(true);
          return thread;
        });
  }

  @Override
  public Task begin(String label, long total) {
    return new Bar(label, total);
  }

  private final class Bar implements Task {
    private final String id = "kindred-progress-" + UUID.randomUUID();
    private final String label;
    private final long total;
    private final long start = nanoseconds.getAsLong();
    private final ScheduledFuture<?> ticks;
    private long done;
    private String note = "";
    private long lastShown = start + MOMENT.toNanos() - BETWEEN_UPDATES.toNanos();
    private boolean shown;
    private boolean closed;

    Bar(String label, long total) {
      this.label = label;
      this.total = total;
      ticks =
          ticker == null
              ? null
              : ticker.scheduleAtFixedRate(
                  this::refresh, TICK.toNanos(), TICK.toNanos(), TimeUnit.NANOSECONDS);
    }

    @Override
    public void advance(long units) {
      synchronized (this) {
        done += units;
        refresh();
      }
      Progress.checkCancelled();
    }

    @Override
    public synchronized void note(String text) {
      note = text;
      refresh();
    }

    private synchronized void refresh() {
      if (!closed && nanoseconds.getAsLong() - lastShown >= BETWEEN_UPDATES.toNanos()) {
        show();
      }
    }

    private void show() {
      lastShown = nanoseconds.getAsLong();
      Rendering rendering = rendering();
      if (!shown) {
        shown = true;
        if (frontEnd.updates()) {
          frontEnd.show(rendering, id);
        }
      } else if (frontEnd.updates()) {
        frontEnd.update(rendering, id);
      }
    }

    @Override
    public void close() {
      if (ticks != null) {
        ticks.cancel(false);
      }
      synchronized (this) {
        if (!closed) {
          closed = true;
          if (shown && frontEnd.updates()) {
            frontEnd.update(rendering(), id);
          } else if (shown) {
            frontEnd.show(Rendering.text(label + ": " + state()), null);
          }
        }
      }
    }

    private Rendering rendering() {
      String state = state();
      double share = total > 0 ? Math.min(1, (double) done / total) : closed ? 1 : 0.5;
      String colour = closed && total > 0 && done < total ? "#d55e00" : "#0072b2";
      String html =
          String.format(
              Locale.ROOT,
              "<div style=\"max-width:46em\"><div>%s"
                  + "<span style=\"opacity:.7\"> · %s</span></div>"
                  + "<div style=\"height:5px;border-radius:3px;background:rgba(128,128,128,.3)\">"
                  + "<div style=\"height:5px;border-radius:3px;background:%s;width:%.1f%%\"></div>"
                  + "</div></div>",
              Html.escape(label),
              Html.escape(state),
              colour,
              100 * share);
      return Rendering.html(html, label + ": " + state);
    }

    private String state() {
      long elapsed = nanoseconds.getAsLong() - start;
      StringBuilder state = new StringBuilder();
      if (total > 0) {
        state.append(done).append(" of ").append(total);
      } else if (done > 0) {
        state.append(done);
      }
      boolean whole = total <= 0 || done >= total;
      state.append(state.isEmpty() ? "" : " · ");
      if (closed) {
        state.append(whole ? "done in " : "stopped after ").append(time(elapsed));
      } else {
        state.append(time(elapsed));
        if (done > 0 && done < total) {
          long left = (long) ((double) elapsed / done * (total - done));
          state.append(", about ").append(time(left)).append(" left");
        }
      }
      return state.append(note.isEmpty() ? "" : " · " + note).toString();
    }
  }

  /** {@code 3.2 s}, {@code 47 s}, {@code 2 min 05 s}, {@code 3 h 10 min}. */
  static String time(long nanoseconds) {
    double seconds = nanoseconds / 1e9;
    if (seconds < 9.95) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    long whole = Math.round(seconds);
    if (whole < 60) {
      return whole + " s";
    }
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole % 3600 / 60);
  }
}
