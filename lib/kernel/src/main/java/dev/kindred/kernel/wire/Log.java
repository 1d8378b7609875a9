package dev.kindred.kernel.wire;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;

/** Messages of the kernel itself: to the process's own standard error, which the server logs. */
public final class Log {
  private static final PrintStream ERR =
      new PrintStream(new FileOutputStream(FileDescriptor.err), true, StandardCharsets.UTF_8);

  private Log() {}

  public static void warn(String message) {
    ERR.println("[kindred-kernel] " + message);
  }

  public static void warn(String message, Throwable cause) {
    warn(message + ": " + cause);
    if (System.getenv("KINDRED_KERNEL_DEBUG") != null) {
      cause.printStackTrace(ERR);
    }
  }
}
