package dev.kindred.study.convergence.report;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Provenance;
import dev.kindred.figure.ColorMap;
import dev.kindred.figure.Figure;
import dev.kindred.figure.HeatMap;
import dev.kindred.network.Pooling;
import dev.kindred.study.Claim;
import dev.kindred.study.Reading;
import dev.kindred.study.Verdict;
import dev.kindred.study.convergence.ConvergenceClaims;
import dev.kindred.study.convergence.ConvergenceData;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.DoublePredicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Which claim holds where, in one look: a row for each claim, a column for each kind of images and
 * of units.
 *
 * @param columns with the same claims in the same order
 */
public record ConvergenceVerdicts(List<Column> columns) {
  private static final int CELL_WIDTH = 62;
  private static final int CELL_HEIGHT = 27;
  private static final int LONGEST_CLAIM = 520;

  /** Beyond the strongest verdict, whose colour would else be nearly black. */
  private static final double END = 2.5;

  /**
   * @param claims as they are decided on these images with these units
   */
  public record Column(String images, Pooling pooling, List<Claim> claims) {
    String name() {
      return images + ", " + ConvergenceFigures.name(pooling);
    }
  }

  /** A claim, and its verdict in every column as a number. */
  private record Row(Claim claim, double[] verdicts) {
    int count(DoublePredicate of) {
      return (int) IntStream.range(0, verdicts.length).filter(j -> of.test(verdicts[j])).count();
    }

    int holding() {
      return count(v -> v > 0);
    }

    int failing() {
      return count(v -> v < 0);
    }

    int testable() {
      return count(v -> !Double.isNaN(v));
    }

    int decided() {
      return holding() + failing();
    }

    String name() {
      return "“" + claim.statement() + "”" + (claim.isOfThePaper() ? "" : " (not in the paper)");
    }
  }

  public ConvergenceVerdicts {
    columns = List.copyOf(columns);
  }

  /** Decides the claims on each kind of images, with units of each kind. */
  public static ConvergenceVerdicts of(List<ConvergenceData> data, Pooling... poolings) {
    List<Column> columns = new ArrayList<>();
    for (Pooling pooling : poolings) {
      for (ConvergenceData of : data) {
        columns.add(new Column(of.name(), pooling, ConvergenceClaims.decide(of, pooling)));
      }
    }
    return new ConvergenceVerdicts(columns);
  }

  /** Those of the paper first; of either kind, those that hold in most columns first. */
  private List<Row> rows() {
    List<List<Verdict>> adjusted =
        columns.stream().map(column -> Claim.adjustedVerdicts(column.claims())).toList();
    return IntStream.range(0, columns.get(0).claims().size())
        .mapToObj(
            i ->
                new Row(
                    columns.get(0).claims().get(i),
                    IntStream.range(0, columns.size())
                        .mapToDouble(
                            j ->
                                number(
                                    columns.get(j).claims().get(i).verdict(),
                                    adjusted.get(j).get(i)))
                        .toArray()))
        .sorted(
            Comparator.<Row>comparingInt(row -> row.claim().isOfThePaper() ? 0 : 1)
                .thenComparingInt(row -> row.failing() - row.holding()))
        .toList();
  }

  /** Above 0 if a claim holds, below if not; 2 if also after allowing for the number of claims. */
  private static double number(Verdict verdict, Verdict adjusted) {
    int strength = adjusted == verdict ? 2 : 1;
    return switch (verdict) {
      case REPRODUCED -> strength;
      case NOT_REPRODUCED -> -strength;
      case NOT_DECIDABLE -> 0;
      case NOT_TESTABLE -> Double.NaN;
    };
  }

  private static String sign(double verdict) {
    if (Double.isNaN(verdict)) {
      return "";
    }
    return verdict == 0 ? "?" : (verdict > 0 ? "+" : "−").repeat((int) Math.abs(verdict));
  }

  /** Claims × columns; colours and signs say the same. */
  public Figure figure() {
    List<Row> rows = rows();
    Map<Double, String> meanings = new LinkedHashMap<>();
    meanings.put(2.0, "++ holds, also after allowing for the number of claims");
    meanings.put(1.0, "+ holds");
    meanings.put(0.0, "? not decided");
    meanings.put(-1.0, "− does not hold");
    meanings.put(-2.0, "−− does not hold, also after allowing for their number");
    meanings.put(Double.NaN, "not testable");
    return HeatMap.of(
            new LabelledMatrix(
                "verdict",
                rows.stream().map(row -> row.claim().statement()).toList(),
                columns.stream().map(Column::images).toList(),
                rows.stream().map(Row::verdicts).toArray(double[][]::new),
                Provenance.of("drawn")))
        .letters(
            rows.stream()
                .map(
                    row ->
                        IntStream.range(0, columns.size())
                            .mapToObj(j -> sign(row.verdicts()[j]))
                            .toList())
                .toList())
        .meanings(meanings)
        .colors(ColorMap.RED_BLUE)
        .range(-END, END)
        .groups(
            rows.stream()
                .map(row -> row.claim().isOfThePaper() ? "in the paper" : Claim.NOT_IN_THE_PAPER)
                .toList(),
            columns.stream().map(column -> ConvergenceFigures.name(column.pooling())).toList())
        .longestName(LONGEST_CLAIM)
        .plotSize(CELL_WIDTH * columns.size(), CELL_HEIGHT * rows.size());
  }

  /** What holds everywhere, what nowhere, and what depends on images or units. */
  public Reading reading() {
    Map<String, List<String>> said = new LinkedHashMap<>();
    List.of(
            "Hold in every column",
            "Fail in every column",
            "Hold wherever they are decided",
            "Fail wherever they are decided",
            "Hold in some columns and fail in others",
            "Decided in no column",
            "Testable in no column")
        .forEach(heading -> said.put(heading, new ArrayList<>()));
    List<Row> rows = rows();
    for (Row row : rows) {
      String some = row.name() + " in " + row.decided() + " of " + row.testable();
      if (row.testable() == 0) {
        said.get("Testable in no column").add(row.name());
      } else if (row.decided() == 0) {
        said.get("Decided in no column").add(row.name());
      } else if (row.holding() == row.testable()) {
        said.get("Hold in every column").add(row.name());
      } else if (row.failing() == row.testable()) {
        said.get("Fail in every column").add(row.name());
      } else if (row.failing() == 0) {
        said.get("Hold wherever they are decided").add(some);
      } else if (row.holding() == 0) {
        said.get("Fail wherever they are decided").add(some);
      } else {
        said.get("Hold in some columns and fail in others")
            .add(
                row.name()
                    + " holds in "
                    + names(row, v -> v > 0)
                    + ", and fails in "
                    + names(row, v -> v < 0));
      }
    }
    said.values().removeIf(List::isEmpty);
    long ofThePaper = rows.stream().filter(row -> row.claim().isOfThePaper()).count();
    return new Reading(
        "it makes " + ofThePaper + " of these " + rows.size() + " claims",
        said.entrySet().stream()
            .map(
                entry ->
                    entry.getKey()
                        + " ("
                        + entry.getValue().size()
                        + "): "
                        + String.join("; ", entry.getValue()))
            .collect(Collectors.joining(".\n")));
  }

  private String names(Row row, DoublePredicate of) {
    return IntStream.range(0, columns.size())
        .filter(j -> of.test(row.verdicts()[j]))
        .mapToObj(j -> columns.get(j).name())
        .collect(Collectors.joining("; "));
  }
}
