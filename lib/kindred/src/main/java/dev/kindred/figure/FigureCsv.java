package dev.kindred.figure;

import dev.kindred.base.LabelledMatrix;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** The numbers of a figure, one line for each point, cell or value that is drawn. */
final class FigureCsv {
  /** More than any picture shows. */
  private static final MathContext DIGITS = new MathContext(7);

  private final List<Map<String, String>> lines = new ArrayList<>();

  private FigureCsv() {}

  static Optional<String> of(Figure figure) {
    FigureCsv csv = new FigureCsv();
    csv.add(figure, new LinkedHashMap<>());
    return csv.lines.isEmpty() ? Optional.empty() : Optional.of(csv.text());
  }

  private void add(Figure figure, Map<String, String> about) {
    if (figure instanceof Panels panels) {
      for (int i = 0; i < panels.figures().size(); i++) {
        Map<String, String> inPanel = new LinkedHashMap<>(about);
        inPanel.put("panel", String.valueOf(i + 1));
        add(panels.figures().get(i), inPanel);
      }
    } else if (figure instanceof XyFigure<?> chart) {
      chart.series.forEach((name, series) -> points(about, chart, name, series));
    } else if (figure instanceof BoxFigure boxes) {
      boxes.boxes.forEach(
          (name, values) -> {
            String box = BoxFigure.inOneLine(name);
            for (double value : values) {
              line(about, "title", boxes.title, "box", box, "value", value);
            }
            double[] interval = boxes.intervals.get(name);
            if (interval != null) {
              line(
                  about, "title", boxes.title, "box", box, "low", interval[0], "high", interval[1]);
            }
          });
    } else if (figure instanceof HeatMap map) {
      cells(about, map.layout());
    }
  }

  private void points(
      Map<String, String> about, XyFigure<?> chart, String name, XyFigure.Series series) {
    for (int i = 0; i < series.x().length; i++) {
      Map<String, String> line =
          line(about, "title", chart.title, "series", name, "x", series.x()[i], "y", series.y()[i]);
      if (!chart.xNames.isEmpty()) {
        line.put("x name", chart.xName(series.x()[i]));
      }
      if (series.hasNames()) {
        line.put("name", series.labels().get(i));
      }
      if (series.error() != null) {
        line.put("error", text(series.error()[i]));
      }
      if (series.intervals() != null) {
        line.put("low", text(series.intervals().low()[i]));
        line.put("high", text(series.intervals().high()[i]));
      }
    }
  }

  private void cells(Map<String, String> about, HeatMapLayout layout) {
    LabelledMatrix matrix = layout.matrix;
    for (int i = 0; i < matrix.rows().size(); i++) {
      for (int j = 0; j < matrix.columns().size(); j++) {
        String row = matrix.rows().get(i);
        String column = matrix.columns().get(j);
        double value = matrix.get(i, j);
        line(about, "title", layout.texts.title(), "row", row, "column", column, "value", value);
      }
    }
  }

  private Map<String, String> line(Map<String, String> about, Object... namesAndValues) {
    Map<String, String> line = new LinkedHashMap<>(about);
    for (int i = 0; i < namesAndValues.length; i += 2) {
      line.put((String) namesAndValues[i], text(namesAndValues[i + 1]));
    }
    lines.add(line);
    return line;
  }

  private static String text(Object value) {
    return value instanceof Double number && Double.isFinite(number)
        ? new BigDecimal(number).round(DIGITS).stripTrailingZeros().toString()
        : String.valueOf(value);
  }

  private String text() {
    Set<String> names = new LinkedHashSet<>();
    lines.forEach(line -> names.addAll(line.keySet()));
    StringBuilder text = new StringBuilder(joined(names));
    for (Map<String, String> line : lines) {
      text.append(joined(names.stream().map(name -> line.getOrDefault(name, "")).toList()));
    }
    return text.toString();
  }

  private static String joined(Collection<String> cells) {
    return cells.stream().map(FigureCsv::quoted).collect(Collectors.joining(",", "", "\n"));
  }

  private static String quoted(String cell) {
    return cell.matches("[^\",\r\n]*") ? cell : '"' + cell.replace("\"", "\"\"") + '"';
  }
}
