package io.github.spencerpark.ijava;

import dev.kindred.kernel.JavaKernel;

/** Leads those who look for IJava's kernel to the one that runs. */
public final class IJava {
  private IJava() {}

  /** The running kernel, or null. */
  public static JavaKernel getKernelInstance() {
    return JavaKernel.instance();
  }
}
