package dev.kindred.kernel;

import dev.kindred.kernel.wire.Connection;
import io.github.spencerpark.jupyter.kernel.KernelConnectionProperties;

/** A session that nobody watches, which loads the classes that every session needs. */
final class Rehearsal {
  private static final String CELL =
      "int rehearsed = 1;\nint twice(int n) { return 2 * n; }\n"
          + "for (int i = 0; i < 2; i++) rehearsed += twice(i);\n"
          + "List.of(1, 2).stream().map(i -> i + rehearsed).toList()";

  private Rehearsal() {}

  static void run() throws Exception {
    // Sockets are made, for their classes, but not bound: the ports stay with those who use them.
    KernelConnectionProperties nowhere =
        new KernelConnectionProperties("127.0.0.1", 0, 0, 0, 0, 0, "tcp", "hmac-sha256", "key");
    JavaKernel kernel = new JavaKernel(new Connection(nowhere));
    kernel.startSession();
    kernel.eval(CELL);
    kernel.complete("List.o", 6);
    kernel.isComplete("int x =");
  }
}
