package io.github.spencerpark.ijava.runtime;

import dev.kindred.kernel.JavaKernel;

/** The kernel itself. */
public final class Kernel {
  private Kernel() {}

  /** The running kernel. */
  public static JavaKernel getKernelInstance() {
    return JavaKernel.instance();
  }

  /** Runs code as a cell would. */
  public static Object eval(String code) throws Exception {
    return JavaKernel.instance().evalNested(code);
  }
}
