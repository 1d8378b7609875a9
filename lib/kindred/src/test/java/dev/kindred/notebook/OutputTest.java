package dev.kindred.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.CancelledException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.figure.Figure;
import dev.kindred.figure.LineFigure;
import dev.kindred.representation.Representation;
import dev.kindred.stimuli.ImageSet;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
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
    assertThat(html).contains("text-align:right\">0.123<").contains("text-align:left\">c<");
    assertThat(rendering.in(Rendering.TEXT))
        .isEqualTo(
            """
            measures <b>
            name  value      n
            a&b   0.123  10000
            c                2""");
  }

  @Test
  void longTablesScrollAndVeryLongOnesShowTheirFirstAndLastRows() {
    Table whole = rows(Tables.ROWS_SHOWN_WHOLE);
    assertThat(Tables.render(whole).in(Rendering.HTML))
        .contains("overflow:auto;max-height:")
        .contains(">250<")
        .doesNotContain("…");
    String html = Tables.render(rows(1000)).in(Rendering.HTML);
    assertThat(html).contains(">0<").contains(">29<").contains(">999<").contains(">990<");
    assertThat(html).contains("…").contains("1000 rows × 1 columns").doesNotContain(">500<");
    assertThat(html.split("<tr>")).hasSize(1 + 1 + Tables.FIRST_ROWS + 1 + Tables.LAST_ROWS);
    assertThat(saved(html, "CSV")).startsWith("row\n0\n").contains("\n500\n");
  }

  private static Table rows(int n) {
    return Table.create("t", IntColumn.create("row", IntStream.range(0, n).toArray()));
  }

  /** The file that a link carries. */
  private static String saved(String html, String kind) {
    var link = Pattern.compile("base64,([A-Za-z0-9+/=]*)\">" + kind + "</a>").matcher(html);
    assertThat(link.find()).as("a link to save %s", kind).isTrue();
    return new String(Base64.getDecoder().decode(link.group(1)), StandardCharsets.UTF_8);
  }

  @Test
  void numbersHaveThreeDigits() {
    assertThat(Tables.number(1234.5678)).isEqualTo("1235");
    assertThat(Tables.number(-0.5)).isEqualTo("-0.500");
    assertThat(Tables.number(12.345)).isEqualTo("12.3");
    assertThat(Tables.number(3)).isEqualTo("3");
    assertThat(Tables.number(1.5e-7)).isEqualTo("1.50e-07");
    assertThat(Tables.number(2.5e9)).isEqualTo("2500000000");
    assertThat(Tables.number(Double.POSITIVE_INFINITY)).isEqualTo("Infinity");
    Table table = Table.create("t", DoubleColumn.create("ms", 120.25, 3.5, 0.004));
    assertThat(Tables.render(table).in(Rendering.TEXT)).isEqualTo("t\n   ms\n  120\n 3.50\n0.004");
  }

  @Test
  void verdictsOfSeveralDataHaveTheirColours() {
    Table beside =
        Table.create(
            "Claims",
            StringColumn.create("claim", "first", "second"),
            StringColumn.create("zoo: verdict", "reproduced", "not decidable"),
            StringColumn.create("stored: verdict", "not reproduced", "not asked"));
    assertThat(Tables.render(beside).in(Rendering.HTML))
        .contains("color:#009e73", "color:#b8860b", "color:#d55e00", ">not asked<", "Claims");
  }

  @Test
  void claimsAreGatheredByVerdictInItsColour() {
    Table claims =
        Table.create(
            "Claims",
            StringColumn.create("verdict", "not decidable", "reproduced", "not decidable"),
            StringColumn.create("claim", "first", "second", "third"));
    Rendering rendering = Tables.render(claims);
    assertThat(rendering.in(Rendering.TEXT).lines().map(String::strip))
        .containsSubsequence(
            "Claims: 1 reproduced, 2 not decidable",
            "reproduced (1)",
            "reproduced     second",
            "not decidable (2)",
            "not decidable  first",
            "not decidable  third");
    assertThat(rendering.in(Rendering.HTML))
        .contains("color:#009e73;text-align:left\">reproduced<")
        .contains("color:#b8860b;\" colspan=\"2\">not decidable (2)<");
  }

  /**
   * What a work does not claim is not reproduced; and nobody needs to know more of what is decided.
   */
  @Test
  void claimsThatAreNotInThePaperHoldOrDoNot() {
    Table claims =
        Table.create(
            "Claims",
            StringColumn.create(
                "verdict",
                "reproduced",
                "reproduced",
                "not reproduced",
                "not decidable",
                "reproduced"),
            StringColumn.create("claim", "first", "second", "third", "fourth", "fifth"),
            StringColumn.create(
                "verdict (Holm)",
                "reproduced",
                "not decidable",
                "not decidable",
                "not decidable",
                "reproduced"),
            StringColumn.create(
                "published",
                "Figure 1",
                "not in the paper",
                "not in the paper",
                "Figure 2",
                "not in the paper"),
            StringColumn.create("smallest decidable effect", "≥ 1", "≥ 2", "≥ 3", "≥ 4", "≥ 5"));
    Rendering rendering = Tables.render(claims);
    assertThat(rendering.in(Rendering.TEXT).lines().map(line -> line.strip().replaceAll(" +", " ")))
        .containsExactly(
            "Claims: 1 reproduced (1 after allowing for the number of claims), 1 not decidable;"
                + " not in the paper: 2 hold (1), 1 does not hold (0)",
            "verdict claim verdict (Holm) published smallest decidable effect",
            "reproduced (1)",
            "reproduced first reproduced Figure 1",
            "not decidable (1)",
            "not decidable fourth not decidable Figure 2 ≥ 4",
            "not in the paper, holds (2)",
            "holds second not decidable not in the paper",
            "holds fifth holds not in the paper",
            "not in the paper, does not hold (1)",
            "does not hold third not decidable not in the paper",
            "Smallest decidable effect, of what is not decided: the value that 80 of 100 such studies"
                + " would find.");
    assertThat(rendering.in(Rendering.HTML))
        .contains("color:#009e73;text-align:left\">holds<")
        .contains("color:#d55e00;text-align:left\">does not hold<");
    // What is saved has the words of every other record.
    assertThat(saved(rendering.in(Rendering.HTML), "CSV"))
        .contains("reproduced,second,not decidable,not in the paper,≥ 2")
        .doesNotContain("hold");

    Table beside =
        Table.create(
            "Claims",
            StringColumn.create("claim", "first", "second"),
            StringColumn.create("published", "Figure 1", "not in the paper"),
            StringColumn.create("zoo: verdict", "not reproduced", "not reproduced"));
    assertThat(Tables.render(beside).in(Rendering.TEXT).lines().map(String::strip))
        .anyMatch(line -> line.matches("first +Figure 1 +not reproduced"))
        .anyMatch(line -> line.matches("second +not in the paper +does not hold"));
  }

  @Test
  void aFigureHasItsCaptionAndFilesAboveIt() {
    Recorder recorder = new Recorder();
    Figure lines =
        LineFigure.titled("L")
            .line("a", new double[] {0, 1}, new double[] {2, 3})
            .captioned("Figure 1. A & B.");
    Rendering drawn = Renderers.of(lines).orElseThrow().render(lines, recorder);
    assertThat(drawn.data()).containsKey(Rendering.PNG).containsKey(Rendering.VEGA_LITE);
    assertThat(recorder.lines).containsExactly("show Figure 1. A & B.");
    String above = SaveLinks.above(lines);
    assertThat(above)
        .contains("<b>Figure 1. A &amp; B.</b>")
        .contains("download=\"figure-1-a-b.svg");
    assertThat(saved(above, "CSV")).isEqualTo("title,series,x,y\nL,a,0,2\nL,a,1,3\n");
    assertThat(saved(above, "SVG")).startsWith("<?xml").contains("<svg");
    assertThat(saved(above, "PNG")).contains("PNG");
  }

  @Test
  void smallMatricesAreTablesAndLargeOnesAreHeatMaps() {
    assertThat(Renderers.render(matrix(4)).orElseThrow().in(Rendering.HTML)).contains("<table");
    assertThat(Renderers.render(matrix(11)).orElseThrow().data()).containsKey(Rendering.VEGA_LITE);
  }

  private static LabelledMatrix matrix(int n) {
    List<String> names = IntStream.range(0, n).mapToObj(i -> "m" + i).toList();
    return new LabelledMatrix("cka", names, names, new double[n][n], Provenance.of("test"));
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
            Rendering.TEXT, "dots: 1 images of 4 × 4 pixels, 1 classes – 1 pictures: dot");
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
