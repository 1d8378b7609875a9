package dev.kindred.base;

import java.util.Map;

/**
 * Settings of the native libraries that they read when they load, for processes whose start nobody
 * has arranged, as on a stock notebook kernel. What was set on the command line stays.
 */
public final class NativeLibraries {
  private static final Map<String, String> SETTINGS =
      Map.of(
          // DJL asks the network what machine it is on, and reports its start, otherwise.
          "ai.djl.offline", "true",
          "OPT_OUT_TRACKING", "true",
          // JavaCPP allows no more outside the heap than the heap is large otherwise.
          "org.bytedeco.javacpp.maxBytes", "0",
          "org.bytedeco.javacpp.maxPhysicalBytes", "0");

  private NativeLibraries() {}

  /** To be called before the first native library loads; again, it does nothing. */
  public static void prepare() {
    SETTINGS.forEach(
        (name, value) -> {
          if (System.getProperty(name) == null) {
            System.setProperty(name, value);
          }
        });
  }
}
