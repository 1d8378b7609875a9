package dev.kindred.benchmark;

import dev.kindred.representation.Representation;
import dev.kindred.representation.Representations;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What public libraries needed to cross-validate the alignment of some pairs of layers.
 *
 * @param name libraries and versions
 * @param seconds for a pair, of each round
 * @param values mean over folds and directions of each pair
 */
record PublicAlignment(String name, double[] seconds, double[] values) {

  /**
   * Runs {@code src/main/python/alignment.py}.
   *
   * @param python the Python to use
   * @param family as the script names it
   * @throws IllegalStateException if it fails
   */
  static PublicAlignment measure(
      String python,
      String family,
      int folds,
      int rounds,
      Map<Representation, Representation> pairs) {
    List<Path> files = new ArrayList<>();
    try {
      for (Map.Entry<Representation, Representation> pair : pairs.entrySet()) {
        for (Representation side : List.of(pair.getKey(), pair.getValue())) {
          Path file = Files.createTempFile("kindred-layer", ".npy");
          files.add(file);
          Representations.write(side, file);
        }
      }
      List<String> command =
          new ArrayList<>(
              List.of(python, script().toString(), family, String.valueOf(folds), "" + rounds));
      files.forEach(file -> command.add(file.toString()));
      Process process =
          new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
      String output = new String(process.getInputStream().readAllBytes());
      if (process.waitFor() != 0) {
        throw new IllegalStateException(python + " failed; it needs scikit-learn and POT");
      }
      String[] fields = output.strip().split("\t");
      return new PublicAlignment(fields[0], numbers(fields[1]), numbers(fields[2]));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("stopped on request", e);
    } finally {
      for (Path file : files) {
        file.toFile().delete();
      }
    }
  }

  private static double[] numbers(String text) {
    return Arrays.stream(text.split(" ")).mapToDouble(Double::parseDouble).toArray();
  }

  private static Path script() {
    String home = System.getenv().getOrDefault("KINDRED_HOME", ".");
    return Path.of(home, "lib/benchmark/src/main/python/alignment.py");
  }
}
