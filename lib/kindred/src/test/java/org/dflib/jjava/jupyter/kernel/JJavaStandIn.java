package org.dflib.jjava.jupyter.kernel;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.dflib.jjava.jupyter.kernel.comm.CommManager;
import org.dflib.jjava.jupyter.kernel.display.DisplayData;
import org.dflib.jjava.jupyter.kernel.display.Renderer;
import org.dflib.jjava.jupyter.kernel.util.StringStyler;

/** Stands in for JJava, on its own base library: keeps what it is asked to display. */
public final class JJavaStandIn extends BaseKernel {
  public final List<DisplayData> displayed = new ArrayList<>();

  public JJavaStandIn() {
    super(
        "JJava",
        "1.0",
        null,
        List.of(),
        null,
        new JupyterIO(StandardCharsets.UTF_8),
        new CommManager(),
        new Renderer(),
        null,
        null,
        false,
        new StringStyler("", "", "", line -> ""));
  }

  /** Makes it the running kernel, or with false no kernel. */
  public void run(boolean running) {
    notebookKernel = running ? this : null;
  }

  @Override
  public void display(DisplayData data) {
    displayed.add(data);
  }

  @Override
  public Object evalRaw(String code) {
    throw new UnsupportedOperationException();
  }

  @Override
  public DisplayData inspect(String code, int at, boolean extraDetail) {
    throw new UnsupportedOperationException();
  }

  @Override
  public ReplacementOptions complete(String code, int at) {
    throw new UnsupportedOperationException();
  }

  @Override
  public String isComplete(String code) {
    throw new UnsupportedOperationException();
  }
}
