package dev.kindred.notebook;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.figure.ContactSheet;
import dev.kindred.figure.Figure;
import dev.kindred.figure.HeatMap;
import dev.kindred.measure.Measure;
import dev.kindred.measure.MeasureChoice;
import dev.kindred.measure.MeasureInfo;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import dev.kindred.study.Reading;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/** How the types that appear in notebooks are shown. */
final class Renderers {
  /** Numbers of a matrix that can be read as a table; larger ones become heat maps. */
  private static final int LARGEST_TABLE = 100;

  /** Pictures of an {@link ImageSet} that are shown. */
  private static final int PICTURES = 20;

  /**
   * How values of one type, or of a type below it, are shown.
   *
   * @param above what is shown above the value, as an output of its own: front ends show one form
   *     of an output only, and a figure's has no room for a caption and links
   */
  record Renderer<T>(
      Class<T> type,
      List<String> mimeTypes,
      Function<T, Rendering> function,
      Function<T, Optional<Rendering>> above) {
    Renderer(Class<T> type, List<String> mimeTypes, Function<T, Rendering> function) {
      this(type, mimeTypes, function, value -> Optional.empty());
    }

    /** The value in its forms; what belongs above it is shown first, where the front end can. */
    Rendering render(Object value, FrontEnd frontEnd) {
      above.apply(type.cast(value)).ifPresent(rendering -> frontEnd.show(rendering, null));
      return render(value);
    }

    Rendering render(Object value) {
      return function.apply(type.cast(value));
    }
  }

  private Renderers() {}

  static List<Renderer<?>> all() {
    return List.of(
        new Renderer<>(
            Figure.class,
            List.of(Rendering.VEGA_LITE, Rendering.PNG, Rendering.TEXT),
            Renderers::figure,
            Renderers::above),
        new Renderer<>(
            BufferedImage.class, List.of(Rendering.PNG, Rendering.TEXT), Renderers::picture),
        new Renderer<>(Chart.class, List.of(Rendering.PNG, Rendering.TEXT), Renderers::chart),
        new Renderer<>(
            ImageSet.class,
            List.of(Rendering.PNG, Rendering.TEXT),
            images -> figure(sheet(images)),
            images -> above(sheet(images))),
        table(Table.class, Tables::render),
        new Renderer<>(
            LabelledMatrix.class,
            List.of(Rendering.VEGA_LITE, Rendering.PNG, Rendering.HTML, Rendering.TEXT),
            Renderers::matrix,
            matrix -> isDrawn(matrix) ? above(map(matrix)) : Optional.empty()),
        table(Representation.class, Renderers::representation),
        table(Measure.class, measure -> measure(measure.info())),
        table(MeasureChoice.class, choice -> measure(choice.measure().info())),
        table(MeasureInfo.class, Renderers::measure),
        table(Parameters.class, Renderers::parameters),
        table(Reading.class, Renderers::reading));
  }

  /** The renderer of a value's type; nothing for a type that has none. */
  static Optional<Renderer<?>> of(Object value) {
    for (Renderer<?> renderer : all()) {
      if (renderer.type().isInstance(value)) {
        return Optional.of(renderer);
      }
    }
    return Optional.empty();
  }

  /** The value as its renderer shows it; nothing for a type that has none. */
  static Optional<Rendering> render(Object value) {
    return of(value).map(renderer -> renderer.render(value));
  }

  private static <T> Renderer<T> table(Class<T> type, Function<T, Rendering> function) {
    return new Renderer<>(type, List.of(Rendering.HTML, Rendering.TEXT), function);
  }

  private static Rendering figure(Figure figure) {
    Rendering picture = Rendering.png(figure.png(), figure.width(), figure.height(), figure.text());
    return figure.vegaLite().map(picture::withVegaLite).orElse(picture);
  }

  private static Optional<Rendering> above(Figure figure) {
    String html = SaveLinks.above(figure);
    return html.isEmpty() ? Optional.empty() : Optional.of(Rendering.html(html, figure.caption()));
  }

  /** Whether a matrix is shown as a heat map: it is too large to be read as a table. */
  private static boolean isDrawn(LabelledMatrix matrix) {
    return Math.min(matrix.rows().size(), matrix.columns().size()) > 0
        && matrix.rows().size() * matrix.columns().size() > LARGEST_TABLE;
  }

  private static Rendering matrix(LabelledMatrix matrix) {
    return isDrawn(matrix) ? figure(map(matrix)) : Tables.render(matrix);
  }

  private static HeatMap map(LabelledMatrix matrix) {
    return HeatMap.of(matrix).title(matrix.title());
  }

  private static Rendering picture(BufferedImage image) {
    String text = "picture of " + image.getWidth() + " × " + image.getHeight() + " pixels";
    return Rendering.png(png(image), image.getWidth(), image.getHeight(), text);
  }

  private static Rendering chart(Chart<?, ?> chart) {
    int density = Figure.DENSITY;
    BufferedImage image =
        new BufferedImage(
            chart.getWidth() * density, chart.getHeight() * density, BufferedImage.TYPE_INT_RGB);
    Graphics2D graphics = image.createGraphics();
    graphics.setRenderingHint(RenderingHints.KEY_ANTIALIASING, RenderingHints.VALUE_ANTIALIAS_ON);
    graphics.scale(density, density);
    chart.paint(graphics, chart.getWidth(), chart.getHeight());
    graphics.dispose();
    String title = chart.getTitle() == null ? "" : chart.getTitle();
    return Rendering.png(
        png(image), chart.getWidth(), chart.getHeight(), ("chart " + title).strip());
  }

  private static Figure sheet(ImageSet images) {
    ContactSheet sheet = ContactSheet.titled("");
    String caption =
        String.format(
            Locale.ROOT,
            "%s: %d images of %d × %d pixels, %d classes",
            images.name(),
            images.size(),
            images.width(),
            images.height(),
            images.classNames().size());
    int shown = Math.min(PICTURES, images.size());
    for (int i = 0; i < shown; i++) {
      // Evenly spread, as files are often sorted by class.
      int index = (int) ((long) i * images.size() / shown);
      sheet.add(images.image(index), images.className(index));
    }
    return sheet.captioned(caption);
  }

  private static Rendering reading(Reading reading) {
    return Rendering.html(
        "<p style=\"max-width:60em\"><b>The paper:</b> "
            + Html.escape(reading.paper())
            + ".<br><b>Here:</b> "
            + Html.escape(reading.here()).replace("\n", "<br>")
            + ".</p>",
        reading.toString());
  }

  private static Rendering representation(Representation x) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("stimuli", String.valueOf(x.stimuli())));
    rows.add(List.of("units", String.valueOf(x.units())));
    rows.add(List.of("numbers", x.precision().toString()));
    rows.add(List.of("rounded to", x.rounding().toString()));
    rows.add(
        List.of(
            "stimulus ids",
            x.stimulusIds()
                .filter(ids -> !ids.isEmpty())
                .map(ids -> ids.get(0) + (ids.size() > 1 ? " … " + ids.get(ids.size() - 1) : ""))
                .orElse("not known")));
    rows.add(List.of("first row", firstNumbers(x)));
    return Grid.card("Representation " + x.id(), rows).rendering();
  }

  private static String firstNumbers(Representation x) {
    if (x.stimuli() == 0 || x.units() == 0) {
      return "";
    }
    StringBuilder text = new StringBuilder();
    for (int unit = 0; unit < Math.min(6, x.units()); unit++) {
      text.append(unit == 0 ? "" : ", ").append(Tables.number(x.get(0, unit)));
    }
    return text.append(x.units() > 6 ? ", …" : "").toString();
  }

  private static Rendering measure(MeasureInfo info) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(List.of("what", info.summary()));
    rows.add(List.of("closer is", info.kind() == MeasureInfo.Kind.SIMILARITY ? "higher" : "lower"));
    rows.add(
        List.of("range", Tables.number(info.minimum()) + " to " + Tables.number(info.maximum())));
    rows.add(List.of("symmetric", info.symmetric() ? "yes" : "no"));
    rows.add(
        List.of(
            "unchanged by",
            info.invariances().isEmpty()
                ? "–"
                : info.invariances().stream()
                    .map(i -> i.name().toLowerCase(Locale.ROOT).replace('_', ' '))
                    .sorted()
                    .collect(Collectors.joining(", "))));
    rows.add(List.of("needs", "at least " + info.minimumStimuli() + " stimuli"));
    rows.add(
        List.of(
            "float32",
            "changes the value by at most "
                + String.valueOf(info.float32Error()).replace(".0E", "e")));
    rows.add(List.of("policy", info.policy()));
    rows.add(List.of("source", info.source()));
    return Grid.card(info.specification(), rows).rendering();
  }

  private static Rendering parameters(Parameters parameters) {
    List<List<String>> rows = new ArrayList<>();
    Set<Integer> marked = new HashSet<>();
    for (Parameters.Entry entry : parameters.entries()) {
      if (entry.fromOutside()) {
        marked.add(rows.size());
      }
      rows.add(
          List.of(
              entry.name(),
              entry.value(),
              entry.inCell(),
              entry.variable() + (entry.fromOutside() ? " overrides the cell" : "")));
    }
    List<String> headers = List.of("parameter", "value", "in the cell", "environment variable");
    Grid grid = new Grid("Parameters", headers, new boolean[4], rows, marked, Map.of(), "", "");
    return Rendering.html(Html.table(grid), parameters.toString());
  }

  private static byte[] png(BufferedImage image) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try {
      ImageIO.write(image, "png", bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }
}
