package dev.kindred.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.CancelledException;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.figure.LineFigure;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.knowm.xchart.XYChartBuilder;
import tech.tablesaw.api.DoubleColumn;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.StringColumn;
import tech.tablesaw.api.Table;

/** Renderings, the console, and progress bars. */
class OutputTest {

  /** Keeps what it is asked to show, as one line each. */
  private static final class Recorder implements FrontEnd {
    final List<String> lines = new ArrayList<>();

    @Override
    public String name() {
      return "recorder";
    }

    @Override
    public void register() {}

    @Override
    public void show(Rendering rendering, String id) {
      lines.add("show " + rendering.in(Rendering.TEXT));
    }

    @Override
    public void update(Rendering rendering, String id) {
      lines.add("update " + rendering.in(Rendering.TEXT));
    }

    @Override
    public boolean updates() {
      return true;
    }
  }

  @Test
  void numbersStandOnTheRightAndTextIsEscaped() {
    Table table =
        Table.create(
            "measures <b>",
            StringColumn.create("name", "a&b", "c"),
            DoubleColumn.create("value", 0.123456789, Double.NaN),
            IntColumn.create("n", 10_000, 2));
    Rendering rendering = Tables.render(table);
    String html = rendering.in(Rendering.HTML);
    assertThat(html).contains("measures &lt;b&gt;").contains("a&amp;b").doesNotContain("<b>a");
    assertThat(html).contains("text-align:right\">0.123457<").contains("text-align:left\">c<");
    assertThat(rendering.in(Rendering.TEXT))
        .isEqualTo(
            """
            measures <b>
            name     value      n
            a&b   0.123457  10000
            c                   2""");
  }

  @Test
  void longTablesShowTheirFirstAndLastRows() {
    int n = 1000;
    Table table = Table.create("t", IntColumn.create("row", IntStream.range(0, n).toArray()));
    String html = Tables.render(table).in(Rendering.HTML);
    assertThat(html).contains(">0<").contains(">29<").contains(">999<").contains(">990<");
    assertThat(html).contains("…").contains("1000 rows × 1 columns").doesNotContain(">500<");
    assertThat(html.split("<tr>")).hasSize(1 + 1 + Tables.FIRST_ROWS + 1 + Tables.LAST_ROWS);
  }

  @Test
  void numbersHaveSixDigits() {
    assertThat(Tables.number(1234.5678)).isEqualTo("1234.57");
    assertThat(Tables.number(-0.5)).isEqualTo("-0.500000");
    assertThat(Tables.number(3)).isEqualTo("3");
    assertThat(Tables.number(1.5e-7)).isEqualTo("1.50000e-07");
    assertThat(Tables.number(2.5e9)).isEqualTo("2500000000");
    assertThat(Tables.number(Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
  }

  @Test
  void everyTypeOfTheLibraryHasARendering() {
    Representation x = Representation.of("net/stage1", new double[][] {{1, 2}, {3, 4}});
    assertThat(Renderers.render(x).orElseThrow().in(Rendering.TEXT))
        .contains("Representation net/stage1")
        .contains("stimuli       2")
        .contains("not known");
    ImageSet images =
        ImageSet.builder("dots", 4, 4, 1)
            .classNames(List.of("dot"))
            .add(new byte[16], 0, "dot#0")
            .build(Provenance.of("test"));
    assertThat(Renderers.render(images).orElseThrow().data())
        .containsKey(Rendering.PNG)
        .containsEntry(
            Rendering.TEXT, "1 pictures “dots: 1 images of 4 × 4 pixels, 1 classes”: dot");
    var chart = new XYChartBuilder().width(200).height(150).title("T").build();
    chart.addSeries("s", new double[] {1, 2}, new double[] {1, 2});
    Rendering picture = Renderers.render(chart).orElseThrow();
    assertThat(picture.metadata().get(Rendering.PNG)).containsEntry("width", 200);
    assertThat(Renderers.render("a text")).isEmpty();
  }

  @Test
  void theConsolePrintsTextAndWritesPictures(@TempDir Path folder) throws Exception {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    ConsoleFrontEnd console =
        new ConsoleFrontEnd(new PrintStream(bytes, true, StandardCharsets.UTF_8), folder);
    LineFigure lines = LineFigure.titled("L").line("a", new double[] {0, 1}, new double[] {0, 1});
    console.show(Renderers.render(lines).orElseThrow(), null);
    console.show(Renderers.render(lines).orElseThrow(), null);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .contains("Lines “L”")
        .contains(folder.resolve("figure-001.png").toAbsolutePath().toString());
    assertThat(folder.resolve("figure-002.png")).hasBinaryContent(lines.png());
  }

  @Test
  void barsUpdateInPlaceWithElapsedAndRemainingTime() {
    Recorder recorder = new Recorder();
    AtomicLong clock = new AtomicLong();
    ProgressBars bars = new ProgressBars(recorder, clock::get, null);
    try (Progress.Task task = bars.begin("training", 100)) {
      clock.addAndGet(100_000_000L);
      task.advance(1);
      assertThat(recorder.lines).as("within a moment").isEmpty();
      clock.set(2_000_000_000L);
      task.advance(19);
      clock.addAndGet(50_000_000L);
      task.advance(1);
      assertThat(recorder.lines).as("no more often than people can read").hasSize(1);
      clock.set(5_000_000_000L);
      task.note("loss 0.5");
      clock.set(10_000_000_000L);
      task.advance(79);
    }
    assertThat(recorder.lines)
        .containsExactly(
            "show training: 20 of 100 · 2.0 s, about 8.0 s left",
            "update training: 21 of 100 · 5.0 s, about 19 s left · loss 0.5",
            "update training: 100 of 100 · 10 s · loss 0.5",
            "update training: 100 of 100 · done in 10 s · loss 0.5");
  }

  @Test
  void aBarTellsThatItsTaskWasStopped() {
    Recorder recorder = new Recorder();
    AtomicLong clock = new AtomicLong();
    ProgressBars bars = new ProgressBars(recorder, clock::get, null);
    Thread.currentThread().interrupt();
    assertThatThrownBy(
            () -> {
              try (Progress.Task task = bars.begin("comparing", 10)) {
                clock.set(70_000_000_000L);
                task.advance(4);
              }
            })
        .isInstanceOf(CancelledException.class);
    assertThat(Thread.interrupted()).isTrue();
    assertThat(recorder.lines)
        .last()
        .isEqualTo("update comparing: 4 of 10 · stopped after 1 min 10 s");
  }

  @Test
  void shortTasksShowNothing() {
    Recorder recorder = new Recorder();
    try (Progress.Task task = new ProgressBars(recorder, () -> 0, null).begin("quick", 2)) {
      task.advance(2);
    }
    assertThat(recorder.lines).isEmpty();
  }
}
