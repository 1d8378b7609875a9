package io.github.spencerpark.ijava.runtime;

import dev.kindred.kernel.JavaKernel;
import java.util.List;

/** Magics as functions. */
public final class Magics {
  private Magics() {}

  /** Runs {@code %name arguments}. */
  @SuppressWarnings("unchecked")
  public static <T> T lineMagic(String name, List<String> arguments) throws Exception {
    String words = arguments.stream().map(a -> '"' + a + '"').reduce("", (a, b) -> a + " " + b);
    return (T) JavaKernel.instance().evalNested("%" + name + words);
  }

  /** Runs {@code %%name arguments} on a body. */
  @SuppressWarnings("unchecked")
  public static <T> T cellMagic(String name, List<String> arguments, String body) throws Exception {
    String words = arguments.stream().map(a -> '"' + a + '"').reduce("", (a, b) -> a + " " + b);
    return (T) JavaKernel.instance().evalNested("%%" + name + words + "\n" + body);
  }
}
