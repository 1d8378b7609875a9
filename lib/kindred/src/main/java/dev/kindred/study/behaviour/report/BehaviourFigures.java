package dev.kindred.study.behaviour.report;

import dev.kindred.base.InputException;
import dev.kindred.figure.Figure;
import dev.kindred.figure.LineFigure;
import dev.kindred.figure.Panels;
import dev.kindred.figure.ScatterFigure;
import dev.kindred.figure.XyFigure.Legend;
import dev.kindred.measure.statistics.Interval;
import dev.kindred.study.Reading;
import dev.kindred.study.behaviour.BehaviourStatistics;
import dev.kindred.study.behaviour.BehaviourStatistics.Accuracy;
import dev.kindred.study.behaviour.BehaviourStatistics.Consistency;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Networks beside people on distorted images: figures, and what there is to see in them. */
public final class BehaviourFigures {
  private static final String ACCURACY = "accuracy";
  private static final String CONSISTENCY = "error consistency (kappa)";
  private static final int COLUMNS = 3;
  private static final int PANEL_WIDTH = 330;
  private static final int PANEL_HEIGHT = 290;
  private static final int LINE = 10;

  private final BehaviourStatistics statistics;

  public BehaviourFigures(BehaviourStatistics statistics) {
    this.statistics = statistics;
  }

  /** A number with its interval. */
  private record Point(String set, String level, String name, double value, Interval interval) {
    static Point of(Accuracy one) {
      return new Point(one.set(), one.level(), one.name(), one.value(), one.interval());
    }

    static Point of(Consistency one) {
      return new Point(one.set(), one.level(), one.name(), one.kappa(), one.interval());
    }

    boolean isDefined() {
      return !Double.isNaN(value);
    }

    double low() {
      return interval.equals(Interval.UNKNOWN) ? value : interval.low();
    }

    double high() {
      return interval.equals(Interval.UNKNOWN) ? value : interval.high();
    }
  }

  private List<Point> accuracies() {
    return statistics.accuracies().stream()
        .filter(one -> statistics.names().contains(one.name()))
        .map(Point::of)
        .toList();
  }

  private List<Point> consistencies() {
    return statistics.consistencies().stream().map(Point::of).toList();
  }

  /**
   * Both by set, with 95 % intervals: accuracy, and error consistency of each network with people
   * beside that of people among themselves.
   */
  public Figure sets() {
    List<Figure> panels = new ArrayList<>();
    if (isDefined(accuracies())) {
      panels.add(bySet("Right answers", accuracies()).x(ACCURACY));
    }
    if (isDefined(consistencies())) {
      panels.add(
          bySet("Errors on the same images", consistencies())
              .x(CONSISTENCY)
              .verticalLine(0, "by chance"));
    }
    if (panels.isEmpty()) {
      throw new InputException(
          "behaviour: no set has images at a level that counts: expected distorted ones");
    }
    return Panels.grid(2, panels).lettered();
  }

  /** Whether there is a mean over levels to draw; kappa has none where nobody errs. */
  private static boolean isDefined(List<Point> points) {
    return points.stream()
        .anyMatch(point -> point.level().equals(BehaviourStatistics.MEAN) && point.isDefined());
  }

  private ScatterFigure bySet(String title, List<Point> points) {
    List<Point> means =
        points.stream().filter(point -> point.level().equals(BehaviourStatistics.MEAN)).toList();
    List<String> rows = means.stream().map(Point::set).distinct().toList();
    List<String> names = statistics.names();
    ScatterFigure figure =
        ScatterFigure.titled(title)
            .yNames(rows)
            .legend(Legend.BELOW)
            .size(470, 150 + LINE * (names.size() + 1) * rows.size());
    for (int n = 0; n < names.size(); n++) {
      String name = names.get(n);
      List<Point> ofName =
          means.stream().filter(point -> point.name().equals(name) && point.isDefined()).toList();
      if (ofName.isEmpty()) {
        continue;
      }
      // Side by side within a row, the first name on top.
      double up = (0.5 * (names.size() - 1) - n) / (names.size() + 1);
      figure.intervals(
          name,
          ofName.stream().mapToDouble(Point::value).toArray(),
          ofName.stream().mapToDouble(p -> rows.size() - rows.indexOf(p.set()) + up).toArray(),
          ofName.stream().mapToDouble(Point::low).toArray(),
          ofName.stream().mapToDouble(Point::high).toArray(),
          ofName.stream().map(point -> name + ", " + point.set()).toList());
    }
    return figure;
  }

  /** Whether a set has several levels; where none has, nothing can be drawn over them. */
  public boolean haveLevels() {
    return statistics.sets().stream().anyMatch(set -> levels(set).size() > 1);
  }

  /** Accuracy over the levels of every set that has several, ± half of the 95 % interval. */
  public Figure accuracyByLevel() {
    return byLevel(accuracies(), ACCURACY);
  }

  /** Error consistency over the same levels. */
  public Figure consistencyByLevel() {
    return byLevel(consistencies(), CONSISTENCY);
  }

  private Figure byLevel(List<Point> points, String y) {
    List<Figure> panels = new ArrayList<>();
    for (String set : statistics.sets()) {
      List<String> levels = levels(set);
      if (levels.size() > 1) {
        LineFigure panel =
            LineFigure.titled(set)
                .x("level (" + levels.get(0) + " to " + levels.get(levels.size() - 1) + ")")
                .y(y)
                .legend(Legend.BELOW)
                .size(PANEL_WIDTH, PANEL_HEIGHT)
                .yRange(y.equals(ACCURACY) ? 0 : -0.4, 1.02);
        statistics
            .names()
            .forEach(
                name ->
                    add(
                        panel,
                        name,
                        points.stream()
                            .filter(point -> point.set().equals(set) && point.name().equals(name))
                            .toList(),
                        levels));
        panels.add(y.equals(ACCURACY) ? panel : panel.horizontalLine(0, ""));
      }
    }
    return Panels.grid(Math.min(COLUMNS, panels.size()), panels);
  }

  private List<String> levels(String set) {
    return statistics.consistencies().stream()
        .filter(one -> one.set().equals(set) && !one.level().equals(BehaviourStatistics.MEAN))
        .map(Consistency::level)
        .distinct()
        .toList();
  }

  private static void add(LineFigure panel, String name, List<Point> points, List<String> levels) {
    List<Point> shown =
        points.stream().filter(p -> levels.contains(p.level()) && p.isDefined()).toList();
    if (!shown.isEmpty()) {
      panel.line(
          name,
          shown.stream().mapToDouble(point -> 1 + levels.indexOf(point.level())).toArray(),
          shown.stream().mapToDouble(Point::value).toArray(),
          shown.stream().mapToDouble(point -> (point.high() - point.low()) / 2).toArray());
    }
  }

  /** What the figures show of every network. */
  public Reading reading() {
    return new Reading(
        "People agree with each other on which images they fail far more than networks do with"
            + " them; the gap closes in accuracy before it does in errors (Geirhos et al. 2021).",
        statistics.names().size() == 1
            ? "There are responses of people only."
            : statistics.names().stream()
                .skip(1)
                .map(this::sentence)
                .collect(Collectors.joining(" ")));
  }

  private String sentence(String name) {
    List<Consistency> sets =
        statistics.consistencies().stream()
            .filter(one -> one.name().equals(name) && one.level().equals(BehaviourStatistics.MEAN))
            .filter(one -> !one.set().equals(BehaviourStatistics.ALL_SETS))
            .toList();
    return String.format(
        Locale.ROOT,
        "%s errs on the images on which people err: more than by chance on %s of %d sets (p ≤ .05),"
            + " less than they do among themselves on %s and more on %s (95 %% intervals).%s",
        name,
        count(sets, one -> one.p() <= 0.05),
        sets.size(),
        count(sets, one -> one.gapInterval().low() > 0),
        count(sets, one -> one.gapInterval().high() < 0),
        mean(name));
  }

  private static String count(List<Consistency> sets, Predicate<Consistency> test) {
    long count = sets.stream().filter(test).count();
    return count == 0 ? "none" : String.valueOf(count);
  }

  private String mean(String name) {
    Function<String, String> kappa =
        who ->
            statistics.consistencies().stream()
                .filter(one -> one.set().equals(BehaviourStatistics.ALL_SETS))
                .filter(one -> one.name().equals(who))
                .map(
                    one ->
                        String.format(
                            Locale.ROOT,
                            "%.3f (%.3f to %.3f)",
                            one.kappa(),
                            one.interval().low(),
                            one.interval().high()))
                .findFirst()
                .orElse("");
    return kappa.apply(name).isEmpty()
        ? ""
        : " Over all sets kappa is "
            + kappa.apply(name)
            + ", of people among themselves "
            + kappa.apply(BehaviourStatistics.PEOPLE)
            + ".";
  }
}
