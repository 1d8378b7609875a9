package dev.kindred.notebook;

import dev.kindred.base.LabelledMatrix;
import dev.kindred.figure.ContactSheet;
import dev.kindred.figure.Figure;
import dev.kindred.measure.Measure;
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
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.imageio.ImageIO;
import org.knowm.xchart.internal.chartpart.Chart;
import tech.tablesaw.api.Table;

/** How the types that appear in notebooks are shown. */
final class Renderers {
  /** Pictures of an {@link ImageSet} that are shown. */
  private static final int PICTURES = 20;

  /** How values of one type, or of a type below it, are shown. */
  record Renderer<T>(Class<T> type, List<String> mimeTypes, Function<T, Rendering> function) {
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
            Renderers::figure),
        new Renderer<>(
            BufferedImage.class, List.of(Rendering.PNG, Rendering.TEXT), Renderers::picture),
        new Renderer<>(Chart.class, List.of(Rendering.PNG, Rendering.TEXT), Renderers::chart),
        new Renderer<>(ImageSet.class, List.of(Rendering.PNG, Rendering.TEXT), Renderers::images),
        table(Table.class, Tables::render),
        table(LabelledMatrix.class, Tables::render),
        table(Representation.class, Renderers::representation),
        table(Measure.class, measure -> measure(measure.info())),
        table(MeasureInfo.class, Renderers::measure),
        table(Parameters.class, Renderers::parameters),
        table(Reading.class, Renderers::reading));
  }

  /** The value as its renderer shows it; nothing for a type that has none. */
  static Optional<Rendering> render(Object value) {
    for (Renderer<?> renderer : all()) {
      if (renderer.type().isInstance(value)) {
        return Optional.of(renderer.render(value));
      }
    }
    return Optional.empty();
  }

  private static <T> Renderer<T> table(Class<T> type, Function<T, Rendering> function) {
    return new Renderer<>(type, List.of(Rendering.HTML, Rendering.TEXT), function);
  }

  private static Rendering figure(Figure figure) {
    Rendering picture = Rendering.png(figure.png(), figure.width(), figure.height(), figure.text());
    return figure.vegaLite().map(picture::withVegaLite).orElse(picture);
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

  private static Rendering images(ImageSet images) {
    ContactSheet sheet =
        ContactSheet.titled(
            String.format(
                Locale.ROOT,
                "%s: %d images of %d × %d pixels, %d classes",
                images.name(),
                images.size(),
                images.width(),
                images.height(),
                images.classNames().size()));
    int shown = Math.min(PICTURES, images.size());
    for (int i = 0; i < shown; i++) {
      // Evenly spread, as files are often sorted by class.
      int index = (int) ((long) i * images.size() / shown);
      int label = images.label(index);
      String name = label == ImageSet.NO_LABEL ? "" : images.classNames().get(label);
      sheet.add(images.image(index), name);
    }
    return figure(sheet);
  }

  private static Rendering reading(Reading reading) {
    return Rendering.html(
        "<p style=\"max-width:60em\"><b>The paper:</b> "
            + Html.escape(reading.paper())
            + ".<br><b>Here:</b> "
            + Html.escape(reading.here())
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
    String caption = "Representation " + x.id();
    return Tables.rendering(caption, List.of("", ""), new boolean[2], rows, "");
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
    rows.add(List.of("float32", "changes the value by at most " + info.float32Error()));
    rows.add(List.of("policy", info.policy()));
    rows.add(List.of("source", info.source()));
    String caption = info.specification();
    return Tables.rendering(caption, List.of("", ""), new boolean[2], rows, "");
  }

  private static Rendering parameters(Parameters parameters) {
    List<List<String>> rows =
        parameters.entries().stream()
            .map(
                entry ->
                    List.of(
                        entry.name(),
                        entry.value(),
                        entry.fromOutside()
                            ? "set by " + entry.variable()
                            : "default; set by " + entry.variable()))
            .toList();
    List<String> headers = List.of("parameter", "value", "from");
    return Rendering.html(Html.table("", headers, new boolean[3], rows, ""), parameters.toString());
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
