package dev.kindred.kernel;

import dev.kindred.kernel.wire.Connection;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.Level;
import java.util.logging.Logger;

/**
 * Starts the kernel: {@code java … dev.kindred.kernel.Main {connection_file}}.
 *
 * <p>With {@code --rehearse} it does what a first cell needs and ends, so that a JVM started with
 * {@code -XX:ArchiveClassesAtExit=FILE} leaves an archive of the classes that every kernel loads;
 * one started with {@code -XX:SharedArchiveFile=FILE} then spends a quarter less time on them.
 */
public final class Main {
  private Main() {}

  public static void main(String[] args) throws Exception {
    if (args.length != 1) {
      System.err.println(
          "usage: dev.kindred.kernel.Main CONNECTION_FILE (written by Jupyter) | --rehearse");
      System.exit(2);
    }
    // The base library logs every message.
    Logger.getLogger("").setLevel(Level.WARNING);
    if (args[0].equals("--rehearse")) {
      Rehearsal.run();
      System.exit(0);
    }
    ParentWatch.start();
    String properties = Files.readString(Path.of(args[0]), StandardCharsets.UTF_8);
    Connection connection = new Connection(KernelConnectionProperties.parse(properties));
    JavaKernel kernel = new JavaKernel(connection);
    kernel.becomeHandlerForConnection(connection);
    connection.connect();
    Shutdown.prepare(kernel);
    kernel.startSession();
  }
}
