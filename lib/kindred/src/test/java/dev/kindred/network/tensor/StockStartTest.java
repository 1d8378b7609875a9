package dev.kindred.network.tensor;

import static org.assertj.core.api.Assertions.assertThat;

import ai.djl.ndarray.NDManager;
import dev.kindred.ChildJvm;
import dev.kindred.base.matrix.Matrix;
import java.io.IOException;
import java.net.Proxy;
import java.net.URL;
import java.net.URLConnection;
import java.net.URLStreamHandler;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.bytedeco.javacpp.Pointer;
import org.junit.jupiter.api.Test;

/** The native libraries in a process that was started without settings, as stock kernels are. */
class StockStartTest {
  private static final List<String> SETTINGS =
      List.of("-Dai.djl.offline", "-DOPT_OUT_TRACKING", "-Dorg.bytedeco.javacpp.max");
  private static final List<URL> CALLED = new CopyOnWriteArrayList<>();

  @Test
  void nobodyIsCalledAndTheHeapIsNoLimit() throws Exception {
    ProcessBuilder child = ChildJvm.of(StockStartTest.class);
    child.command().removeIf(argument -> SETTINGS.stream().anyMatch(argument::startsWith));
    child.environment().keySet().removeAll(List.of("OPT_OUT_TRACKING", "DJL_OFFLINE"));
    Process process = child.start();
    String said =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    assertThat(said).isEqualTo("42.0, called [], limits 0 and 0");
  }

  /** Where the child says what it has seen. */
  public static void main(String[] none) {
    URL.setURLStreamHandlerFactory(protocol -> protocol.startsWith("http") ? new Refusing() : null);
    try (NDManager manager = Torch.newManager();
        Matrix matrix = Matrix.zeros(1, 1)) {
      double sum =
          Torch.tensor(manager, new float[] {40, 2}, 2).sum().getFloat() + matrix.get(0, 0);
      System.out.printf(
          "%s, called %s, limits %d and %d%n",
          sum, CALLED, Pointer.maxBytes(), Pointer.maxPhysicalBytes());
    }
  }

  /** A network where nobody answers. */
  private static final class Refusing extends URLStreamHandler {
    @Override
    protected URLConnection openConnection(URL url) throws IOException {
      CALLED.add(url);
      throw new IOException("no network");
    }

    @Override
    protected URLConnection openConnection(URL url, Proxy proxy) throws IOException {
      return openConnection(url);
    }
  }
}
